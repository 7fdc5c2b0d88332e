"""What a customer has forgotten goes from the ledger of the running conversation, too, and no note says that it did."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.remember.details import CUSTOMERS, Detail, parse
from frontdesk.nodes.remember.learning.matching import content_of, just_said, named_by
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.owndata import ARGUMENT, CONNECTOR, WORDS

_CALLS: Final = frozenset({"looked up", "failed", "done"})
_REQUESTS: Final = frozenset({"begun", "waiting", "asked"})
_LEAST: Final = 3
"""Letters of a word by which an entry is found; figures count from two digits: "has 2 cats" is not every 2."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was asked to be forgotten in a turn."""

    words: tuple[str, ...]
    """The customer's, masked."""
    texts: tuple[str, ...]
    """Memories that went."""


def forgotten_in(messages: Sequence[AnyMessage], tools: Mapping[str, ToolContract]) -> Forgotten | None:
    """Return what a turn's calls had forgotten; None where none was made, or where it waits for a yes.

    Args:
        messages: Those since the customer's last.
        tools: The desk's.
    """
    answers = {message.tool_call_id: str(message.text) for message in messages if isinstance(message, ToolMessage)}
    words: list[str] = []
    texts: list[str] = []
    for call in (call for message in messages if isinstance(message, AIMessage) for call in message.tool_calls):
        if _operation(tools.get(call["name"])) == "forget" and (call["id"] or "") in answers:
            words.append(str(call["args"].get(ARGUMENT) or ""))
            texts += _gone(answers[call["id"] or ""])
    return Forgotten(tuple(words), tuple(texts)) if words else None


def without(details: Sequence[str], gone: Forgotten, turn: int) -> list[str]:
    """Return a ledger without the customer's values that were to be forgotten.

    Args:
        details: The ledger after the turn.
        gone: What was.
        turn: The turn's number, from 1: what this very message names is no detail to keep.
    """
    wanted = frozenset[str]().union(*map(named_by, gone.words), *map(content_of, gone.texts))
    sought = {word for word in wanted if len(word) >= (2 if word.isdigit() else _LEAST)}
    last = any(just_said(words) for words in gone.words) and not gone.texts

    def goes(detail: Detail) -> bool:
        if detail.kind not in CUSTOMERS:
            return False
        return detail.turn == turn or bool(_words(detail) & sought) or (last and detail.turn == turn - 1)

    return [entry for entry in details if (detail := parse(entry)) is None or not goes(detail)]


def without_own(details: Sequence[str], tools: Mapping[str, ToolContract], intents: Iterable[Intent]) -> list[str]:
    """Return a ledger without calls and requests about what is remembered: to note them would keep their words."""
    names = {name for name, tool in tools.items() if _operation(tool) in WORDS}
    calls = tuple(name.replace("_", " ") for name in names)
    titles = tuple(intent.title for intent in intents if names & set(intent.tools))

    def own(detail: Detail) -> bool:
        return (detail.kind in _CALLS and bool(calls) and detail.text.startswith(calls)) or (
            detail.kind in _REQUESTS and bool(titles) and detail.text.startswith(titles)
        )

    return [entry for entry in details if (detail := parse(entry)) is None or not own(detail)]


def _words(detail: Detail) -> frozenset[str]:
    kinds = [kind.replace("_", " ").lower() for kind in re.findall(r"<([A-Z_]+?)_\d+>", detail.text)]
    return content_of(" ".join([PLACEHOLDER.sub(" ", detail.text), *kinds]))


def _operation(tool: ToolContract | None) -> str:
    return str(tool.connector.options.get("operation", "")) if tool and tool.connector.kind == CONNECTOR else ""


def _gone(answer: str) -> list[str]:
    """Return the memories that a call's result names; none where it was refused or waits for a yes."""
    try:
        told = json.loads(answer)
    except ValueError:
        return []
    named = told.get("forgotten") if isinstance(told, Mapping) else None
    return [str(text) for text in named] if isinstance(named, list) else []


__all__ = ["Forgotten", "forgotten_in", "without", "without_own"]
