"""Malformed JSON through the gateway's reading of arguments, beside plain json-repair."""
