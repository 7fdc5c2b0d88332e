"""Answers that were given before, to customers who ask the same."""
