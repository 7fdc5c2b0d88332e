"""Output guards: leaks, citations, links, personal data."""
