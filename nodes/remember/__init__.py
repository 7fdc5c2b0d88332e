"""Keeps the window, the summary and the long-term archive."""
