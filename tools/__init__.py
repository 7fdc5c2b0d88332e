"""The gateway between a model's proposals and the world."""
