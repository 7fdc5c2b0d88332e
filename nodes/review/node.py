"""The review stage: the turn's answer passes the output guards, or something else takes its place.

That is: another draft of the model's, once per turn; the keyless model's; a person; or the desk's fixed wording.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, RemoveMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.texts import Texts
from frontdesk.graph.deps import Deps, Reviewed
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import Decision, DeskState
from frontdesk.graph.verdicts import Fate
from frontdesk.nodes.requests import checked_first, joined
from frontdesk.nodes.review.evidence import evidence
from frontdesk.nodes.review.repair import fate
from frontdesk.nodes.review.topics import HANDOFF
from frontdesk.nodes.review.turn import TurnFacts, turn_facts
from frontdesk.nodes.texts import final_answer, say, text_of
from frontdesk.nodes.wording import opening, texts_for

logger = logging.getLogger(__name__)


def _fixed(text: str, config: DeskConfig) -> str:
    return text.replace("{business}", config.business)


def sendable(reviewed: Reviewed, config: DeskConfig, turn: TurnFacts | None = None, texts: Texts | None = None) -> str:
    """Return what is sent: the reviewed text, or the desk's fixed wording for what was found.

    That is ``done`` where a change was made in this turn, ``refuse`` for a leak, ``unavailable`` for a step that could
    not run and for an empty rest, ``unsure`` for anything else. Where other words than a model's tell of a turn that
    made a change (a topic's, a ticket's notice), ``done`` stands before them.
    """
    texts = texts or config.texts
    changed = _fixed(texts.done, config) if turn and turn.done else ""
    if not reviewed.blocked and reviewed.text.strip():
        own = reviewed.settled or (turn is not None and turn.stage == HANDOFF)
        return f"{changed}\n\n{reviewed.text}" if changed and own else reviewed.text
    if changed:
        return changed
    if any(code.startswith("leak:") for code in reviewed.findings):
        return _fixed(texts.refuse, config)
    broken = not reviewed.blocked or any(code.startswith("unavailable:") for code in reviewed.findings)
    return _fixed(texts.unavailable if broken else texts.unsure, config)


@dataclass(frozen=True)
class ReviewNode:
    """Replaces the turn's answer by its reviewed form, under the same id, with ``citations`` beside it.

    The path note is ``silent`` (there was no answer), ``clean``, or the codes of what was found, after ``repair:``
    (the model writes once more), ``keyless:`` (the keyless one does), ``handoff:`` (a person takes over) or
    ``blocked:`` (fixed wording).
    """

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Review the last answer since the customer's last message."""
        desk = self.deps.desk.config
        answer = final_answer(state.get("messages", []))
        texts = texts_for(desk, state)
        text = text_of(answer)
        turn = turn_facts(state, self.deps.desk.tools)
        if answer is None or not text.strip():
            silent = say(_fixed(texts.done if turn.done else texts.unavailable, desk))
            said = _replaced(answer, silent.text, ()) if answer else silent
            return {"messages": [said], "note": "silent", **_withdrawn(state)}
        caller = caller_of(config, self.deps.principal)
        goes_on = checked_first(state, desk.budgets.model_calls)
        text = opening(desk, state) + joined(state, text, texts, stateful=caller.stateful and not goes_on)
        known = await self.deps.vault.load(caller)
        passages = evidence(state, self.deps.desk, self.deps.clock())
        reviewed = await self.deps.reviewer.review(text, passages, known, turn=turn)
        done = fate(state, reviewed, turn, desk.budgets, stateful=caller.stateful)
        await self.deps.journal.replied(caller, self.deps.clock(), done, reviewed.findings)
        return self._served(state, answer, reviewed, turn, done)

    def _served(
        self, state: DeskState, answer: AIMessage, reviewed: Reviewed, turn: TurnFacts, done: Fate
    ) -> dict[str, Any]:
        desk = self.deps.desk.config
        codes = ",".join(reviewed.findings)
        if reviewed.blocked:
            logger.warning("reply blocked: %s", codes)
        if done == "repaired":
            return {"messages": _dropped(answer), "repair": list(reviewed.repair), "note": f"repair:{codes}"}
        if done == "replaced":
            # from here on the turn is the keyless model's, which needs no reasons
            served = Decision(**{**state["decision"], "tier": "deterministic"})
            return {"messages": _dropped(answer), "decision": served, "repair": [], "note": f"keyless:{codes}"}
        if done == "handed_over":
            return {"messages": _dropped(answer), "note": f"handoff:{codes}", **_withdrawn(state)}
        note = f"blocked:{codes}" if reviewed.blocked else codes or "clean"
        said = _replaced(answer, sendable(reviewed, desk, turn, texts_for(desk, state)), reviewed.citations)
        # a question that is not asked cannot be answered with yes
        return {"messages": [said], "note": note, **({} if done == "sent" else _withdrawn(state))}


def _withdrawn(state: DeskState) -> dict[str, Any]:
    """Take back the proposal whose question is not sent: a yes to the fixed wording must not run it."""
    return {"proposal": None, "status": "refused"} if state.get("proposal") else {}


def _dropped(answer: AIMessage) -> Sequence[AnyMessage | RemoveMessage]:
    """Take a draft out of the conversation: nobody said it, so no later turn and no ticket may build on it."""
    return [RemoveMessage(id=answer.id)] if answer.id else []


def _replaced(answer: AIMessage, text: str, cited: tuple[str, ...]) -> AIMessage:
    kwargs = {**answer.additional_kwargs, "citations": list(cited)}
    return answer.model_copy(update={"content": text, "additional_kwargs": kwargs})


__all__ = ["ReviewNode", "sendable"]
