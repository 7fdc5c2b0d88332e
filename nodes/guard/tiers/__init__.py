"""The judges of tier 2: one per file."""
