"""A change of a choice that names the old one: "could we do the grey one instead of the blue one?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontdesk.nodes.remember.same import LITTLE, equal

_OLD = "\u00a4"
"""Stands for the former choice while the message is looked at; no letter, so that no pattern takes it for a word."""
_WHAT = r"(?P<what>(?:[^\W\d_][\w'’-]*)(?: [^\W\d_][\w'’-]*){0,5}?)"
_TAKES = (
    r"(?:do|have|take|want|wants|get|choose|pick|with|for|prefers?|like|likes|need|be|rather|make it|try|to|use|order)"
)
_NO_THING = frozenset(
    {"it", "that", "this", "is", "are", "was", "were", "do", "does", "did", "can", "could", "which", "what"}
)
_ENDS = r"(?=\s*(?:[.,;:!?]|\Z|\b(?:please|instead|still|now|if|then)\b))"
_OVER = r"(?:instead of|in place of|rather than|and not|but not|not|over)"
_SWITCHES: Sequence[re.Pattern[str]] = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        rf"\bfrom {_OLD}(?: over)? (?:to|for|into) {_WHAT}{_ENDS}",
        rf"\b(?:swap|change|exchange|switch|replace|trade) {_OLD} (?:to|for|with|by|into|against) {_WHAT}{_ENDS}",
        rf"\b{_TAKES} {_WHAT},? (?:please,? )?{_OVER} {_OLD}",
        rf"(?:\A|[.!?;,]\s+)(?:actually,? |hm+,? |no,? )*{_WHAT} (?:would |will |does |is )?(?:suits?|fits?|works?|be"
        rf"|looks?)? ?(?:me |us )?(?:better|nicer|best) than {_OLD}",
        rf"\b{_TAKES} {_WHAT}[,;.!].*\b(?:not|instead of|rather than) {_OLD}",
        rf"\b(?:forget|scrap|scratch|drop|ignore|cancel|not|skip|leave) (?:about )?{_OLD}[,;.!]?\s+(?:and |but )?"
        rf"(?:(?:i|we|let|give|please|just|rather|['’]\w+|would|will|us|me) )*(?:{_TAKES} )?{_WHAT}{_ENDS}",
        rf"(?:\A|[.!?;,]\s+)(?:actually,? |hm+,? |no,? )*{_WHAT},? (?:please,? )?{_OVER} {_OLD}",
    )
)


def instead_of(text: str, before: Sequence[str]) -> str:
    """Return what a message puts in the place of a choice that it names; empty where it does not.

    A question may do so, too: "can I still switch from … to …?" is a wish.

    Args:
        text: The customer's own words, masked.
        before: What was chosen, oldest first.
    """
    for old in reversed(before):
        named = _naming(old).sub(_OLD, text)
        if named == text:
            continue
        for pattern in _SWITCHES:
            found = pattern.search(named)
            if found and _is_thing(found["what"]) and not equal(found["what"], old):
                return found["what"]
    return ""


def _naming(choice: str) -> re.Pattern[str]:
    """Return what finds a choice in a text, whatever article it has there."""
    words = choice.split()
    if words and words[0].casefold() in LITTLE:
        words = words[1:] or words
    return re.compile(rf"\b(?:(?:the|a|an|my|our|your) )?{re.escape(' '.join(words))}\b", re.IGNORECASE)


def _is_thing(what: str) -> bool:
    words = [word.casefold() for word in what.split()]
    return any(len(word) > 2 and word not in LITTLE for word in words) and words[0] not in _NO_THING


__all__ = ["instead_of"]
