"""Rolls what leaves the window into the summary: at once without a model, else after the turn, for a later one.

A model is asked off the critical path (``deps.later``). What it wrote is kept as a prepared summary and taken up by the
next turn whose window still begins with the messages that it covers. Until then the window is longer; where it reaches
:data:`CAP` times its limits and the last attempt failed, extraction takes over. So each exchange is in the window, in a
checked summary of a model, or in lines taken from it word for word, whatever the model does.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from langchain_core.messages import AnyMessage, BaseMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.metering import RUNNING, Running
from frontdesk.graph.rolling import Prepared
from frontdesk.graph.state import Usage
from frontdesk.nodes.remember.counting import counter_of
from frontdesk.nodes.remember.current import changes_of, current
from frontdesk.nodes.remember.summary import SECONDS, extract, spoken, written
from frontdesk.nodes.remember.window import leaving
from frontdesk.nodes.usage import added, together

CAP = 2
"""Times the window's limits at which extraction takes over from a summary model that fails."""
LAST = 2
"""Times :data:`CAP` at which extraction takes over even while a model is asked."""
LONGEST_WAIT = 16
"""Turns between two attempts at most: after every failure twice as many, beginning with the very next turn."""
_GRACE = 2.0
"""Seconds beyond its own time after which an attempt that did not end counts as failed: its process died."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a turn does to window and summary."""

    summary: str
    gone: frozenset[str] = frozenset()
    """Ids of the messages that leave."""
    usage: Usage | None = None
    """What attempts cost that no turn has counted yet."""


@dataclass(frozen=True)
class Roll:
    """One turn's look at its window."""

    deps: Deps
    caller: Caller
    messages: Sequence[AnyMessage]
    """The window, oldest first."""
    summary: str
    details: Sequence[str]
    """The ledger after this turn."""
    turn: int
    """Index of the turn, from 0."""

    async def __call__(self) -> Rolled:
        """Return what leaves, and the summary with it in it. Where anything fails, nothing leaves.

        What the customer corrected since stands in no summary as if it held.
        """
        rolled = await self._rolled()
        return replace(rolled, summary=current(rolled.summary, changes_of(self.details)))

    async def _rolled(self) -> Rolled:
        gone = self._leaving(1)
        if not gone:
            return Rolled(self.summary)
        pairs = spoken(gone)
        if not pairs or self.deps.models.describe("summary") == "keyless":
            return self._extracted(gone, pairs)
        try:
            return await self._hosted(gone, pairs)
        except Exception as error:  # noqa: BLE001 - the store of prepared summaries; the turn was served all the same
            _log.error("prepared summaries are unavailable: %s", type(error).__name__)
            return self._extracted(gone, pairs) if self._leaving(CAP) else Rolled(self.summary)

    async def _hosted(self, gone: Sequence[Sequence[AnyMessage]], pairs: Sequence[tuple[str, str]]) -> Rolled:
        held, usage = await self._counted(await self.deps.prepared.read(self.caller), None)
        beyond = bool(self._leaving(CAP))
        given_up = beyond and held is not None and self._failed(held)
        if not given_up and self._due(held):
            held, usage = await self._counted(await self._ask(gone, pairs, held), usage)
        if held is not None and self._fits(held):
            await self.deps.prepared.drop(self.caller)
            return Rolled(held.text, frozenset(held.covered), usage)
        over = beyond and held is not None and self._failed(held)
        if over or self._leaving(CAP * LAST):
            return replace(self._extracted(gone, pairs), usage=usage)
        return Rolled(self.summary, usage=usage)

    async def _counted(self, held: Prepared | None, before: Usage | None) -> tuple[Prepared | None, Usage | None]:
        """Return an attempt, and what it cost added to ``before``: that is counted in one turn, and in no other."""
        if held is None or held.usage is None:
            return held, before
        counted = replace(held, usage=None)
        await self.deps.prepared.write(self.caller, counted)
        return counted, together(before, held.usage)

    def _extracted(self, gone: Sequence[Sequence[AnyMessage]], pairs: Sequence[tuple[str, str]]) -> Rolled:
        return Rolled(extract(self.summary, pairs, self.details), frozenset(_ids(gone)))

    def _leaving(self, times: int) -> list[list[AnyMessage]]:
        budgets = self.deps.desk.config.budgets
        return leaving(self.messages, budgets.window_messages * times, budgets.window_tokens * times, self._count)

    @cached_property
    def _count(self) -> Callable[[BaseMessage], int]:
        """Counts every message once, however often the window is measured."""
        count, sizes = counter_of(self.deps).message, dict[int, int]()

        def counted(message: BaseMessage) -> int:
            if id(message) not in sizes:
                sizes[id(message)] = count(message)
            return sizes[id(message)]

        return counted

    def _fits(self, held: Prepared) -> bool:
        covered = self.messages[: len(held.covered)]
        same = [message.id for message in covered] == list(held.covered)
        return bool(held.text) and same and held.digest == digest(self.summary, covered)

    def _failed(self, held: Prepared) -> bool:
        return held.until <= self.deps.clock()

    def _due(self, held: Prepared | None) -> bool:
        """Whether a model may be asked now: none is asked, none answered, and a failing one was left alone enough."""
        if held is None:
            return True
        if self._fits(held):
            return False
        waited = self.turn - held.turn
        return self._failed(held) and (waited < 0 or waited >= min(2 ** (held.tries - 1), LONGEST_WAIT))

    async def _ask(
        self, gone: Sequence[Sequence[AnyMessage]], pairs: Sequence[tuple[str, str]], before: Prepared | None
    ) -> Prepared | None:
        """Begin an attempt; return what is known of it by now."""
        attempt = Prepared(
            digest=digest(self.summary, [message for exchange in gone for message in exchange]),
            covered=tuple(_ids(gone)),
            turn=self.turn,
            tries=(before.tries if before and not before.text else 0) + 1,
            until=self.deps.clock() + SECONDS + _GRACE,
        )
        await self.deps.prepared.write(self.caller, attempt)
        await self.deps.later.run("summary", self._prepare(attempt, pairs, intent_of(RUNNING.get())))
        return await self.deps.prepared.read(self.caller)

    async def _prepare(self, attempt: Prepared, pairs: Sequence[tuple[str, str]], intent: str) -> None:
        """Have the model write, on the account of this turn, and keep what it wrote, unless a later attempt began."""
        config = RunnableConfig(
            configurable={
                "principal": self.caller.principal,
                "thread_id": self.caller.thread_id,
                "turn_id": self.caller.turn_id,
            }
        )
        running = RUNNING.set(Running(config, intent))
        try:
            made = await written(self.deps.models, self.deps.prompts, self.summary, pairs, self.details)
        finally:
            RUNNING.reset(running)
        if made.cause:
            _log.warning("summary failed, history stays: model=%s cause=%s", made.completion.model, made.cause)
        held = await self.deps.prepared.read(self.caller)
        if held is None or held.digest != attempt.digest or held.turn != attempt.turn:
            return  # a later turn went on without it, or the thread was erased
        cost = added(None, made.completion, answered=False)
        await self.deps.prepared.write(self.caller, replace(attempt, until=0.0, text=made.text, usage=cost))


def digest(summary: str, messages: Sequence[AnyMessage]) -> str:
    """Return what stands for a summary and the messages that are to come into it."""
    content = [summary, *([message.id, message.type, str(message.text)] for message in messages)]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def intent_of(running: Running | None) -> str:
    """Return what the turn serves that an attempt belongs to: it is paid under the same name."""
    return running.intent if running else ""


def _ids(gone: Sequence[Sequence[AnyMessage]]) -> list[str]:
    return [message.id for exchange in gone for message in exchange if message.id]


__all__ = ["CAP", "Roll", "Rolled", "digest"]
