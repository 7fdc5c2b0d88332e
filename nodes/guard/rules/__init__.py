"""The named rules of the injection check: one file per family, data only."""
