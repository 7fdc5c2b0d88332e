"""The data records of a desk: desk.yaml, intents.yaml and the pages' front matter."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from frontdesk.desk.connecting import Connection, GatewayRules
from frontdesk.desk.guarding import GuardRule
from frontdesk.desk.keeping import Purpose, Retention
from frontdesk.desk.modelling import Models, Spending
from frontdesk.desk.pages import Page
from frontdesk.desk.remembering import Context, Memory, Search
from frontdesk.desk.reviewing import Review
from frontdesk.desk.routing import Cache, Routing
from frontdesk.desk.scrubbing import Scrub
from frontdesk.desk.texts import TextName, Texts
from frontdesk.tools.contract import NAME, SCOPE, ToolContract, Verified


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Budgets(_Strict):
    """Upper bounds per turn and per thread."""

    turn_seconds: float = Field(default=30.0, gt=0, le=600)
    """A turn ends with a sensible reply within this time."""
    message_chars: int = Field(default=8000, ge=100, le=200_000)
    """A longer message is refused with a clear error."""
    window_messages: int = Field(default=20, ge=4, le=200)
    """Messages kept verbatim; what leaves is summarised."""
    window_tokens: int = Field(default=3000, ge=200)
    """Tokens (estimated, never under) of the window that a model is shown."""
    model_calls: int = Field(default=6, ge=1, le=20)
    """Model calls per turn: bounds the respond/act loop. Another request of the same message is begun while three are
    left, and waits for the next turn otherwise."""
    spending: Spending = Spending()
    """Tokens and money for hosted models."""


class Handoff(_Strict):
    """When a person takes over."""

    misses: int = Field(default=3, ge=1)
    """Turns in a row without an accepted intent."""
    mood: float = Field(default=0.8, ge=0, le=1)
    """Annoyance of the customer's words, 0 to 1, from which a person is offered or takes over."""
    hours: str = ""
    """Opening hours in words, told to the customer."""


class Demo(_Strict):
    """The customer that local try-outs sign in as (``frontdesk chat``, Studio); never used by ``frontdesk serve``."""

    subject: str
    """Customer id in the seeded database."""
    scopes: list[str] = Field(default_factory=list)
    """What that customer may do, such as `orders:read`."""
    roles: list[str] = Field(default_factory=list)
    """That customer's roles."""
    verified: Verified = "basic"
    """How surely that customer is known; `strong` to try tools that ask for it."""


class DeskConfig(_Strict):
    """desk.yaml."""

    name: str = Field(pattern=NAME)
    """Short name; also the tenant."""
    business: str = Field(min_length=1)
    """What customers know the business as."""
    languages: list[str] = Field(default_factory=lambda: ["en"])
    """Languages of the pages and texts, as tags such as `en` or `en-GB`; the first is the main one."""
    models: Models = Models()
    budgets: Budgets = Budgets()
    routing: Routing = Routing()
    cache: Cache = Cache()
    memory: Memory = Memory()
    search: Search = Search()
    context: Context = Context()
    guards: dict[str, GuardRule] = Field(default_factory=dict)
    """Per input check; a check not named here runs with its own defaults. `tier2` is the second tier."""
    review: Review = Review()
    handoff: Handoff = Handoff()
    gateway: GatewayRules = GatewayRules()
    connections: dict[str, Connection] = Field(default_factory=dict)
    """Back offices by name, for `connector.connection` of a tool."""
    scrub: Scrub = Scrub()
    retention: Retention = Retention()
    consent: dict[str, Purpose] = Field(default_factory=lambda: {"memory": Purpose()})
    """Per purpose. `memory`: remember across conversations. What the request needs is kept without; a purpose that is
    not named here is never allowed."""
    texts: Texts = Texts()
    translations: dict[str, dict[TextName, str]] = Field(default_factory=dict)
    """Wordings by language, such as `de: {refuse: …}`. What is not given here is said in the translation that comes
    with frontdesk (de, es, fr, it, nl, pt) where `texts` keeps the default, and otherwise as `texts` has it."""
    link_hosts: list[str] = Field(default_factory=list)
    """Hosts that a reply may link to."""
    database: str = ""
    """Default SQLAlchemy URL for the sql connector; empty: a SQLite file made from ``seed`` at first start."""
    seed: str = ""
    """``module:function`` that fills an empty database."""
    demo: Demo | None = None


class Intent(_Strict):
    """One intent of intents.yaml."""

    name: str = Field(pattern=NAME)
    """Short name, as it stands in traces and reports."""
    title: str = Field(min_length=2)
    """In the customer's words, for clarifying questions: "cancel an order"."""
    description: str = Field(min_length=5)
    """What belongs here, for models and for people."""
    utterances: list[str] = Field(min_length=2)
    """What customers say; the router learns from these."""
    tier: Literal["deterministic", "fast", "reasoning"] = "fast"
    """deterministic: no hosted model; fast, reasoning: the model of that role."""
    tools: list[str] = Field(default_factory=list)
    """Tools a model may propose for this intent."""
    pages: list[str] = Field(default_factory=list)
    """Knowledge pages preferred for this intent."""
    prompt: str | None = None
    """Name of a prompt of its own."""
    handoff: bool = False
    """True: this intent goes straight to a person."""
    clarify: str | None = None
    """The question asked when this intent is likely but unclear."""
    cacheable: bool = False
    """True: an answer may be given to the next customer who asks the same, as `cache` says. Only for what is the same
    for everybody: never for an intent with tools."""


__all__ = [
    "SCOPE",
    "Budgets",
    "Cache",
    "Context",
    "Demo",
    "DeskConfig",
    "GuardRule",
    "Handoff",
    "Intent",
    "Memory",
    "Models",
    "Page",
    "Purpose",
    "Retention",
    "Review",
    "Routing",
    "Scrub",
    "Search",
    "Spending",
    "Texts",
    "ToolContract",
]
