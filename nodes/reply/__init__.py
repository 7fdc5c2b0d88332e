"""Placeholders become values again, for this customer only."""
