"""A desk's pages from outside: import, lint and statistics."""
