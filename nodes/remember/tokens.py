"""How many tokens a text costs at most, without any tokenizer's tables.

Made to overcount: too few would overflow a model's window. Per character class the figures lie above what the
cl100k and o200k encodings need for running text of that kind (tests/nodes/remember/test_tokens.py compares them).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, ToolMessage

_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|\s+|.", re.DOTALL)
_PLAIN_WORD = 3.0
"""Letters per token of a word in one case: English needs a token for four to five, German for about three."""
_WORD = 1.2
"""Tokens of a short word: nearly always one, a few are two."""
_SHORT_WORD = 5
"""Letters of a lower-case word that is surely common enough to be one token or two."""
_ODD_WORD = 1.2
"""Letters per token of letters that mix with digits, or mix cases: codes, keys, base64."""
_MESSAGE = 8
"""Tokens that a chat format adds per message (3 or 4), and room for rare names: over 9,000 short messages of public
sets no estimate of a text fell more than 3 tokens short."""
_CALL = 12
"""Tokens that a tool call adds to its name and arguments."""


def count_text(text: str) -> int:
    """Return an upper estimate of the tokens of a text."""
    total = 0.0
    previous = ""
    for piece in _PIECE.findall(text):
        if piece != " ":  # every other piece is one, and it costs nothing
            total += _cost(piece, previous)
        previous = piece
    return math.ceil(total)


def _cost(piece: str, previous: str) -> float:
    first = piece[0]
    if first.isascii() and first.isalpha():
        return _letters(piece, previous)
    if first.isascii() and first.isdigit():
        # A space before digits is a token of its own; some encodings split numbers into single digits.
        return float(len(piece)) + (1.0 if previous[-1:] == " " else 0.0)
    if first.isspace():
        return _space(piece)
    if first.isascii():
        return 1.0
    return _other(ord(first))


def _letters(word: str, previous: str) -> float:
    regular = word.islower() or word.istitle()
    if regular and not previous[-1:].isalnum():
        return _WORD + (max(len(word) - _SHORT_WORD, 0) / _PLAIN_WORD)
    return max(1.0, len(word) / _ODD_WORD)


def _space(run: str) -> float:
    """Return 0 for one space, which belongs to the next word; else line breaks, and a token per few blanks."""
    if run == " ":
        return 0.0
    return run.count("\n") + math.ceil((len(run) - run.count("\n")) / 4)


def _other(code: int) -> float:
    """Return the cost of a character outside ASCII, by its length in UTF-8: a byte-level encoding needs no more."""
    if code < 0x0800:
        return 1.0 if 0x0400 <= code < 0x0500 else 1.5
    if code < 0x10000:
        return 2.5 if 0x3000 <= code < 0xE000 else 3.0
    return 4.0


def count_message(message: BaseMessage, encode: Callable[[str], int] = count_text) -> int:
    """Return the tokens of a message, its tool calls included; an upper estimate, by the default ``encode``."""
    total = _MESSAGE + encode(_content(message))
    if isinstance(message, AIMessage):
        for call in message.tool_calls:
            total += _CALL + encode(call["name"]) + encode(json.dumps(call["args"], ensure_ascii=False))
    if isinstance(message, ToolMessage):
        total += encode(message.tool_call_id)
    return total


def _content(message: BaseMessage) -> str:
    """Return a message's content as text; blocks that are not text count as their JSON."""
    content: str | Sequence[str | dict[str, Any]] = message.content
    if isinstance(content, str):
        return content
    return "\n".join(part if isinstance(part, str) else json.dumps(part, ensure_ascii=False) for part in content)
