"""What is kept of a plan while it is carried out: whoever goes on after a crash comes to the same end.

It stands in the ledger beside the plan's calls, sealed and erased like them. The ledger's atomic change makes turning
round (from doing to undoing) a decision that is made once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Proposal
from frontdesk.tools.ledger import CallId, Entry, Ledger, MemoryLedger
from frontdesk.tools.reasons import failed

LEASE = 30.0
"""Seconds that opening a book may take."""
_TRIES = 5
"""Of a change that somebody else's change came before."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The call that undoes one step."""

    tool: str
    turn: str
    """Stands for the turn in its key: derived from the step's own, so that a step is undone once."""
    values: dict[str, Any] = field(repr=False)
    """Arguments with real values."""
    masked: dict[str, Any] = field(repr=False)
    """The same with placeholders, as far as the plan had them."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Where a plan turned round: a step did not happen, and what ran before it is to be undone."""

    at: int
    """The step that did not happen, from 0."""
    outcome: Literal["refused", "failed"]
    reason: str
    text: str = field(repr=False)
    """What the customer is told of it."""
    done: list[str] = field(repr=False)
    """Results (JSON) of the steps before it."""
    undo: list[Undo] | None = field(repr=False)
    """What undoes each of them, in the steps' order; None: one of them cannot be undone, so none is."""


@dataclass(frozen=True, slots=True)
class Page:
    """How far a plan has come."""

    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)
    """Step number to the fields of the record before it ran that its compensation asks for."""
    turned: Turned | None = None


class PlanBook:
    """The pages of plans, in a ledger."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float]) -> None:
        """Take the ledger, and Unix time in seconds."""
        self._shared = ledger
        self._local = MemoryLedger()
        self._clock = clock

    async def find(self, plan: Proposal, caller: Caller) -> Page | None:
        """Return how far a plan has come; None: it was never begun. ToolError: the ledger did not answer."""
        entry = await self._ledger(caller).find(_id(plan, caller))
        return None if entry is None else _page(entry)

    async def begin(self, plan: Proposal, caller: Caller) -> Page:
        """Open a plan's page, or return the one that is there. ToolError: the ledger did not answer."""
        call, ledger = _id(plan, caller), self._ledger(caller)
        entry, ours = await ledger.reserve(call, self._clock() + LEASE)
        if ours:
            await ledger.swap(call, entry, Entry("settled", content=_text(Page())))
            return Page()
        return _page(entry)

    async def record(self, plan: Proposal, caller: Caller, at: int, fields: Mapping[str, Any]) -> Page:
        """Keep what a step's record said just before it runs."""

        def change(page: Page) -> Page:
            return replace(page, records={**page.records, str(at): dict(fields)})

        return await self._change(plan, caller, change)

    async def turn(self, plan: Proposal, caller: Caller, turned: Turned) -> Page:
        """Turn a plan round, unless it has turned already; return what is so from now on."""
        return await self._change(plan, caller, lambda page: page if page.turned else replace(page, turned=turned))

    async def _change(self, plan: Proposal, caller: Caller, change: Callable[[Page], Page]) -> Page:
        call, ledger = _id(plan, caller), self._ledger(caller)
        for _ in range(_TRIES):
            entry = await ledger.find(call)
            if entry is None:
                break  # erased, or gone with its time: nothing more is begun
            page = change(_page(entry))
            if await ledger.swap(call, entry, Entry("settled", content=_text(page))) is not None:
                return page
        raise failed("plan", "ledger_unavailable")

    def _ledger(self, caller: Caller) -> Ledger:
        """Return where a caller's plans are kept: nothing of a stateless one may go into a store."""
        return self._shared if caller.stateful else self._local


def _id(plan: Proposal, caller: Caller) -> CallId:
    return CallId(caller, plan["turn_id"], "plan", plan["id"])


def _page(entry: Entry) -> Page:
    """Read a page; a reservation that was never filled in is an empty one."""
    kept = json.loads(entry.content) if entry.content else {}
    turned = kept.get("turned")
    if turned:
        undo = turned["undo"]
        turned = Turned(**{**turned, "undo": None if undo is None else [Undo(**item) for item in undo]})
    return Page(records=kept.get("records") or {}, turned=turned)


def _text(page: Page) -> str:
    return json.dumps(asdict(page), ensure_ascii=False)


__all__ = ["Page", "PlanBook", "Turned", "Undo"]
