"""A tool's contract: what may be called, by whom, with what, and what must be true first."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

NAME = r"^[a-z][a-z0-9_]{1,63}$"
SCOPE = r"^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Connector(_Strict):
    """Which backend serves the tool, and how."""

    kind: str
    """Name of a file in ``tools/connectors``: ``sql`` or ``python``."""
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
    """A lookup before a call is proposed, so that nobody is asked to confirm what cannot be done."""

    options: dict[str, Any]
    """What the contract's connector needs for the lookup; it returns one record, or the call is ``not_found``.

    Where the owner rule names a field of the result and the record has that field, it must equal the subject too.
    """
    rules: list[Rule] = Field(default_factory=list)
    """In order; the first that matches refuses."""


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
    owner: OwnerRule | None = None
    """Required for anything that belongs to one customer."""
    confirm: Literal["never", "several", "always"] = "never"
    """always: the customer must say yes to the very call that runs; several: where the record that ``precheck`` looked
    up has a ``count`` other than 1. Where it runs unasked, the same authority is needed as with ``never``."""
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
    idempotent: bool = False
    """Whether the remote side itself recognises a repeated key."""
    timeout: float = Field(default=5.0, gt=0, le=120)
    """Seconds."""
    connector: Connector
