"""What counts for a write that asks nobody: the message of this turn, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from frontdesk.nodes.act.said import Said
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.quoted import own_words
from frontdesk.tools.contract import ToolContract

MOST = 5
"""Messages that may belong to one request: the first, and the answers to our questions."""


def current(messages: Sequence[AnyMessage], contract: ToolContract, today: date) -> Said:
    """Return the customer's words of this request, newest first.

    Args:
        messages: The thread's window, masked.
        contract: The tool's. An older message counts only where we answered it with one of the contract's own
            questions, and the message after it is the answer.
        today: The desk's day.

    Returns:
        No words where a guard refused the newest message.
    """
    questions = [question_for(name, spec) for name, spec in (contract.input.get("properties") or {}).items()]
    texts: list[str] = []
    asked: bool | None = None
    for message in reversed(messages):
        if isinstance(message, HumanMessage):
            if (texts and not asked) or is_refused(message) or len(texts) == MOST:
                break
            texts.append(own_words(str(message.text)))
            asked = None
        elif isinstance(message, AIMessage) and texts and asked is None:
            shown = _even(str(message.text))
            asked = any(_even(question) in shown for question in questions)
    return Said(tuple(texts), today)


def question_for(name: str, spec: Mapping[str, Any]) -> str:
    """Return how the customer is asked for a property."""
    return str(spec.get("x-ask") or f"What is the {name.replace('_', ' ')}?").strip()


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


__all__ = ["current", "question_for"]
