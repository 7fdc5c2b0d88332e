"""How a placeholder looks in masked text."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"<[A-Z][A-Z_]*_\d+>")
"""A placeholder in its proper form: ``<EMAIL_1>``; ``nodes.scrub.placeholders`` knows the improper ones."""
