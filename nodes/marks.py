"""Marks on messages that outlive their turn."""

from __future__ import annotations

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.graph.state import DeskState
from frontdesk.nodes.texts import brought

_KEY = "frontdesk_refused"
SEEN = "frontdesk_seen"
"""Set by scrub on the customer's messages. A graph around ours keeps what left our window and hands it in again with
every turn; without the mark that would be new to us."""


ACKNOWLEDGED = "acknowledged"
"""Note of clarify in a turn in which what the customer told was learnt already, and they were thanked for it."""
_COLLEAGUE = "frontdesk_colleague"
_STEP = "frontdesk_step"


def stepped(message: ToolMessage, state: str) -> ToolMessage:
    """Return a tool's answer marked as a step of a plan, with what became of it (``nodes.act.several.StepState``)."""
    return message.model_copy(update={"additional_kwargs": {**message.additional_kwargs, _STEP: state}})


def step_of(message: ToolMessage) -> str:
    """Return what became of a step of a plan; empty for a call that stood alone."""
    return str(message.additional_kwargs.get(_STEP) or "")


def from_colleague(message: AIMessage, shown: str) -> AIMessage:
    """Return a message that holds a person's words, with what models are shown of it: the text after quarantine."""
    return message.model_copy(update={"additional_kwargs": {**message.additional_kwargs, _COLLEAGUE: shown}})


def colleagues_words(message: AIMessage) -> str:
    """Return what models are shown of a message that holds a person's words; empty for one of our own."""
    return str(message.additional_kwargs.get(_COLLEAGUE) or "")


def refused(message: HumanMessage) -> HumanMessage:
    """Return the message marked as refused by a guard: it never enters summary, details or archive."""
    return message.model_copy(update={"additional_kwargs": {**message.additional_kwargs, _KEY: True}})


def refused_now(state: DeskState) -> dict[str, AnyMessage]:
    """Return the messages that this turn brought in with the mark, by id, where a guard refused them; else nothing."""
    if state.get("status") != "refused" or state.get("verdict", {}).get("outcome") != "refuse":
        return {}
    return {message.id: refused(message) for message in brought(state) if message.id and not is_refused(message)}


def is_refused(message: AnyMessage) -> bool:
    """Whether a guard refused this message."""
    return bool(message.additional_kwargs.get(_KEY))


def is_seen(message: AnyMessage) -> bool:
    """Whether an earlier turn took this message in. A caller may forge the mark, and only loses the message by it."""
    return bool(message.additional_kwargs.get(SEEN))
