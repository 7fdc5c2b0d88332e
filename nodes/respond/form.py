"""The form of the request in hand around a model call: what the model is shown of it, and what its words leave open."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import AIMessage

from frontdesk.graph.deps import DeskView
from frontdesk.graph.state import DeskState, Task
from frontdesk.models.keyless.choice import is_about
from frontdesk.nodes.forms.schema import contracts_of
from frontdesk.nodes.forms.task import INTRODUCED, open_question, shown, spoken
from frontdesk.nodes.requests import as_asked
from frontdesk.nodes.respond.delimiting import element
from frontdesk.nodes.texts import latest_human, text_of

_GAP = "\n\n"


def form_of_request(desk: DeskView, state: DeskState) -> str:
    """Return the element that shows a model what the customer has given so far; empty where nothing is collected.

    Args:
        desk: Intents and contracts.
        state: This turn's.
    """
    task = _in_hand(state)
    contracts = contracts_of(task["intent"], desk) if task else []
    if task is None or "slots" not in task or not contracts:
        return ""
    return f"{INTRODUCED}\n{element('form', shown(task, contracts))}"


def after_words(desk: DeskView, state: DeskState, message: AIMessage) -> dict[str, Any]:
    """Return the update for a message of ours that ends the turn in words: the task, and the question it still has.

    Args:
        desk: Intents and contracts.
        state: Before the message.
        message: What a model answered; with a tool call nothing is settled yet.
    """
    task = state.get("task")
    contracts = contracts_of(task["intent"], desk) if task else []
    if task is None or not contracts or message.tool_calls:
        return {}
    if _in_hand(state) is not None:
        return {"task": spoken(task, contracts, as_asked(state), text_of(message))}
    question = open_question(task, contracts)
    text = text_of(message)
    if not question or question in text or not _asks(text_of(latest_human(as_asked(state)))):
        return {}
    return {"messages": [message.model_copy(update={"content": f"{text}{_GAP}{question}"})]}


def _in_hand(state: DeskState) -> Task | None:
    """Return the task that this turn serves; None where its message only asks something in between."""
    task = state.get("task")
    return task if task and task["intent"] == state["decision"]["intent"] else None


def _asks(text: str) -> bool:
    return "?" in text or is_about(text)


__all__ = ["after_words", "form_of_request"]
