"""A whole back office as a desk: its tasks run through the gateway, beside its plain functions."""
