"""What a generated talk consists of: exchanges, and the details that are known by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Part = Literal["seen", "unseen", "mend", "held", "state"]
"""Which phrases said it: those that the patterns were written with, those that another file's header tells of, or no
words at all: results of tools and requests that the state holds."""
PARTS: Final[tuple[Part, ...]] = ("seen", "unseen", "mend", "held", "state")
Bank = Literal["first", "fresh"]
BANKS: Final[Mapping[Bank, tuple[Part, Part]]] = {"first": ("seen", "unseen"), "fresh": ("mend", "held")}
"""The banks of phrases, each in two parts."""


@dataclass(frozen=True)
class Fact:
    """A detail that must be known from its turn on."""

    kind: str
    part: Part
    value: str
    """As it has to stand in the context."""
    old: str = ""
    """What it corrected: no longer true."""


@dataclass(frozen=True)
class Exchange:
    """One turn: what the customer says, what tools answer, what we reply, and what is known by it."""

    said: str
    reply: str
    call: tuple[str, Mapping[str, Any], Mapping[str, Any]] | None = None
    """Tool, arguments and result."""
    intent: str = ""
    facts: tuple[Fact, ...] = ()
    ends: tuple[str, ...] = ()
    """Values that no longer hold."""
    waiting: Mapping[str, Any] | None = None
    """A request that is half filled from here to the end: its intent, and slots."""


Unit = list[Exchange]


@dataclass(frozen=True)
class Talk:
    """A conversation."""

    exchanges: Sequence[Exchange]

    def valid(self) -> list[Fact]:
        """Return the details that hold at the end."""
        ended = {value for each in self.exchanges for value in each.ends}
        return [fact for each in self.exchanges for fact in each.facts if fact.value not in ended]


__all__ = ["BANKS", "PARTS", "Bank", "Exchange", "Fact", "Part", "Talk", "Unit"]
