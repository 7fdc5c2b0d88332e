"""Measuring: one file per capability."""
