"""Callers who may not, against every tool of a desk: none is allowed; and one who may, as a control."""
