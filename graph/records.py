"""The records that the state holds: plain dicts with a note on every field."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from frontdesk.graph.memories import Memory
from frontdesk.graph.proposals import PlannedCall, Proposal
from frontdesk.graph.requests import Command, Counted, Part, Route, Segment, Task, Tier, Upset
from frontdesk.graph.verdicts import Channel, CheckResult, Outcome, Session, Verdict, Withheld

Status = Literal["answered", "refused", "clarify", "confirm", "handoff", "human"]
Serving = Literal["refuse", "clarify", "respond", "handoff", "confirm"]


RecordState = Literal["known", "missing", "stale"]


class Turn(TypedDict):
    """The turn that is running, or the last one that ran."""

    id: str
    """The client's id of the message."""
    index: int
    """0 for the first turn of the thread."""
    placeholders: dict[str, int]
    """Personal data found in this message: label (``EMAIL``) to count. Never a value."""
    messages: NotRequired[list[str]]
    """Ids of all that this turn brought in: what the guards judge."""
    record: NotRequired[RecordState]
    """Whether the vault has the customer's own record; absent where the desk names none. Act makes it ``stale``."""


class Passage(TypedDict):
    """A part of a knowledge page that an answer may cite."""

    page: str
    """Page id, as cited: ``[returns]``."""
    title: str
    url: str
    text: str
    score: float
    """How certain it is that the passage covers the question, 0 to 1; comparable over searches."""


class Found(TypedDict):
    """A page that a turn had before it, for ``/why``."""

    page: str
    score: float
    """Certainty that it covers the question; 0 where only the intent led to it."""


class Recall(TypedDict):
    """What the turn may draw on."""

    passages: list[Passage]
    """Best first."""
    episodes: list[str]
    """What this customer came for before, newest first; masked."""
    memories: NotRequired[list[Memory]]
    """Of the customer's preferences, facts and episodes those that matter to this message, best first."""
    nearest: NotRequired[Passage]
    """Where no page covers what was asked: the likeliest, without its text. It is no source of an answer; it may be
    named as something to read."""


class Decision(TypedDict):
    """Who serves this turn, and why."""

    stage: Serving
    intent: str
    """The intent being served; empty for none."""
    tier: Tier
    reasons: list[str]
    """Closed codes such as ``guard:refuse`` or ``route:accepted``, in the order they applied."""
    answer: Literal["", "approve", "reject"]
    """The customer's answer to a pending proposal, for the confirm stage."""
    left: NotRequired[str]
    """Intent of the request that was in hand and that this decision ends unfinished."""


class Ticket(TypedDict):
    """A conversation that a person owns."""

    id: str
    reason: str
    """Closed code such as ``asked`` or ``unresolved``."""
    opened_at: float
    """Unix time in seconds."""


class Step(TypedDict):
    """One stage of a turn's path."""

    stage: str
    ms: float
    note: str
    """A closed code such as ``allow`` or ``order_status``, never free text."""


class Usage(TypedDict):
    """What the turn cost so far."""

    model: str
    """The last model that answered, as ``provider:name`` or ``keyless``."""
    calls: int
    input_tokens: int
    output_tokens: int
    cached_tokens: NotRequired[int]
    """Of the input tokens those that the provider had in its prompt cache."""
    cost: NotRequired[float]
    """Money, in the desk's currency; models without a price count nothing."""
    failures: list[str]
    """Models that failed in this turn, as ``role/cause`` codes such as ``fast/timeout``."""


class ReplyRecord(TypedDict):
    """What goes to the customer. Carries restored values, so it is never checkpointed."""

    text: str
    status: Status
    turn_id: str
    intent: str
    confidence: float
    tier: str
    citations: list[dict[str, str]]
    """``{"id", "title", "url", "version"}`` per cited page, in order of citation."""
    proposal: dict[str, Any] | None
    """``{"id", "tool", "arguments", "question"}`` with values restored, while one waits for a yes; of several changes
    also ``calls``, a list of ``{"tool", "arguments", "question"}``."""
    ticket: str | None
    usage: Usage
    path: list[Step]
    verify: NotRequired[str]
    """``Reply.verify``; absent where it is empty."""


__all__ = [
    "Channel",
    "CheckResult",
    "Command",
    "Counted",
    "Decision",
    "Found",
    "Outcome",
    "Part",
    "Passage",
    "PlannedCall",
    "Proposal",
    "Recall",
    "RecordState",
    "ReplyRecord",
    "Route",
    "Segment",
    "Serving",
    "Session",
    "Status",
    "Step",
    "Task",
    "Ticket",
    "Tier",
    "Turn",
    "Upset",
    "Usage",
    "Verdict",
    "Withheld",
]
