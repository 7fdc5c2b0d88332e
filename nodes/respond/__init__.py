"""A model answers or proposes tool calls."""
