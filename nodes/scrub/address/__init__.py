"""Postal addresses: vocabulary, the shape of a text, streets, codes, cues, and how far an address reaches."""
