"""How many attacks the input guard stops, and how many honest messages it bothers."""
