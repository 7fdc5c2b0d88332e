"""Chains of models as people write them in a variable."""

from __future__ import annotations

import re

from frontdesk.desk.modelling import Chain, Link

ROLES = ("fast", "reasoning", "guard", "summary")
_NAME = re.compile(r"[a-z][a-z0-9_]*:[^\s,]+")


def sound(names: str) -> bool:
    """Whether a text names models: ``provider:name``, several with commas, or ``keyless``."""
    return all(name == "keyless" or _NAME.fullmatch(name) for name in _split(names))


def chain(names: str) -> Chain:
    """Return what a text names: nothing for ``keyless``, one model, or several."""
    hosted: list[str | Link] = [name for name in _split(names) if name != "keyless"]
    return hosted if len(hosted) > 1 else hosted[0] if hosted else None


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


__all__ = ["ROLES", "chain", "sound"]
