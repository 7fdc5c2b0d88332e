"""How well what a customer's own record says is found again, and how often it is seen where it is not."""
