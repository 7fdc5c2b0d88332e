"""Cross-checks of a desk: one subject per file, each a function from a draft to its faults."""
