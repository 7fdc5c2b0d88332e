"""What waits for the customer's yes: records of the state, re-exported by ``frontdesk.graph.records``."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class PlannedCall(TypedDict):
    """One step of a proposal of several calls."""

    tool: str
    arguments: dict[str, Any]
    """Masked."""
    question: str
    """What the step alone would be asked with, masked."""
    shown: NotRequired[str]
    """As of a proposal, of this step."""


class Proposal(TypedDict):
    """A tool call that waits for the customer's yes. The call that was shown is the one that runs."""

    id: str
    """Digest of tool, canonical arguments and turn."""
    tool: str
    arguments: dict[str, Any]
    """Masked arguments; values return in the gateway only."""
    question: str
    """What the customer was asked, masked."""
    turn_id: str
    """The turn that proposed it: part of the ledger's key, so two approvals have one effect."""
    expires_at: float
    """Unix time in seconds after which a yes no longer counts."""
    shown_at: NotRequired[float]
    """Unix time in seconds when the customer got to read the question; absent until then. A message sent before that
    cannot be its answer."""
    seal: NotRequired[str]
    """That the gateway proposed it to this customer, here (``tools/seals.py``); without one, no yes counts."""
    shown: NotRequired[str]
    """Keyed digest of the question as the gateway worded it: where its record would word another one, nothing runs."""
    worded: NotRequired[str]
    """Seal of the question as the customer read it: a second person is shown no other."""
    unasked: NotRequired[bool]
    """True: a plan of which no step asked the customer."""
    calls: NotRequired[list[PlannedCall]]
    """Of a plan: all its calls in order, the one of ``tool`` and ``arguments`` first. Absent for a single call."""


__all__ = ["PlannedCall", "Proposal"]
