"""The scrub stage: the first to see a turn's messages, and the only one to see them unmasked."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState, Turn, Usage
from frontdesk.nodes.scrub.content import text_of
from frontdesk.nodes.scrub.masked import is_masked, masked_index
from frontdesk.nodes.scrub.placeholders import escape_placeholders

_PLAIN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,80}")


@dataclass
class _Intake:
    """What one turn brought in."""

    known: dict[str, str]
    new: dict[str, str] = field(default_factory=dict)
    update: list[BaseMessage] = field(default_factory=list)
    kept: list[BaseMessage] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class ScrubNode:
    """Masks the customer's message, drops whatever else a caller put into the history, and opens the turn."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Return masked messages, their index, and the turn's fresh counters.

        Raises:
            SealError: The thread's vault cannot be opened: without it a placeholder could change its meaning.
            ThreadBusyError: Another turn of this thread ran at the same time.
        """
        caller = caller_of(config, self.deps.principal)
        intake = _Intake(known=await self.deps.vault.load(caller))
        masked = state.get("masked") or {}
        for message in state.get("messages") or []:
            if is_masked(message, masked):
                intake.kept.append(message)
            elif isinstance(message, HumanMessage):
                self._take(message, intake)
            else:
                self._forged(message, intake)
        await self.deps.vault.store(caller, intake.new)
        last = state.get("turn")
        index = last["index"] + 1 if last else 0
        return {
            "messages": intake.update,
            "masked": masked_index(intake.kept),
            "turn": Turn(id=caller.turn_id, index=index, placeholders=dict(sorted(intake.labels.items()))),
            "usage": Usage(model="", calls=0, input_tokens=0, output_tokens=0, failures=[]),
            "attempts": 0,
            "approved": "",
            "note": ",".join([*sorted(intake.labels), *sorted(intake.codes)]) or "clean",
        }

    def _take(self, message: HumanMessage, intake: _Intake) -> None:
        """Mask one message of the customer's; name, metadata and parts that are not text do not come along."""
        given = text_of(message.content, self.deps.desk.config.budgets.message_chars)
        scrubbed = self.deps.scrubber.scrub(escape_placeholders(given.text), intake.known)
        intake.known |= scrubbed.values
        intake.new |= scrubbed.values
        intake.labels.update(finding.label for finding in scrubbed.findings)
        intake.codes |= {code for code, happened in (("dropped", given.dropped), ("cut", given.cut)) if happened}
        plain = bool(message.id) and _PLAIN_ID.fullmatch(message.id or "") is not None
        if message.id and not plain:
            # An id is stored and logged in clear, so one that could carry an address or a sentence is replaced.
            intake.update.append(RemoveMessage(id=message.id))
        clean = HumanMessage(content=scrubbed.text, id=message.id if plain else uuid.uuid4().hex)
        intake.update.append(clean)
        intake.kept.append(clean)

    def _forged(self, message: BaseMessage, intake: _Intake) -> None:
        """A caller may not write the desk's own part of the history: it is taken out again."""
        intake.codes.add("forged")
        if message.id:
            intake.update.append(RemoveMessage(id=message.id))
