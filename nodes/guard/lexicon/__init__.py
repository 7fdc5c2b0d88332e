"""Word lists of the checks that a desk can switch on, as explainable patterns by topic or category and language."""
