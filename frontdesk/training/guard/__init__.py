"""Trains the scorer of attacks: generated texts, public training parts, a linear fit, thresholds (docs/training.md)."""
