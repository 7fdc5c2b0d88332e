"""What the doors hand out: the reply, and the events of a stream."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from frontdesk.graph.state import ReplyRecord, Status


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one message."""

    text: str
    """For the customer, with their own values in it. Empty while a person owns the thread."""
    status: Status
    """answered, refused, clarify, confirm (a proposal waits for a yes), handoff (just passed on) or human."""
    thread_id: str
    """The server's id of the thread; empty in the stateless mode."""
    turn_id: str
    intent: str = ""
    """The intent that was served; empty for none."""
    confidence: float = 0.0
    """Calibrated probability of the routed intent, 0 to 1."""
    tier: str = ""
    """deterministic, fast or reasoning."""
    citations: tuple[Mapping[str, str], ...] = ()
    """Pages the answer rests on: ``{"id", "title", "url", "version"}``; the version changes with what the page says."""
    proposal: Mapping[str, Any] | None = None
    """``{"id", "tool", "arguments", "question"}`` while one waits for a yes."""
    ticket: str | None = None
    """The ticket while a person owns the thread."""
    usage: Mapping[str, Any] = field(default_factory=dict)
    """``{"model", "calls", "input_tokens", "output_tokens", "cached_tokens", "cost", "failures"}``; the cost in the
    desk's currency, of models with a price."""
    timings: tuple[Mapping[str, Any], ...] = ()
    """The turn's path: ``{"stage", "ms", "note"}`` in order."""
    capsule: str = ""
    """Where the client carries the conversation: opaque, to be sent with the next message; else empty."""
    verify: str = ""
    """How surely the customer has to be known for what they asked, such as ``strong``; the call is made again when they
    come back with a principal that reaches it. Empty: they need not verify."""
    failed: bool = False
    """The turn broke and nothing was remembered; sent again with the same turn id, it is tried again."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)

    @classmethod
    def of(cls, record: ReplyRecord, thread_id: str) -> Reply:
        """Make a reply of the graph's record."""
        return cls(
            text=record["text"],
            status=record["status"],
            thread_id=thread_id,
            turn_id=record["turn_id"],
            intent=record["intent"],
            confidence=record["confidence"],
            tier=record["tier"],
            citations=tuple(record["citations"]),
            proposal=record["proposal"],
            ticket=record["ticket"],
            usage=dict(record["usage"]),
            timings=tuple(dict(step) for step in record["path"]),
            verify=record.get("verify", ""),
        )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reply:
        """Make a reply of what ``as_dict`` returned."""
        lists = {name: tuple(data.get(name, ())) for name in ("citations", "timings")}
        return cls(**{**data, **lists})


@dataclass(frozen=True, slots=True)
class StageEvent:
    """A stage began or ended."""

    stage: str
    phase: Literal["start", "end"]
    ms: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextEvent:
    """A piece of the reply's text, in order; guarded, with values restored."""

    text: str


@dataclass(frozen=True, slots=True)
class RetractEvent:
    """What was streamed so far does not stand: show what follows instead of it.

    A sentence is sent when the output guards passed it with all that came before. What a model says later can still
    make the whole reply another one: it broke off and another model answered, it called a tool after all, or its end
    had to be repaired.
    """


Event = StageEvent | TextEvent | RetractEvent | Reply
