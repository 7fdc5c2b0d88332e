"""Crash matrix: a real process is killed at each step of a write, and another takes the same turn."""
