"""How well what was said before is found again: evidence recall over long talks."""
