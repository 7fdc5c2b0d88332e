"""Generated conversations with known details: what of them a model is still shown at the end, and what that costs."""
