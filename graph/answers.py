"""Protocols of the answer cache: what is asked of it, what it keeps, and where."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from frontdesk.graph.values import Completion

Match = Literal["exact", "near"]
"""exact: the same words; near: another wording in which nothing that matters differs."""

CACHE = "cache"
"""What a usage names as the model of an answer that was given before."""


class Ask(Protocol):
    """Asks the models."""

    def __call__(self, *, seconds: float) -> Awaitable[Completion]:
        """Ask them, for so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that may be answered from the cache."""

    place: str
    """Digest of all that an answer depends on besides the question: tenant, audience, language, day, pages, prompt,
    desk, model. Never empty."""
    text: str = field(repr=False)
    """The customer's masked words, normalised (``nodes.cached.plain.normal``)."""
    english: bool
    """Whether the wording is in the language whose wordings can be compared."""
    pages: Mapping[str, str]
    """Digest of every page that this customer may be shown today, by id."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, as it is kept. Nothing in it is about a person."""

    text: str = field(repr=False)
    """The reviewed answer; it holds no placeholder."""
    pages: Mapping[str, str]
    """Digests of the pages that it cites, as they were, by id; at least one."""
    at: float
    """Unix time in seconds when it was written."""
    shape: str = field(default="", repr=False)
    """The question in the desk's own words, for comparing (``nodes.cached.shape``); empty: for the same words only."""
    place: str = ""
    """The :attr:`Asked.place` that it belongs to."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look into the cache came to."""

    code: str
    """``hit``, or why not: ``none``, ``stale``, ``unavailable``, or in what the nearest question differs."""
    kept: Kept | None = None
    match: Match = "exact"
    mark: str = ""
    """Names the entry in its store."""


class AnswerStore(Protocol):
    """Where answers lie: Redis, or this process. Whoever calls it expects any error of the store."""

    def mark(self, place: str, text: str) -> str:
        """Return the name of the entry for a question: a keyed digest, from which no question can be told."""
        ...

    async def get(self, mark: str) -> Kept | None:
        """Return an entry; None when there is none that can be opened."""
        ...

    async def near(self, place: str, vector: Sequence[float], distance: float, limit: int) -> list[tuple[str, Kept]]:
        """Return the nearest entries of one place with their marks, nearest first; never those of another place."""
        ...

    async def put(self, mark: str, kept: Kept, vector: Sequence[float] | None) -> None:
        """Keep an answer; where there are too many, those that were used longest ago go."""
        ...

    async def touch(self, mark: str) -> None:
        """Note that an entry was used."""
        ...

    async def drop(self, mark: str) -> None:
        """Forget an entry."""
        ...

    async def claim(self, mark: str, seconds: float) -> bool:
        """Whether this process is the one that asks the models; it is for so many seconds, or until it lets go."""
        ...

    async def release(self, mark: str) -> None:
        """Let go of a claim; nothing happens where there is none of this process."""
        ...

    async def count(self, code: str) -> None:
        """Count what a look came to."""
        ...

    async def stats(self) -> dict[str, int]:
        """Return the number of entries under ``entries``, and counts by code."""
        ...

    async def clear(self) -> int:
        """Forget everything; return how many entries there were."""
        ...


class Embeds(Protocol):
    """Turns a text into a vector."""

    async def embed(self, text: str) -> Any:
        """Return the vector of one text, a sequence of floats. Raises ModelError when it cannot be had in time."""
        ...


class AnswerCache(Protocol):
    """Answers that may be given again. Nothing here raises for a fault of a store."""

    async def look(self, asked: Asked) -> Found:
        """Return the answer to the question, if there is one that still holds."""
        ...

    async def keep(self, asked: Asked, text: str, pages: Sequence[str]) -> str:
        """Keep a reviewed answer that cites these pages; return ``kept``, or why not."""
        ...

    async def drop(self, mark: str) -> None:
        """Forget an entry that does not hold any more."""
        ...

    async def once(self, asked: Asked, seconds: float, ask: Ask) -> Completion:
        """Ask the models, or take what somebody gets who asked them the same just now.

        Args:
            asked: The question.
            seconds: Time that the turn has for it.
            ask: Asks them.
        """
        ...

    async def over(self, asked: Asked) -> None:
        """Say that the turn which asked the models is over: its answer is kept now, or will not be."""
        ...


__all__ = ["CACHE", "AnswerCache", "AnswerStore", "Ask", "Asked", "Embeds", "Found", "Kept", "Match"]
