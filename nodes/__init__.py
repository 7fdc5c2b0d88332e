"""The stages of a turn, one folder each: node.py adapts, the files beside it do the work."""
