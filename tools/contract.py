"""A tool's contract: what may be called, by whom, with what, what must be true first, and what undoes it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

NAME = r"^[a-z][a-z0-9_]{1,63}$"
SCOPE = r"^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$"
VARIABLE = r"^[A-Z][A-Z0-9_]*$"

Verified = Literal["none", "basic", "strong"]
"""How surely the door knows who is asking: nobody in particular, signed in, signed in with a second factor just now."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Connector(_Strict):
    """Which backend serves the tool, and how."""

    kind: str
    """Name of a file in ``tools/connectors``: ``http``, ``mcp``, ``python``, ``sql`` …"""
    connection: str = ""
    """Name of one of the desk's ``connections``; empty: the kind's own default, such as the desk's database."""
    options: dict[str, Any] = Field(default_factory=dict)
    """What that connector needs; it validates them itself."""


class OwnerRule(_Strict):
    """The record that a call touches must belong to the caller."""

    argument: str | None = None
    """Argument that must equal the caller's subject; it is filled in when absent and hidden from models."""
    result: str | None = None
    """Field of the result (or of each item of a list result) that must equal the caller's subject.

    Dots lead into nested records and lists: ``orders.customer_id``.
    """


class Rule(_Strict):
    """One state of the record in which the call is refused."""

    when: dict[str, list[Any]] = Field(min_length=1)
    """Field of the looked-up record to the values that forbid the call; all fields named must match."""
    reason: str = Field(pattern=NAME)
    """Closed code such as ``order_already_shipped``."""
    message: str = Field(min_length=5)
    """What the customer reads; ``{name}`` stands for an argument or a field of the record."""


class Precheck(_Strict):
    """Preconditions: a lookup before a call is proposed, so that nobody is asked to confirm what cannot be done."""

    options: dict[str, Any]
    """What the contract's connector needs for the lookup; it returns one record, or the call is ``not_found``.

    Where the owner rule names a field of the result and the record has that field, it must equal the subject too.
    """
    rules: list[Rule] = Field(default_factory=list)
    """In order; the first that matches refuses."""


class Lookup(_Strict):
    """How to find out whether a write that nobody heard back from has happened."""

    options: dict[str, Any]
    """What the contract's connector needs for the lookup. It is given the write's arguments and its idempotency key."""
    happened: dict[str, list[Any]] = Field(default_factory=dict)
    """Field of the record to the values that say that the write happened; all fields named must match. Empty: that
    there is a record says it. No record: it did not happen."""
    sure_after: float = Field(default=0.0, ge=0, le=86_400)
    """Seconds after ``timeout`` (and 5 more) from which a write that is not there will not happen any more, however
    long the remote side worked on it. Before that a lookup that finds nothing proves nothing."""


class Idempotency(_Strict):
    """What the remote side does with the same write sent twice."""

    remote: bool = False
    """Whether the remote side itself recognises a repeated key: then an unknown call may be sent again with it."""
    lookup: Lookup | None = None
    """Settles an unknown call. Without it, and where the remote side recognises no key, a person has to look."""


class Compensation(_Strict):
    """The call that undoes this one, when a later step of the same plan fails."""

    tool: str = Field(pattern=NAME)
    """A write of the same desk; its own confirmation does not apply."""
    arguments: dict[str, str] = Field(default_factory=dict)
    """Its arguments: ``arguments.order_id``, ``result.reference``, or ``record.status`` of what ``precheck`` found."""


class Retry(_Strict):
    """Another try where the remote side failed and nothing happened: reads, and writes whose remote side knows keys."""

    attempts: int = Field(default=1, ge=1, le=5)
    """In all; 1: no second try."""
    backoff: float = Field(default=0.2, gt=0, le=10)
    """Seconds before the second try; doubled each time, with jitter. All tries share the contract's ``timeout``."""


class RateLimit(_Strict):
    """How often one principal may call the tool."""

    calls: int = Field(ge=1)
    """Calls in one window."""
    seconds: int = Field(ge=1, le=86_400)
    """Length of the window."""


class ReadCache(_Strict):
    """Results of a read that may be given again to the same principal; any write of theirs ends them all."""

    seconds: int = Field(ge=1, le=3600)
    """How long a result may be given again."""


class ToolContract(_Strict):
    """One tool, as written in a desk's ``tools/*.yaml``."""

    name: str = Field(pattern=NAME)
    """What models and intents call it."""
    description: str = Field(min_length=10)
    """What it does, for the model and for people."""
    effect: Literal["read", "write"]
    """write: anything that changes something anywhere."""
    input: dict[str, Any]
    """JSON Schema (draft 2020-12) of the arguments, an object schema. A ``default`` of a top-level property is used."""
    output: dict[str, Any]
    """JSON Schema of the result."""
    scopes: list[str] = Field(default_factory=list)
    """All of these are needed."""
    roles: list[str] = Field(default_factory=list)
    """One of these is needed; empty: any role."""
    verified: Verified = "none"
    """How surely the caller must be known; a caller who is signed in but known less surely is asked to verify."""
    owner: OwnerRule | None = None
    """Required for anything that belongs to one customer."""
    confirm: str = "never"
    """always: the customer must say yes to the very call that runs; never; several: where the record that ``precheck``
    looked up has a ``count`` other than 1. Anything else is an expression over the arguments and that record, such as
    ``amount > 50``: the customer is asked where it holds, and where it cannot be told. Where the call runs unasked, the
    same authority is needed as with ``never``."""
    approval: str = ""
    """After the customer's yes a second person has to approve: ``always``, or where this expression holds (or cannot be
    told), such as ``amount > 500``. Empty: never."""
    question: str = ""
    """What the customer is asked before a confirmed call.

    ``{name}`` stands for an argument's value, or for a field of the record that ``precheck`` looked up.
    """
    missing: str = "I can't find that on your account."
    """Said when the record does not exist or is somebody else's; ``{argument}`` as in ``question``."""
    precheck: Precheck | None = None
    """What must be true first."""
    reply: str = ""
    """How the result reads to a customer: a template over the result's fields (see docs/desks.md). Used keyless."""
    idempotency: Idempotency = Idempotency()
    """Of a write: what the other side does with the same call sent twice."""
    compensation: Compensation | None = None
    """What undoes it; without one, a plan that fails after this step goes to a person."""
    timeout: float = Field(default=5.0, gt=0, le=120)
    """Seconds."""
    retry: Retry = Retry()
    """Of a read, or of a write whose remote side recognises a repeated key."""
    rate: RateLimit | None = None
    """How often one principal may call it; absent: without end."""
    cache: ReadCache | None = None
    """Of a read."""
    sensitive: list[str] = Field(default_factory=list)
    """Fields of the result that no model, log or customer is shown: they are taken out before anything else sees it.
    Dots lead into nested records and lists: ``payments.card``."""
    connector: Connector
    """Where it goes."""
