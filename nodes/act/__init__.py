"""Runs proposed tool calls through the gateway."""
