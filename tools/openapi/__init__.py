"""Contracts out of an OpenAPI document, written down for review."""
