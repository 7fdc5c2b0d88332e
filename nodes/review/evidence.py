"""What a reply of this turn may rest on besides the retrieved pages."""

from __future__ import annotations

from collections.abc import Iterator

from langchain_core.messages import HumanMessage, ToolMessage

from frontdesk.desk.config import DeskConfig
from frontdesk.graph.state import DeskState, Passage
from frontdesk.nodes.texts import text_of


def _texts(state: DeskState, config: DeskConfig) -> Iterator[str]:
    for message in state.get("messages", []):
        if isinstance(message, HumanMessage | ToolMessage):
            yield text_of(message)
    yield state.get("summary", "")
    yield from state.get("details", [])
    recall = state.get("recall")
    if recall:
        yield from recall["episodes"]
    ticket, proposal = state.get("ticket"), state.get("proposal")
    if ticket:
        yield ticket["id"]
    if proposal:
        yield proposal["question"]
    yield config.business
    yield config.handoff.hours
    yield from config.texts.model_dump().values()


def evidence(state: DeskState, config: DeskConfig) -> list[Passage]:
    """Return the turn's passages, followed by evidence that cannot be cited (with an empty page id).

    That is: the customer's words and the tool results in the window, the memory, the ticket, the pending question,
    and the desk's fixed wordings. All of it is masked or the desk's own.
    """
    recall = state.get("recall")
    found = list(recall["passages"]) if recall else []
    return [
        *found,
        *(Passage(page="", title="", url="", text=text, score=0.0) for text in _texts(state, config) if text),
    ]


__all__ = ["evidence"]
