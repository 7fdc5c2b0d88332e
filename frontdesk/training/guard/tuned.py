"""The hand-written messages, honest and hostile: half of them to learn, half to choose thresholds on."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from frontdesk.training.guard.grammar import Part
from frontdesk.training.guard.sources import Example

SOURCE = "tuning"
_WEIGHT = 6.0
"""Of each when it is learnt: they are few, and nobody made them from a template."""


def tuned(part: Part) -> list[Example]:
    """Return the hand-written examples of one part."""
    return [
        Example(line, label, SOURCE, _WEIGHT)
        for name, label in (("honest", 0), ("attacks", 1))
        for line in _lines(name)
        if _for_validation(line) == (part == "validation")
    ]


def _lines(name: str) -> list[str]:
    text = (files("frontdesk.training.guard.tuning") / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def _for_validation(line: str) -> bool:
    return int(hashlib.sha256(f"frontdesk:{line}".encode()).hexdigest(), 16) % 2 == 0


__all__ = ["SOURCE", "tuned"]
