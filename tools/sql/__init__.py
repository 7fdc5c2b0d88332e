"""What the sql connector is made of: statements, steps, mapping of values, transactions, keys and connections."""
