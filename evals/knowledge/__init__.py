"""How well pages are found, and how well it is known that none covers a question."""
