"""What a customer chose and what they declined, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from frontdesk.nodes.remember.choosing import PICKS, REFUSALS
from frontdesk.nodes.remember.details import Detail, Kind
from frontdesk.nodes.remember.same import LITTLE, about_same, equal
from frontdesk.nodes.remember.switching import instead_of
from frontdesk.nodes.remember.values import values_in

_MOST = 60
"""Characters of a choice; what is longer is a story."""
_WORDS = 8
_RECENT = 12
"""Turns after which a change of mind has to say that it is about the choice."""
_NO = re.compile(r"\W*(?:no|nope|nah|not)\b", re.IGNORECASE)
_POLITE = re.compile(r"\b(?:please|thanks|thank you|then|instead|now|bitte|for (?:me|us))\b", re.IGNORECASE)
_THING = re.compile(
    r"(?:(?:the|a|an|one|some|our|my)\s+[^\W\d_]+(?:\s+[^\W\d_]+){0,3}"
    r"|[^\W\d_]+\s+(?!that\b|this\b|it\b|them\b|you\b|me\b|us\b)[^\W\d_]+|[^\W\d_]{4,})",
    re.IGNORECASE,
)
"""A thing without a verb: words behind an article, two words, or one."""
_PRONOUN = re.compile(
    r"(?:(?:i|we)(?:['’]\w+)?|it|that|this|them|these|those|one|you|me|him|her|us|all|both|so|to|how|what|who|why|where"
    r"|when|whether|if|for|about|up"
    r"|a (?:bit|lot|while|moment|minute|look|call|shower|break)|care|time|place|fine|okay|ok|not|going|be|nothing)\b",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"\b(?:instead|actually|rather|scratch|after all|second thoughts?|no longer|doch|lieber"
    r"|forget|sorry|better|reconsider\w*|switch\w*|swap\w*|chang\w+)\b",
    re.IGNORECASE,
)
"""Words with which a choice replaces the one before, whatever that was."""


def decided(text: str, turn: int, ledger: Sequence[Detail] = ()) -> list[Detail]:
    """Return what a message chooses and declines.

    Args:
        text: The customer's own words, masked. A question chooses nothing.
        turn: From 1.
        ledger: What was chosen before: a change of mind needs no word for choosing.
    """
    parts = re.split(r"(?<=[.!?\n])\s+", text)
    # "the lamp? no, thanks" asks nothing
    said = " ".join(
        part
        for part, after in zip(parts, [*parts[1:], ""], strict=True)
        if not part.rstrip().endswith("?") or _NO.match(after)
    )
    declined = list(_found(said, REFUSALS, "declined", turn))
    gone = {each.text for each in declined}
    chosen = [each for each in _found(said, PICKS, "chosen", turn) if each.text not in gone]
    before = [each for each in ledger if each.kind == "chosen" and turn - each.turn <= _RECENT]
    if switched := instead_of(text, [each.text for each in before]):
        new = Detail("chosen", switched, turn)
        return [*(each for each in declined if not any(equal(each.text, one.text) for one in (*before, new))), new]
    if not chosen and before and CHANGES.search(said):
        chosen = list(_instead(said, before, turn))
    return [*declined, *chosen]


def _instead(text: str, before: Sequence[Detail], turn: int) -> Iterator[Detail]:
    """Yield the one thing that a change of mind names: "forget the blue one, the grey one please"."""
    clauses = [_POLITE.sub("", clause).strip() for clause in re.split(r"[.,;:!\n]|\s-\s|\bto\b|\band\b|\bbut\b", text)]
    things = [clause for clause in clauses if _THING.fullmatch(clause) and not CHANGES.search(clause)]
    new = [each for each in things if not any(about_same(each, old.text) for old in before)]
    if len(new) == 1 and _says(new[0]) and not _PRONOUN.match(new[0]):
        yield Detail("chosen", new[0], turn)


def _found(text: str, patterns: Sequence[re.Pattern[str]], kind: Kind, turn: int) -> Iterator[Detail]:
    seen: set[str] = set()
    for pattern in patterns:
        for match in pattern.finditer(text):
            what = match["what"].strip(" \"'“”’-")
            words = what.split()
            usable = len(what) <= _MOST and len(words) <= _WORDS and not _PRONOUN.match(what)
            if usable and _says(what) and what.casefold() not in seen:
                seen.add(what.casefold())
                yield Detail(kind, what, turn)


def _says(what: str) -> bool:
    """Whether there is a word in it besides values, which stand for themselves, and little ones."""
    for span in reversed(values_in(what, names=False)):
        what = f"{what[: span.start]} {what[span.end :]}"
    return any(len(word) > 2 and word.casefold() not in LITTLE for word in re.findall(r"[^\W\d_]+", what))


__all__ = ["CHANGES", "decided"]
