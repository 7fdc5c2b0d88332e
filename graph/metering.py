"""What hosted models may take: the meter that every provider call goes through, and whose turn it is on.

A call reserves the most that it can cost before it is sent, and settles what it did cost in any case. So calls that run
at the same time cannot overshoot a limit together.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, Protocol

from langchain_core.runnables import RunnableConfig

from frontdesk.desk.modelling import Price
from frontdesk.graph.identity import Caller
from frontdesk.graph.protocols import Role
from frontdesk.graph.records import Usage

Level = Literal["turn", "thread", "principal", "tenant", "unavailable"]
"""Whose budget is used up; unavailable: what was spent cannot be read, and the desk's policy for that is `closed`."""


class SpentError(Exception):
    """A call may not be made, or not go on: a budget is used up. Never leaves ``frontdesk.models``."""

    def __init__(self, level: Level) -> None:
        """Take whose budget it is."""
        self.level: Level = level
        super().__init__(level)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one provider call took."""

    input: int = 0
    """Tokens that it read, the cached ones included."""
    output: int = 0
    """Tokens that it wrote, hidden reasoning included."""
    cached: int = 0
    """Of the input those that the provider had in its prompt cache."""


@dataclass(frozen=True, slots=True)
class Call:
    """One provider call that is about to be made."""

    role: Role
    model: str
    """As the chain names it, ``provider:name``: its price is looked up by this, where its link has none."""
    input: int
    """Tokens that it will read, never under."""
    answer: int | None = None
    """Tokens that it may write, where the form of its answer says so."""
    seconds: float = 60.0
    """What it may take; a reservation that nobody settled ends a little later by itself."""
    price: Price | None = None
    """Its link's own; None: what the desk's list says of the model. One name may cost nothing at one address."""


class Reservation(Protocol):
    """A call that was let through."""

    @property
    def answer(self) -> int | None:
        """Tokens that it may write: to be told to the provider, and held to while the answer comes. None: no bound."""
        ...

    @property
    def level(self) -> Level | None:
        """Whose budget makes ``answer`` smaller than what a whole answer may have; None: nobody's."""
        ...

    async def settle(self, tokens: Tokens) -> float:
        """Give back what was not used, and write down what was; return its cost in the desk's currency. Never raises.

        To be called once, whatever became of the call: answered, failed, cancelled. What a failed call took is
        estimated, never under; nothing where it was not sent.
        """
        ...


class Meter(Protocol):
    """Counts tokens and money, and says when it is enough."""

    async def reserve(self, call: Call) -> Reservation:
        """Reserve what ``call`` can cost at most, for the turn that runs (:data:`RUNNING`).

        Raises:
            SpentError: Some budget has no room for it.
        """
        ...

    def aside(self, caller: Caller) -> Usage | None:
        """Return what calls of the turn cost that no node counts (the role ``guard``), once; None for nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Running:
    """The stage that runs, as far as a meter needs it."""

    config: RunnableConfig
    intent: str
    """What the turn serves, once that is decided."""


RUNNING: ContextVar[Running | None] = ContextVar("frontdesk_running", default=None)
"""Set by ``graph.stage.Stage`` around its node; None outside of turns, where only the tenant is known."""


@dataclass(frozen=True, slots=True)
class Free:
    """A reservation without bounds and without a price."""

    answer: int | None = None
    level: Level | None = None

    async def settle(self, tokens: Tokens) -> float:
        """See :class:`Reservation`."""
        return 0.0


class NoMeter:
    """Lets everything through and counts nothing."""

    async def reserve(self, call: Call) -> Reservation:
        """See :class:`Meter`."""
        return Free(call.answer)

    def aside(self, caller: Caller) -> Usage | None:
        """See :class:`Meter`."""
        return None


__all__ = [
    "RUNNING",
    "Call",
    "Free",
    "Level",
    "Meter",
    "NoMeter",
    "Reservation",
    "Running",
    "SpentError",
    "Tokens",
]
