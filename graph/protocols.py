"""One protocol per collaborator of the nodes; re-exported by ``frontdesk.graph.deps``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

from langchain_core.messages import BaseMessage

from frontdesk.desk.config import DeskConfig, Intent, Page
from frontdesk.graph.calling import Gateway as Gateway
from frontdesk.graph.calling import Restore as Restore
from frontdesk.graph.calling import Restorer as Restorer
from frontdesk.graph.guards import InputGuard as InputGuard
from frontdesk.graph.guards import Journal as Journal
from frontdesk.graph.identity import Caller
from frontdesk.graph.remembering import Archive as Archive
from frontdesk.graph.state import Passage, Ticket
from frontdesk.graph.understanding import Embedder as Embedder
from frontdesk.graph.understanding import Router as Router
from frontdesk.graph.values import AnswerForm, Completion, Reviewed, Scrubbed
from frontdesk.tools.contract import ToolContract

Role = Literal["fast", "reasoning", "guard", "summary", "keyless"]


OnText = Callable[[str | None], Awaitable[None]]
"""Takes a model's text piece by piece as it comes; None: that model failed, and what comes next begins anew."""


class Scrubber(Protocol):
    """Finds personal data and replaces it by placeholders. Pure: no store, no clock."""

    @property
    def heavy(self) -> bool:
        """Whether a text takes so long (5 ms and more) that it belongs off the event loop."""
        ...

    def scrub(self, text: str, known: Mapping[str, str]) -> Scrubbed:
        """Mask ``text``. ``known`` maps the session's placeholders to values: same value, same placeholder."""
        ...

    def named(self, label: str, value: str, known: Mapping[str, str]) -> Scrubbed:
        """Mask a whole value whose kind is known: its placeholder as the text, and the value where it is new."""
        ...


class Vault(Protocol):
    """Keeps the values behind placeholders, per tenant and thread."""

    async def load(self, caller: Caller, *, prolong: bool = True) -> dict[str, str]:
        """Return placeholder to value for the caller's thread (empty when there is none).

        ``prolong``: the thread goes on, so its values live as long as it does; False for who only looks.
        """
        ...

    async def store(self, caller: Caller, values: Mapping[str, str]) -> None:
        """Add values; an existing placeholder is never given another value."""
        ...

    async def drop(self, caller: Caller) -> None:
        """Forget the values of a stateless turn; nothing happens for a caller with a thread."""
        ...


class Reviewer(Protocol):
    """Output guards: leaks, citations, links, re-scrub, tone, promises."""

    async def review(
        self, text: str, passages: Sequence[Passage], known: Mapping[str, str], *, turn: Any = None
    ) -> Reviewed:
        """Judge a masked reply. ``known`` is the vault of the session, ``turn`` a ``nodes.review.turn.TurnFacts``."""
        ...

    async def partial(
        self, text: str, passages: Sequence[Passage], known: Mapping[str, str], *, turn: Any = None
    ) -> Reviewed:
        """Judge the finished sentences of a reply that goes on; the whole is judged by ``review`` in the end."""
        ...


class Knowledge(Protocol):
    """The desk's pages."""

    async def search(
        self, query: str, *, signed_in: bool, prefer: Sequence[str] = (), limit: int | None = None, language: str = ""
    ) -> list[Passage]:
        """Return the passages that cover a query, best first; an empty list means that no page covers it.

        Each with the certainty of that as its score. ``limit``: by default the desk's ``search.limit``. ``language`` is
        the customer's, as a tag; it is given only where a page of the desk names its own.
        """
        ...


class Models(Protocol):
    """Chat models per role, each a chain that ends in the keyless model."""

    async def complete(
        self,
        role: Role,
        messages: Sequence[BaseMessage],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        seconds: float | None = None,
        on_text: OnText | None = None,
        form: AnswerForm | None = None,
    ) -> Completion:
        """Answer within ``seconds``; a hosted model's words also go to ``on_text`` as they come.

        Never raises for a provider's fault: the last link always answers.
        """
        ...

    def describe(self, role: Role) -> str:
        """Return the first link of the role's chain, ``provider:name`` or ``keyless``."""
        ...


class HandoffDesk(Protocol):
    """Tickets, and the messages of the conversations that people own."""

    async def open(self, caller: Caller, reason: str, packet: Mapping[str, Any]) -> Ticket:
        """File a ticket with the whole (masked) story. The same thread's open ticket is returned, not doubled."""
        ...

    async def relay(self, caller: Caller, ticket: Ticket, text: str) -> None:
        """Add a customer's message to a conversation that a person owns."""
        ...

    async def close(self, caller: Caller, ticket_id: str) -> bool:
        """Hand back; False when there was nothing open."""
        ...


class Prompts(Protocol):
    """Prompts by name, filled strictly."""

    def render(self, name: str, **variables: str) -> str:
        """Return the text; a missing or unknown variable, or an unknown name, raises ConfigurationError."""
        ...

    def digest(self, name: str) -> str:
        """Return the prompt's version: the first 12 hex digits of its SHA-256."""
        ...


class DeskView(Protocol):
    """What nodes need of a desk."""

    @property
    def config(self) -> DeskConfig:
        """desk.yaml."""
        ...

    @property
    def intents(self) -> Mapping[str, Intent]:
        """Intents by name, in the order of the file."""
        ...

    @property
    def pages(self) -> Mapping[str, Page]:
        """Knowledge pages by id."""
        ...

    @property
    def tools(self) -> Mapping[str, ToolContract]:
        """Contracts by tool name."""
        ...
