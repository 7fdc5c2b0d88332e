"""The review stage: the turn's answer passes the output guards, or the desk's fixed wording takes its place."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.desk.config import DeskConfig
from frontdesk.graph.deps import Deps, Reviewed
from frontdesk.graph.identity import caller_of
from frontdesk.graph.state import DeskState
from frontdesk.nodes.review.evidence import evidence
from frontdesk.nodes.texts import final_answer, say, text_of

logger = logging.getLogger(__name__)


def _fixed(text: str, config: DeskConfig) -> str:
    return text.replace("{business}", config.business)


def sendable(reviewed: Reviewed, config: DeskConfig) -> str:
    """Return what is sent: the reviewed text, or the fixed wording for a leak, a failed step or an empty rest."""
    if not reviewed.blocked and reviewed.text.strip():
        return reviewed.text
    leaked = reviewed.blocked and any(code.startswith("leak:") for code in reviewed.findings)
    return _fixed(config.texts.refuse if leaked else config.texts.unavailable, config)


@dataclass(frozen=True)
class ReviewNode:
    """Replaces the turn's answer by its reviewed form, under the same id, with ``citations`` beside it.

    The path note is ``blocked``, ``silent`` (there was no answer), the codes of what was changed, or ``clean``.
    """

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Review the last answer since the customer's last message."""
        desk = self.deps.desk.config
        answer = final_answer(state.get("messages", []))
        text = text_of(answer)
        if answer is None or not text.strip():
            silent = say(_fixed(desk.texts.unavailable, desk))
            said = _replaced(answer, silent.text, ()) if answer else silent
            return {"messages": [said], "note": "silent", **_withdrawn(state)}
        known = await self.deps.vault.load(caller_of(config, self.deps.principal))
        reviewed = await self.deps.reviewer.review(text, evidence(state, desk), known)
        if reviewed.blocked:
            logger.warning("reply blocked: %s", ",".join(reviewed.findings))
        note = "blocked" if reviewed.blocked else ",".join(reviewed.findings) or "clean"
        said = _replaced(answer, sendable(reviewed, desk), reviewed.citations)
        return {"messages": [said], "note": note, **(_withdrawn(state) if reviewed.blocked else {})}


def _withdrawn(state: DeskState) -> dict[str, Any]:
    """Take back the proposal whose question is not sent: a yes to the fixed wording must not run it."""
    return {"proposal": None, "status": "refused"} if state.get("proposal") else {}


def _replaced(answer: AIMessage, text: str, cited: tuple[str, ...]) -> AIMessage:
    kwargs = {**answer.additional_kwargs, "citations": list(cited)}
    return answer.model_copy(update={"content": text, "additional_kwargs": kwargs})


__all__ = ["ReviewNode", "sendable"]
