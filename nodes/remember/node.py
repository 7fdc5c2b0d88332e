"""Remember: what the next turn must know, in a state that does not grow."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import RemoveMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import DeskState, Found
from frontdesk.nodes.cached.serving import settle
from frontdesk.nodes.guard.quarantine import sift
from frontdesk.nodes.marks import ACKNOWLEDGED, refused_now
from frontdesk.nodes.remember.ending import endings_of, task_after
from frontdesk.nodes.remember.episode import episode_of
from frontdesk.nodes.remember.learning.lesson import learn, lesson_of
from frontdesk.nodes.remember.noting import Noting
from frontdesk.nodes.remember.pages import pages_of
from frontdesk.nodes.remember.rolling import Roll
from frontdesk.nodes.scrub.masked import masked_index
from frontdesk.nodes.usage import together

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RememberNode:
    """Keeps ledger, window, summary and archive."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write details, summary, trimmed messages, their masked index and usage; add the thread's episode."""
        caller = caller_of(config, self.deps.principal)
        # calls of the guards' second tier are no stage's own
        aside = self.deps.meter.aside(caller)
        usage = {"usage": together(aside, state.get("usage"))} if aside else {}
        if not caller.stateful:
            return {"note": "stateless", **usage}
        if used := pages_of(state, self.deps.desk):
            tenant = caller.principal.tenant
            await self.deps.later.run("pages", self.deps.page_use.note(tenant, used))
        await settle(self.deps, state, caller)
        marked = refused_now(state)
        messages = [marked.get(message.id or "", message) for message in state["messages"]]
        details = await Noting(self.deps, state, messages)()
        before, index = state.get("summary", ""), state["turn"]["index"]
        rolled = await Roll(self.deps, caller, messages, before, details, index)()
        summary = rolled.summary
        if summary != before:
            # What a tool or a page said may have come into it by way of an answer of ours.
            summary = (await sift(self.deps.guard, summary, "document")).text
        update_: dict[str, Any] = {
            **usage,
            "messages": [*marked.values(), *(RemoveMessage(id=identifier) for identifier in rolled.gone)],
            "details": details,
            "summary": summary,
            "masked": masked_index([message for message in messages if message.id not in rolled.gone]),
            "found": _found(state),
        }
        if rolled.usage:
            update_["usage"] = together(usage.get("usage", state.get("usage")), rolled.usage)
        update_ |= await self._ended(caller, state)
        kept = await self._archived(caller, state, details)
        acknowledged = any(step["note"] == ACKNOWLEDGED for step in state.get("path") or ())
        if not acknowledged and (lesson := lesson_of(state, caller, self.deps.desk, self.deps.clock())):
            await self.deps.later.run("learn", learn(self.deps, lesson))
        return {**update_, "note": "archive_unavailable" if not kept else "rolled" if rolled.gone else "kept"}

    async def _ended(self, caller: Caller, state: DeskState) -> dict[str, Any]:
        """Count the requests that ended, and return what the task learnt."""
        update: dict[str, Any] = {}
        for counted, instead in endings_of(state, self.deps.desk):
            tenant = caller.principal.tenant
            await self.deps.outcomes.note(tenant, counted["intent"], counted["ending"], instead=instead)
            update["counted"] = counted
        task = task_after(state, self.deps.desk)
        return {**update, "task": task} if task else update

    async def _archived(self, caller: Caller, state: DeskState, details: Sequence[str]) -> bool:
        """Keep the thread's episode when the turn changed it; False when the archive failed."""
        if not caller.principal.signed_in or list(details) == state.get("details", []):
            return True
        episode = episode_of(details, state.get("status", ""), self.deps.clock())
        try:
            if episode:
                await self.deps.archive.add(caller.principal, caller.thread_id, episode)
        except Exception as error:  # noqa: BLE001 - the turn was served; a missing episode must not undo that
            _log.error("archive failed: turn=%s error=%s", caller.turn_id, type(error).__name__)
            return False
        return True


def _found(state: DeskState) -> list[Found]:
    """Return what ``recall`` had: that field itself is in no checkpoint."""
    recall = state.get("recall")
    return [Found(page=each["page"], score=each["score"]) for each in recall["passages"]] if recall else []
