"""What a promise is about: the words that its evidence must share, over folded sentences."""

from __future__ import annotations

import re

CITED = re.compile(r"(?<!\s)\s*+\[[^\]]{0,200}\]")
"""A citation."""
_ENGLISH = re.compile(r"\b(?:you|your|we|the|will)\b")
_CODE = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{5,}\b")
_EMPTY = re.compile(
    r"will|shall|have|that|this|your|with|from|they|them|then|than|also|just|gladly|happily|certainly|definitely|about"
    r"|would|could|once|here|what|when|been|being|very|much|more|most|some|into|over|only|even|back|make|sure|give"
    r"|offer|receive|send|after|before|within|order"
)


def subject(sentence: str) -> list[str]:
    """Return the stems that a promise is about; none where the sentence is not in English, as the pages are."""
    if not _ENGLISH.search(sentence):
        return []
    found = re.findall(r"[^\W\d_]{4,}", CITED.sub("", sentence))
    words = {word for word in found if not _EMPTY.fullmatch(word)}
    # a voucher's code is the promise itself
    return [*(word[:5] for word in words), *(code for code in _CODE.findall(sentence) for _ in range(9))]


__all__ = ["CITED", "subject"]
