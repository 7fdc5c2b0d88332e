"""Pointing at a list that was just shown: "the second one", "that one"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from frontdesk.models.keyless.conversation import Conversation

_POSITIONS = ("first", "second", "third", "fourth", "fifth")
_ELSEWHERE = (
    r"erste[nrs]?|premi(?:er|ère)|primer[oa]?|prim[oa]|eerste|primeir[oa]",
    r"zweite[nrs]?|deuxième|second[eo]|segund[oa]|tweede",
    r"dritte[nrs]?|troisième|tercer[oa]?|terz[oa]|derde|terceir[oa]",
)
"""First to third in other languages."""
_ORDINAL = re.compile(rf"\b({'|'.join(_POSITIONS)})\b", re.I)
_ABROAD = [re.compile(rf"\b(?:{words})\b", re.I) for words in _ELSEWHERE]
_ONLY_ABROAD = [
    re.compile(rf"\W*(?:(?:nein|non|no|den|die|das|der|le|la|el|il|lo|de|het|o|a)\W+)*(?:{words})\W*", re.I)
    for words in _ELSEWHERE
]
_ONLY_ORDINAL = re.compile(
    rf"^\W*(?:(?:no|not that|sorry|oh|wait|actually|rather|and|yes|ok|i mean(?:t)?|make (?:it|that)|take)\W+)*"
    rf"(?:the\s+)?({'|'.join(_POSITIONS)})(?:\s+(?:one|item|order))?(?:\W+(?:please|then|instead))*\W*$",
    re.I,
)
_THAT_ONE = re.compile(r"^\W*(?:yes|yeah|yep|ok(?:ay)?|sure)\b|\b(?:that|this) (?:one|order)\b|\bthe only one\b", re.I)


def pointed_at(conversation: Conversation, name: str) -> list[Any]:
    """Return the value of the item of the list just shown that the customer points at: "the second one".

    A bare "that one" points only where the list has one item.
    """
    shown = next((_rows(result.data, name) for result in conversation.earlier[:1]), [])
    position = position_said(conversation.latest)
    if position is not None and shown:
        return shown[position : position + 1]
    return shown if len(shown) == 1 and _THAT_ONE.search(conversation.latest) else []


def pointed_in(conversation: Conversation, name: str) -> list[Any]:
    """Return the values of a property in the list that was shown last; empty where none was."""
    return next((rows for result in conversation.earlier if (rows := _rows(result.data, name))), [])


def position_said(text: str, *, alone: bool = False) -> int | None:
    """Return the place in a list that a message points at ("the second one" is 1); None for none.

    With ``alone`` the message must say no more than that.
    """
    match = (_ONLY_ORDINAL if alone else _ORDINAL).search(text)
    if match:
        return _POSITIONS.index(match[1].lower())
    tries = [pattern.fullmatch for pattern in _ONLY_ABROAD] if alone else [pattern.search for pattern in _ABROAD]
    return next((at for at, found in enumerate(tries) if found(text)), None)


def _rows(data: Any, name: str) -> list[Any]:
    if isinstance(data, Mapping):
        return next((rows for value in data.values() if (rows := _rows(value, name))), [])
    if isinstance(data, list):
        return [row[name] for row in data if isinstance(row, Mapping) and name in row]
    return []
