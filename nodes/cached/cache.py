"""The answer cache: looks, keeps, and lets one ask for many. A fault of its store costs a call of a model, no more."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar, cast

from langchain_core.messages import AIMessage

from frontdesk.desk.routing import Cache
from frontdesk.graph.answers import CACHE, AnswerStore, Ask, Asked, Embeds, Found, Kept
from frontdesk.graph.deps import Completion
from frontdesk.nodes.cached.flights import Flights
from frontdesk.nodes.cached.plain import normal
from frontdesk.nodes.cached.shape import Shape, difference, shape_of
from frontdesk.nodes.cached.vocabulary import foreign

_log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds that a look may take: the customer waits for it."""
NEAREST = 8
"""Nearest questions that are compared."""
POLL = 0.05
"""Seconds between two looks for an answer that another process is asking for."""
PATIENCE = 0.5
"""Share of a turn's time that is spent on waiting for somebody else's answer; the rest is for asking oneself."""
_Result = TypeVar("_Result")


class DeskAnswers:
    """Implements ``frontdesk.graph.answers.AnswerCache``."""

    def __init__(
        self,
        store: AnswerStore,
        rules: Cache,
        known: frozenset[str],
        embedder: Embeds | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take what it works with.

        Args:
            store: Keeps the answers.
            rules: What the desk says.
            known: The desk's own words (``vocabulary``).
            embedder: Makes vectors of questions; None: the same words only.
            clock: Unix time in seconds.
        """
        self._store, self._rules, self._known, self._clock = store, rules, known, clock
        self._embedder = embedder if rules.match == "semantic" else None
        self._flights = Flights()

    async def look(self, asked: Asked) -> Found:
        """See ``AnswerCache``."""
        found = await self._safely(self._looked(asked), Found("unavailable"))
        await self._safely(self._store.count(found.code), None)
        return found

    async def keep(self, asked: Asked, text: str, pages: Sequence[str]) -> str:
        """See ``AnswerCache``. Codes: ``kept``, ``page`` (cites none, or one that is not to be seen), ``words`` (the
        answer repeats words of the customer's that the desk does not use), ``unavailable``."""
        if not pages or any(page not in asked.pages for page in pages):
            return "page"
        theirs = foreign(asked.text, self._known)
        if theirs & set(_words(text)):
            return "words"
        shape, vector = "", None
        if self._comparable(asked):
            shape, vector = shape_of(asked.text).dumps(), await self._safely(self._vector(asked), None)
        kept = Kept(text, {page: asked.pages[page] for page in pages}, self._clock(), shape, asked.place)
        return await self._safely(self._put(asked, kept, vector), "unavailable")

    async def drop(self, mark: str) -> None:
        """See ``AnswerCache``."""
        await self._safely(self._store.drop(mark), None)

    async def once(self, asked: Asked, seconds: float, ask: Ask) -> Completion:
        """See ``AnswerCache``."""
        clock = asyncio.get_running_loop().time
        began = clock()

        async def work() -> Completion:
            completion: Completion | None = None
            try:
                given = await self._elsewhere(asked, began + seconds * PATIENCE, seconds)
                if given is not None:
                    return given
                completion = await ask(seconds=max(0.0, began + seconds - clock()))
                return completion
            finally:
                if completion is None:  # nobody is to wait for this turn: it was stopped, or has its answer already
                    await self._safely(self._store.release(self._mark(asked)), None)

        mark = self._mark(asked)
        completion, shared = await self._flights.share(mark, seconds * PATIENCE, work)
        if not shared and completion.model == CACHE:
            self._flights.over(mark)  # it is in the store: nothing of this turn is waited for
        return _given(str(completion.message.text)) if shared else completion

    async def over(self, asked: Asked) -> None:
        """See ``AnswerCache``."""
        mark = self._mark(asked)
        self._flights.over(mark)
        await self._safely(self._store.release(mark), None)

    async def _looked(self, asked: Asked) -> Found:
        mark = self._mark(asked)
        kept = await self._store.get(mark)
        if kept is not None:
            return await self._used(Found("hit", kept, "exact", mark), asked)
        if not self._comparable(asked):
            return Found("none")
        vector = await self._vector(asked)
        near = await self._store.near(asked.place, vector, self._rules.distance, NEAREST) if vector is not None else []
        shape, code = shape_of(asked.text), "none"
        for other, entry in near:
            differs = difference(shape, Shape.loads(entry.shape)) if entry.shape else "subject"
            if not differs:
                return await self._used(Found("hit", entry, "near", other), asked)
            code = differs if code == "none" else code
        return Found(code)

    async def _used(self, found: Found, asked: Asked) -> Found:
        """Return an entry that still holds; one whose pages have changed is forgotten."""
        kept = found.kept
        assert kept is not None
        if kept.place != asked.place or not kept.pages or not kept.pages.items() <= asked.pages.items():
            await self._store.drop(found.mark)
            return Found("stale")
        if kept.at + self._rules.ttl <= self._clock():
            return Found("none")
        await self._store.touch(found.mark)
        return found

    async def _elsewhere(self, asked: Asked, until: float, seconds: float) -> Completion | None:
        """Return what another process, or a turn just before, got; None: this one asks the models."""
        mark, clock = self._mark(asked), asyncio.get_running_loop().time
        while True:
            mine = await self._safely(self._store.claim(mark, seconds), None)
            if mine is None:
                return None  # without the store everybody asks for himself
            kept = await self._safely(self._store.get(mark), None)
            if kept is not None and (await self._safely(self._used(Found("hit", kept, mark=mark), asked), _NONE)).kept:
                return _given(kept.text)
            if mine or clock() >= until:
                return None
            await asyncio.sleep(POLL)

    async def _put(self, asked: Asked, kept: Kept, vector: Sequence[float] | None) -> str:
        await self._store.put(self._mark(asked), kept, vector)
        return "kept"

    async def _vector(self, asked: Asked) -> Sequence[float] | None:
        return cast("Sequence[float]", await self._embedder.embed(asked.text)) if self._embedder else None

    def _comparable(self, asked: Asked) -> bool:
        """Whether other wordings of the question may be looked for: it is in the desk's own words, and in English."""
        return self._embedder is not None and asked.english and not foreign(asked.text, self._known)

    def _mark(self, asked: Asked) -> str:
        return self._store.mark(asked.place, asked.text)

    async def _safely(self, work: Awaitable[_Result], otherwise: _Result) -> _Result:
        try:
            async with asyncio.timeout(LOOK):
                return await work
        except Exception as error:  # noqa: BLE001 - whatever breaks in a store or an embedder: the models are asked
            _log.warning("answer cache failed: error=%s", type(error).__name__)
            return otherwise


_NONE = Found("none")


def _given(text: str) -> Completion:
    """Return an answer that was given before, or just now to somebody else, as a completion that cost nothing."""
    return Completion(AIMessage(content=text), CACHE)


def _words(text: str) -> list[str]:
    return normal(text.replace("\n", " . ")).split()


__all__ = ["LOOK", "NEAREST", "PATIENCE", "POLL", "DeskAnswers"]
