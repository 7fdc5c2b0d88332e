"""The scrub stage: the first to see a turn's messages, and the only one to see them unmasked."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from langchain_core.messages import AnyMessage, BaseMessage, HumanMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.errors import MessageError
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState, Proposal, Turn
from frontdesk.nodes.marks import SEEN, is_seen
from frontdesk.nodes.scrub.content import text_of
from frontdesk.nodes.scrub.masked import is_masked, masked_index
from frontdesk.nodes.scrub.offload import unblocked
from frontdesk.nodes.scrub.placeholders import escape_placeholders
from frontdesk.nodes.scrub.record import own_record
from frontdesk.nodes.scrub.rewriting import Continued, continued
from frontdesk.nodes.usage import no_usage

_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}")


@dataclass
class _Intake:
    """What one turn brought in."""

    known: dict[str, str]
    new: dict[str, str] = field(default_factory=dict)
    update: list[BaseMessage] = field(default_factory=list)
    index: dict[str, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)
    window: list[AnyMessage] = field(default_factory=list)
    joins: list[Continued] = field(default_factory=list)

    def join(self, found: Continued) -> None:
        """Note a message that goes on with a value of earlier ones, and what that changes in them."""
        self.joins.append(found)
        self.known |= found.values
        self.new |= found.values
        self.labels.update(found.labels)
        self.update += found.messages
        self.index |= masked_index(found.messages)
        changed = {message.id: message for message in found.messages}
        self.window = [changed.get(message.id, message) for message in self.window]

    def retold(self, state: DeskState) -> dict[str, Any]:
        """Return what is remembered without the parts of a value that was not known when it was written.

        That is summary, details, and what was understood: the request in hand with its slots, and those that wait.
        """
        update: dict[str, Any] = {}
        for found in self.joins if any(found.parts for found in self.joins) else ():
            update["summary"] = found.without_parts(update.get("summary", state.get("summary", "")))
            update["details"] = [found.without_parts(item) for item in update.get("details", state.get("details", []))]
            for name in ("task", "waiting"):
                if name in update or state.get(name):
                    update[name] = found.in_value(update.get(name, state.get(name)))
        return update


@dataclass(frozen=True)
class ScrubNode:
    """Masks the customer's message, drops whatever else a caller put into the history, and opens the turn."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Return masked messages, their index, and the turn's fresh counters.

        Raises:
            SealError: The thread's vault cannot be opened: without it a placeholder could change its meaning.
            ThreadBusyError: Another turn of this thread ran at the same time.
            ScrubError: The customer's record is not to be had, and the desk would rather serve nobody then.
            MessageError: There is no new message of the customer's; the old one must not be served again.
        """
        caller = caller_of(config, self.deps.principal)
        known = await self.deps.vault.load(caller)
        record = await own_record(self.deps, caller, state.get("turn"), known)
        intake = _Intake(
            known={**known, **record.values}, new=dict(record.values), codes=set(filter(None, [record.code]))
        )
        masked = state.get("masked") or {}
        messages = state.get("messages") or []
        for message in messages:
            if is_masked(message, masked):
                intake.index[message.id or ""] = masked[message.id or ""]
                intake.window.append(message)
            elif message is not messages[-1] and message.id not in masked and is_seen(message):
                self._leave(message, intake, "again")
            elif isinstance(message, HumanMessage):
                await unblocked(self.deps.scrubber, partial(self._take, message, intake))
            else:
                self._leave(message, intake, "forged")
        if not intake.taken:
            raise MessageError("there is no new message; the last one sent must be the customer's")
        await self.deps.vault.store(caller, intake.new)
        proposal = state.get("proposal")
        if proposal and not can_answer(caller.sent_at, proposal):
            intake.codes.add("overtaken")
            proposal = None
        last = state.get("turn")
        index = last["index"] + 1 if last else 0
        turn = Turn(
            id=caller.turn_id, index=index, placeholders=dict(sorted(intake.labels.items())), messages=intake.taken
        )
        if record.state:
            turn["record"] = record.state
        return {
            **intake.retold(state),
            "messages": intake.update,
            "masked": intake.index,
            "turn": turn,
            "proposal": proposal,
            "usage": no_usage(),
            "attempts": 0,
            "repair": [],
            "approved": "",
            "parts": [],
            "news": await self.deps.approved.news(caller),
            "note": ",".join([*sorted(intake.labels), *sorted(intake.codes)]) or "clean",
        }

    def _take(self, message: HumanMessage, intake: _Intake) -> None:
        """Mask one message of the customer's; name, metadata and parts that are not text do not come along."""
        given = text_of(message.content, self.deps.desk.config.budgets.message_chars)
        joined = continued(escape_placeholders(given.text), intake.window, intake.known, self.deps.scrubber)
        if joined.labels:
            intake.join(joined)
        scrubbed = self.deps.scrubber.scrub(joined.text, intake.known)
        intake.known |= scrubbed.values
        intake.new |= scrubbed.values
        intake.labels.update(finding.label for finding in scrubbed.findings)
        intake.codes |= {code for code, happened in (("dropped", given.dropped), ("cut", given.cut)) if happened}
        plain = bool(message.id) and _PLAIN_ID.fullmatch(message.id or "") is not None
        if message.id and not plain:
            # An id is stored and logged in clear, so one that could carry an address or a sentence is replaced.
            intake.update.append(RemoveMessage(id=message.id))
        identifier = str(message.id) if plain else uuid.uuid4().hex
        clean = HumanMessage(content=scrubbed.text, id=identifier, additional_kwargs={SEEN: True})
        intake.update.append(clean)
        intake.window.append(clean)
        intake.taken.append(identifier)
        intake.index |= masked_index([clean])

    def _leave(self, message: BaseMessage, intake: _Intake, code: str) -> None:
        """Take a message out: a caller may not write the desk's own part of the history, nor repeat what left it."""
        intake.codes.add(code)
        if message.id:
            intake.update.append(RemoveMessage(id=message.id))


def can_answer(sent_at: float, proposal: Proposal) -> bool:
    """Tell whether a message can be meant for a proposal: its question was out before the message was sent.

    A message that waited for the thread's lock, or that was accepted before a crash, may be older than the question.

    Args:
        sent_at: Unix time in seconds; 0 where the door does not say.
        proposal: What waits.
    """
    shown_at = proposal.get("shown_at")
    return shown_at is not None and (not sent_at or shown_at <= sent_at)
