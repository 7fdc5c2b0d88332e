"""Recall: what this turn may draw on, from the desk's pages and from what this customer came for before."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import DeskState, Passage, Recall, Task
from frontdesk.nodes.guard.quarantine import MARK, Sifted, sift, withheld
from frontdesk.nodes.recall.continuing import holds
from frontdesk.nodes.recall.pages import nearest, searched
from frontdesk.nodes.route.language import language_after
from frontdesk.nodes.texts import text_of
from frontdesk.nodes.wording import language_of

_log = logging.getLogger(__name__)

SHORT = 5
"""A message of up to so many words may lean on what was said before."""
_ELLIPTIC = re.compile(r"^\W*(and|or|also|but|what about|how about|what if|then)\b", re.IGNORECASE)
"""How a message begins that only makes sense after the one before it."""


def queries_of(messages: Sequence[AnyMessage], desk: DeskView, task: Task | None) -> list[str]:
    """Return what to search for, in order: the message alone and, where it is short, with what it continues.

    Args:
        messages: The conversation; its last human message is this turn's.
        desk: The intents, for the active task's title.
        task: What the customer is in the middle of.
    """
    said = [text_of(message) for message in messages if isinstance(message, HumanMessage)]
    if not said:
        return []
    queries = [said[-1]]
    if len(said[-1].split()) <= SHORT:
        if task and task["intent"] in desk.intents:
            queries.append(f"{said[-1]} {desk.intents[task['intent']].title}")
        elif len(said) > 1 and _ELLIPTIC.match(said[-1]):
            queries.append(f"{said[-1]} {said[-2]}")
    return queries


@dataclass(frozen=True)
class RecallNode:
    """Asks knowledge and archive; either may fail without the other, and without the turn."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write ``recall``. A part that cannot be had is empty, and the note says ``partial``."""
        caller = caller_of(config, self.deps.principal)
        passages, near = await self._passages(state, caller)
        episodes, memories = await self._episodes(caller), await self._memories(state, caller)
        note = "covered" if passages else "uncovered"
        if passages is None or episodes is None or memories is None:
            note = "partial"
        shown, found = await self._sifted(episodes or [], caller)
        # what is among the newest episodes need not be said twice
        others = [memory for memory in memories or () if memory["text"] not in (episodes or ())]
        texts, more = await self._sifted([memory["text"] for memory in others], caller)
        found += more
        clean = [Memory(**{**memory, "text": text}) for memory, text in zip(others, texts, strict=True) if text != MARK]
        recall = Recall(passages=passages or [], episodes=shown, memories=clean)
        if near is not None:
            recall["nearest"] = near
        update: dict[str, Any] = {"recall": recall, "note": note}
        return {**update, "withheld": withheld(state, "document", found)} if found else update

    async def _sifted(self, episodes: Sequence[str], caller: Caller) -> tuple[list[str], list[Sifted]]:
        """Return remembered texts without what looks like an instruction, and what was found."""
        sifted = [await sift(self.deps.guard, episode, "document") for episode in episodes]
        found = [part for part in sifted if part.hit]
        for part in found:
            await self.deps.journal.judged(caller, self.deps.clock(), "document", part.verdict)
        return [part.text for part in sifted], found

    async def _passages(self, state: DeskState, caller: Caller) -> tuple[list[Passage] | None, Passage | None]:
        """Return passages, or None when the search failed; and where there are none, the page that came nearest."""
        task, near = state.get("task"), None
        try:
            queries = queries_of(state["messages"], self.deps.desk, task)
            for number, query in enumerate(queries):
                prefer = await self._preferred(query, task)
                language = self._language(query, state)
                found = await searched(self.deps, query, caller, prefer, language)
                if number and not task:  # what is new in it must stand there, too: "and is there a café?"
                    found = found if any(holds(queries[0], passage) for passage in found) else []
                if found:
                    return found, None
                near = near or await nearest(self.deps, query, caller, prefer, language)
        except Exception as error:  # noqa: BLE001 - without pages the desk can still serve, and cites nothing
            _log.error("search failed: error=%s", type(error).__name__)
            return None, None
        return [], near

    def _language(self, query: str, state: DeskState) -> str:
        """Return the customer's language; the route stage, which writes it down, runs beside this one."""
        return language_after(query, language_of(state))

    async def _preferred(self, query: str, task: Task | None) -> list[str]:
        """Return the pages of the message's likely intent and of the active task.

        The route stage runs beside this one, so its result cannot be read; asking the router again is a fraction of a
        millisecond (the two share one embedding of the message), and on held-out questions to the retail desk the right
        page comes first in .77 of cases, not .42.
        """
        route = await self.deps.router.route(query)
        likely = [route["intent"]] if route["confidence"] >= self.deps.desk.config.routing.clarify else []
        intents = [self.deps.desk.intents.get(name) for name in (*likely, task["intent"] if task else "")]
        return list(dict.fromkeys(page for intent in intents if intent for page in intent.pages))

    async def _episodes(self, caller: Caller) -> list[str] | None:
        """Return episodes, or None when the archive failed; the stateless mode reads no store."""
        if not caller.stateful:
            return []
        try:
            return await self.deps.archive.recent(caller.principal)
        except Exception as error:  # noqa: BLE001 - memory is a comfort: the turn goes on without it
            _log.error("archive failed: turn=%s error=%s", caller.turn_id, type(error).__name__)
            return None

    async def _memories(self, state: DeskState, caller: Caller) -> list[Memory] | None:
        """Return what is remembered of this customer and matters now, or None when the archive failed."""
        limit = self.deps.desk.config.memory.recalled
        queries = queries_of(state["messages"], self.deps.desk, state.get("task"))
        if not caller.stateful or not limit or not queries:
            return []
        # of the message alone the router has a vector already; without vectors more words find more
        query = queries[-1] if self.deps.embedder is None else queries[0]
        try:
            return await self.deps.archive.search(caller.principal, query, thread_id=caller.thread_id, limit=limit)
        except Exception as error:  # noqa: BLE001 - memory is a comfort: the turn goes on without it
            _log.error("memory failed: turn=%s error=%s", caller.turn_id, type(error).__name__)
            return None
