"""Waits for the customer's yes or no to a proposal."""
