"""Remember: what the next turn must know, in a state that does not grow."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AnyMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import Completion, Deps
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import DeskState
from frontdesk.nodes.cached.serving import settle
from frontdesk.nodes.guard.quarantine import sift
from frontdesk.nodes.marks import is_refused, refused
from frontdesk.nodes.quoted import own_words
from frontdesk.nodes.remember.details import Detail, mentioned, update
from frontdesk.nodes.remember.effects import of_proposals, of_tools
from frontdesk.nodes.remember.ending import endings_of, task_after
from frontdesk.nodes.remember.episode import episode_of
from frontdesk.nodes.remember.summary import SECONDS, extract, spoken, written
from frontdesk.nodes.remember.tokens import count_message
from frontdesk.nodes.remember.window import leaving
from frontdesk.nodes.scrub.masked import masked_index
from frontdesk.nodes.texts import brought, latest_human, since_human, text_of
from frontdesk.nodes.usage import added, together

_log = logging.getLogger(__name__)

OWN_DATA = "desk"
"""Connector of the tools on what the desk itself holds on a customer."""
CAP = 2
"""Times the window's limits at which extraction takes over from a summary model that keeps failing."""


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
        await settle(self.deps, state, caller)
        marked = self._marked(state)
        messages = [marked.get(message.id or "", message) for message in state["messages"]]
        details = self._details(state, messages)
        gone, summary, completion = await self._rolled(messages, state.get("summary", ""), self._seconds(state))
        if summary != state.get("summary", ""):
            # What a tool or a page said may have come into it by way of an answer of ours.
            summary = (await sift(self.deps.guard, summary, "document")).text
        update_: dict[str, Any] = {
            **usage,
            "messages": [*marked.values(), *(RemoveMessage(id=identifier) for identifier in gone)],
            "details": details,
            "summary": summary,
            "masked": masked_index([message for message in messages if message.id not in gone]),
        }
        if completion:
            update_["usage"] = added(usage.get("usage", state.get("usage")), completion, answered=False)
        update_ |= await self._ended(caller, state)
        kept = await self._archived(caller, state, details)
        return {**update_, "note": "archive_unavailable" if not kept else "rolled" if gone else "kept"}

    async def _ended(self, caller: Caller, state: DeskState) -> dict[str, Any]:
        """Count the requests that ended, and return what the task learnt."""
        update: dict[str, Any] = {}
        for counted, instead in endings_of(state, self.deps.desk):
            tenant = caller.principal.tenant
            await self.deps.outcomes.note(tenant, counted["intent"], counted["ending"], instead=instead)
            update["counted"] = counted
        task = task_after(state, self.deps.desk)
        return {**update, "task": task} if task else update

    def _marked(self, state: DeskState) -> dict[str, AnyMessage]:
        """Return this turn's messages with a mark when a guard refused them, by id; else nothing."""
        if state.get("status") != "refused" or state.get("verdict", {}).get("outcome") != "refuse":
            return {}
        return {message.id: refused(message) for message in brought(state) if message.id and not is_refused(message)}

    def _details(self, state: DeskState, messages: Sequence[AnyMessage]) -> list[str]:
        old, turn = state.get("details", []), state["turn"]["index"] + 1
        said = latest_human(messages)
        if said is not None and is_refused(said):
            return list(old)
        tools = self.deps.desk.tools.items()
        writes = {name for name, tool in tools if tool.effect == "write" and tool.connector.kind != OWN_DATA}
        pending = state.get("proposal")
        rejected = any(step["stage"] == "confirm" and step["note"] == "rejected" for step in state.get("path", []))
        new = [*self._asked(state, turn), *mentioned(own_words(text_of(said)), turn)]
        new += of_tools(since_human(messages), writes, pending, turn)
        new += of_proposals(old, pending, rejected, turn)
        return update(old, new, turn)

    def _asked(self, state: DeskState, turn: int) -> list[Detail]:
        """Return the topics of the turn; small talk, which no tool serves, is none unless a person takes it over.

        Nor is a request about one's own data: to remember that somebody asked not to be remembered would mock them.
        """
        decided = state.get("decision")
        if not decided or state.get("status") == "human":
            return []  # a relayed message has the decision of an earlier turn
        intents = self.deps.desk.intents
        before = [intents.get(part["intent"]) for part in state.get("parts") or ()]
        topics = [intent.title for intent in before if intent and self._tells(intent)]
        last = intents.get(decided["intent"])
        if last and (self._tells(last) or state.get("status") == "handoff"):
            topics.append(last.title)
        return [Detail("asked", title, turn) for title in dict.fromkeys(topics)]

    def _tells(self, intent: Intent) -> bool:
        tools = self.deps.desk.tools
        return any(name not in tools or tools[name].connector.kind != OWN_DATA for name in intent.tools)

    def _seconds(self, state: DeskState) -> float:
        """Return what a summary may take: the customer waits for it."""
        taken = sum(step["ms"] for step in state.get("path") or ()) / 1000
        return max(0.0, min(SECONDS, self.deps.desk.config.budgets.turn_seconds - taken))

    async def _rolled(
        self, messages: Sequence[AnyMessage], summary: str, seconds: float
    ) -> tuple[set[str], str, Completion | None]:
        """Return the ids that leave, the summary with them in it, and what it cost. On a failure nothing leaves."""
        budgets = self.deps.desk.config.budgets
        most, tokens = budgets.window_messages, budgets.window_tokens
        gone = leaving(messages, most, tokens, count_message)
        identifiers = {message.id for exchange in gone for message in exchange if message.id}
        if not gone:
            return set(), summary, None
        pairs = spoken(gone)
        if not pairs or self.deps.models.describe("summary") == "keyless":
            return identifiers, extract(summary, pairs), None
        text, completion = await written(self.deps.models, self.deps.prompts, summary, pairs, seconds)
        if text is None and not leaving(messages, most * CAP, tokens * CAP, count_message):
            _log.warning("summary failed, history stays in the window: model=%s", completion.model)
            return set(), summary, completion
        return identifiers, text or extract(summary, pairs), completion

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
