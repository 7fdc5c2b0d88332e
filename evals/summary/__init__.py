"""Trials of the rolling summary with a model that fails in every way."""
