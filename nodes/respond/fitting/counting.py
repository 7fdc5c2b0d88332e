"""Tokens of what is shown again and again: counted once per text, never under (``frontdesk.nodes.remember.tokens``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from frontdesk.nodes.remember.tokens import count_message, count_text

MOST = 16_384
"""Counts that are kept: a prompt of 8,000 tokens has a few hundred lines, most of which stand in many prompts."""
_counts: dict[tuple[int, int], int] = {}
"""By hash (of 64 bits, keyed per process) and length of a text: no words of a customer's stay in memory here."""

_BARE = count_message(HumanMessage(""))
_CALL = count_message(AIMessage("", tool_calls=[{"name": "", "args": {}, "id": ""}])) - _BARE - count_text("{}")


def count(text: str) -> int:
    """Return an upper estimate of the tokens of a text: that of its lines, and one or two for each line's end."""
    return _kept(text, _by_line)


def _by_line(text: str) -> int:
    lines = text.split("\n")
    # one blank costs nothing, but it does beside a line's end
    blanks = sum(line[-1:].isspace() or following[:1].isspace() for line, following in pairwise(lines))
    return sum(_kept(line, count_text) for line in lines) + len(lines) - 1 + blanks


def _kept(text: str, made: Callable[[str], int]) -> int:
    if len(text) < 2 or "\n" not in text:
        made = count_text
    key = hash(text), len(text)
    found = _counts.get(key)
    if found is None:
        if len(_counts) >= MOST:
            _counts.clear()
        found = _counts[key] = made(text)
    return found


def count_of(message: BaseMessage) -> int:
    """Return an upper estimate of the tokens of a message, its tool calls included."""
    total = _BARE + count(str(message.text))
    if isinstance(message, AIMessage):
        for call in message.tool_calls:
            total += _CALL + count(call["name"]) + count(json.dumps(call["args"], ensure_ascii=False))
    return total + count(message.tool_call_id) if isinstance(message, ToolMessage) else total


def count_tools(tools: Sequence[Mapping[str, Any]]) -> int:
    """Return an upper estimate of the tokens of tool definitions."""
    return sum(count(json.dumps(tool, ensure_ascii=False)) for tool in tools)


__all__ = ["count", "count_of", "count_tools"]
