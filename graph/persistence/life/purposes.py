"""For which purposes something may be kept of a person: a desk's rules and the person's own word. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from frontdesk.desk.config import Purpose

SERVICE = "service"
"""What is needed to serve the request in hand; allowed without consent (GDPR art. 6(1)(b)), and no desk names it."""
MEMORY = "memory"
"""To remember across conversations what somebody came for."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A person's own word on a purpose."""

    purpose: str
    granted: bool
    at: float
    """Unix time in seconds."""
    how: str
    """The door it came through: ``chat``, ``http``, ``python`` or ``operator``."""
    text: str
    """Version of the wording that was agreed to or refused; see :func:`version`."""
    id: str
    """What an item kept on its strength names."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Whether something may be kept for a purpose, and on what strength."""

    allowed: bool
    reference: str
    """``service``, a consent's id, or ``default:<version of the wording>``; empty where it may not."""


NO = Basis(allowed=False, reference="")


def version(purpose: Purpose) -> str:
    """Return the version of a purpose's wording: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(purpose.text.encode()).hexdigest()[:12]


def basis_of(purposes: Mapping[str, Purpose], name: str, word: Consent | None) -> Basis:
    """Say whether something may be kept for a purpose.

    Args:
        purposes: The desk's (``consent`` in desk.yaml).
        name: The purpose.
        word: What the person said last; None where they said nothing.

    Returns:
        The basis. A purpose that the desk does not declare, or declares ``denied``, is never allowed; a refusal always
        counts; a yes to another wording than today's is no yes to today's.
    """
    if name == SERVICE:
        return Basis(allowed=True, reference=SERVICE)
    purpose = purposes.get(name)
    if purpose is None or purpose.default == "denied" or (word is not None and not word.granted):
        return NO
    if word is not None and word.text == version(purpose):
        return Basis(allowed=True, reference=word.id)
    return Basis(allowed=True, reference=f"default:{version(purpose)}") if purpose.default == "granted" else NO
