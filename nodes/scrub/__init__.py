"""Scrub: personal data in a message becomes typed placeholders before anything else sees the message."""
