"""What collaborators hand to nodes: small frozen values, gathered here and re-exported by ``frontdesk.graph.deps``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from langchain_core.messages import AIMessage

from frontdesk.graph.state import Proposal, Session


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data in a text."""

    start: int
    end: int
    """Character offsets into the text as it was given; end exclusive."""
    label: str
    """``EMAIL``, ``CARD``, ``PHONE`` …"""
    score: float
    detector: str
    """File name of the detector."""
    reason: str = ""
    """Why, in a few words; never a part of the value."""


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A masked text and what was taken out."""

    text: str
    findings: tuple[Finding, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Placeholder to value, for values new to this session."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the input guards are told of a thread before this message."""

    session: Session
    earlier: tuple[str, ...] = field(default=(), repr=False)
    """The customer's messages before this one, masked, oldest first; without those that were refused."""
    now: float = 0.0
    """Unix time in seconds."""
    awaited: bool = False
    """Whether something of ours waits for an answer: a question, a change for its yes."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reply after the output guards."""

    text: str
    citations: tuple[str, ...] = ()
    """Page ids cited and retrieved, in order."""
    findings: tuple[str, ...] = ()
    """Closed codes of what was removed or replaced, such as ``link:host``."""
    blocked: bool = False
    """True: the text may not be sent; say the desk's fixed wording instead."""
    repair: tuple[str, ...] = ()
    """Of a blocked reply: what a model is told when it may write once more. Empty: it is not asked again."""
    handoff: bool = False
    """True: a person takes over; where the reply is not blocked, its text is said before the ticket's notice."""
    settled: bool = False
    """True: the text is the desk's own on a risky topic, said whatever a model writes."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The form of an answer that is asked for: one JSON object. Whoever asks validates what comes."""

    name: str
    schema: Mapping[str, Any]
    """JSON schema in the subset that providers take as strict: every key required, none besides."""
    max_tokens: int | None = None
    """Tokens that the model may write."""
    enforced: bool = True
    """Send the schema along, where the provider's client takes one; else the prompt alone says it."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's answer."""

    message: AIMessage
    model: str
    """``provider:name`` or ``keyless``."""
    input_tokens: int = 0
    output_tokens: int = 0
    failures: tuple[str, ...] = ()
    """Links of the chain that failed first, as ``role/cause``: ``fast/timeout``, ``fast/rate_limited`` …"""
    cached_tokens: int = 0
    """Of the input tokens those that the provider had in its prompt cache."""
    cost: float = 0.0
    """Money, in the desk's currency, of all calls that it took; a model without a price costs nothing."""
    spent: str = ""
    """Whose budget is used up (``frontdesk.graph.metering.Level``), so that no hosted model answered; else empty."""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a call came to, for the model and the trace."""

    outcome: Literal["done", "refused", "failed", "unknown", "confirm", "approval"]
    """``confirm``: waits for the customer's yes; ``approval``: the yes is there, and a second person has to approve."""
    content: str = field(repr=False)
    """JSON of the result, or a sentence that the model may act on; not yet scrubbed, so no debug line repeats it."""
    proposal: Proposal | None = None
    """Set when the outcome is ``confirm``: nothing has happened yet."""
    repeated: bool = False
    """True: the ledger had the result already; nothing was executed now."""
    reason: str = ""
    """Closed code of what kept the call from happening, such as ``missing_scope``; empty where it happened."""
    dry: bool = False
    """True: nothing was executed, and the content says what would happen."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What several writes of one message came to before anything of them happened."""

    results: tuple[ToolResult, ...]
    """One per call, in order: ``confirm`` where it is part of the proposal, else why it is not."""
    proposal: Proposal | None = None
    """All that is proposed, in order; one call alone where the others fell away. None: nothing is."""
    asks: bool = True
    """Whether the customer's yes is needed; if not, the plan may be carried out at once."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A call's arguments as the gateway reads them, before anything else is decided."""

    arguments: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Masked, repaired and coerced, without the owner's; empty where they could not be read."""
    problems: tuple[str, ...] = ()
    """What is wrong with them, in words that repeat no value; empty: they are valid."""
    repairs: tuple[str, ...] = ()
    """Closed codes of what was changed: ``repaired:json``, ``coerced:quantity``."""
