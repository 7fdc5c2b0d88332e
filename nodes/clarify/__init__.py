"""Asks one question when the intent is unclear or out of scope."""
