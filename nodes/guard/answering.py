"""Bare answers to a question of ours, judged by what they say instead of by their wording.

"y", "nein." and "drop everything" are worded like no other message of a customer, so the scorer takes some of them for
attacks; a desk that has just asked whether to cancel an order must understand them. Whole messages only, made of the
words of a closed list and plain signs: nothing else can ride on them. To every check, and to what reads several
messages as one, such an answer is a "yes" or a "no".
"""

from __future__ import annotations

from langchain_core.messages import AIMessage

from frontdesk.graph.deps import Past
from frontdesk.graph.state import DeskState
from frontdesk.nodes.decide.answers import plainest
from frontdesk.nodes.texts import text_of


def is_awaited(state: DeskState) -> bool:
    """Tell whether something of ours waits for an answer: a change for its yes, a request, or a question."""
    if state.get("proposal") or state.get("task") or state.get("waiting"):
        return True
    said = [message for message in state["messages"] if isinstance(message, AIMessage)]
    return bool(said) and "?" in text_of(said[-1])


def plainly(text: str, past: Past | None) -> str:
    """Return what the guards judge: the message, or ``yes`` or ``no`` where it says no more and is waited for.

    Args:
        text: The message, masked.
        past: What is known of the thread; None: nothing, so nothing is waited for.
    """
    return (plainest(text) if past is not None and past.awaited else "") or text


__all__ = ["is_awaited", "plainly"]
