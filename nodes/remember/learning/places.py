"""Places of a numbered list that a customer names: "1 and 3", "the first two", "the last one", "2 to 4". Pure."""

from __future__ import annotations

import re
from typing import Final

ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTS: Final = {word: at for at, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight"), 2)}
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_COUNTS)})"
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|last|\d{{1,2}}(?:st|nd|rd|th))"
_NOUN = r"(?:ones?|notes?|things?|items?|entr(?:y|ies)|points?|facts?|lines?|memor(?:y|ies))"
_BLOCK = re.compile(rf"\b(?P<end>first|last) (?P<count>{_NUMBER})\b(?! (?!{_NOUN}\b|of\b|and\b|please\b)\w)", re.I)
"""Not "the first two cats"."""
_NTH = re.compile(
    rf"\b(?P<nth>{_ORDINAL})"
    rf"(?=\s*(?:{_NOUN}\b|(?:,|and|or|&)\s*(?:the )?{_ORDINAL}\b|(?:of|on|and|but|please|too)\b|[,.;!?&]|$))",
    re.I,
)
"""Not "the third floor"."""
_LISTED = re.compile(
    r"(?:\b(?:numbers?|no\.?|nr\.?|notes?|items?|points?)\s*|#"
    r"|\b(?:forget|remove|delete|drop|erase|but|except|for|than|from)\s+(?:number )?)"
    r"(?P<all>\d{1,2}(?!\d)"
    r"(?:\s*(?:,\s*and|,\s*or|,|and|&|or|to|through|until|-|–)\s*(?:number |#)?\d{1,2}(?!\d))*)"
    r"(?!\s+(?!and\b|or\b|please\b|on\b|from\b|too\b|instead\b|of\b)[a-z])",
    re.I,
)
"""Not "forget 2 cats"."""
_RANGE = re.compile(r"(\d{1,2})\s*(?:to|through|until|-|–)\s*(?:number |#)?(\d{1,2})", re.I)


def places_in(text: str, count: int) -> list[int]:
    """Return the places that a text names.

    Args:
        text: Masked.
        count: Entries of the list.

    Returns:
        From 0, in the order named; a place beyond the list is none.
    """
    named: list[int] = []
    for block in _BLOCK.finditer(text):
        size = min(_COUNTS.get(block["count"].lower()) or int(block["count"] if block["count"].isdigit() else 0), count)
        named += range(1, size + 1) if block["end"].lower() == "first" else range(count - size + 1, count + 1)
    named += [_nth(found["nth"].lower(), count) for found in _NTH.finditer(_BLOCK.sub(" ", text))]
    for listed in _LISTED.finditer(text):
        for first, last in _RANGE.findall(listed["all"]):
            named += range(int(first), int(last) + 1)
        named += [int(number) for number in re.findall(r"\d+", _RANGE.sub(" ", listed["all"]))]
    return [place - 1 for place in dict.fromkeys(named) if 1 <= place <= count]


def _nth(word: str, count: int) -> int:
    if word == "last":
        return count
    return ORDINALS.index(word) + 1 if word in ORDINALS else int(word[:-2])


__all__ = ["places_in"]
