"""Slips of the keyboard in a message that the router did not recognise: "cancle order 10482" is tried as "cancel …".

Only words that the desk's own utterances have are put in a slip's place, and only for the router to read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

SHORTEST = 5
"""Letters of a word that may be a slip, and of what it may be a slip for: shorter ones are near too many others."""
MOST = 3
"""Words of a message that are put right at most: a text full of unknown words is of another kind."""
_WORD = re.compile(rf"(?<![\w<-])[a-z]{{{SHORTEST},20}}(?![\w>-])", re.I)


def respelled(text: str, utterances: Iterable[str]) -> str:
    """Return a message with its slips put right, each by the one word of the desk's that it is one slip away from.

    Args:
        text: The message, masked.
        utterances: The desk's; their words are taken to be spelled well.

    Returns:
        An empty string where nothing is to be put right, or too much.
    """
    known = _words_of(tuple(utterances))
    slips = {word: right for word in set(_WORD.findall(text)) if (right := _right(word.casefold(), known))}
    if not slips or len(slips) > MOST:
        return ""
    return _WORD.sub(lambda match: slips.get(match[0], match[0]), text)


@lru_cache(maxsize=8)
def _words_of(utterances: tuple[str, ...]) -> Counter[str]:
    return Counter(word for text in utterances for word in re.findall(r"[a-z]{3,}", text.casefold()))


def _right(word: str, known: Counter[str]) -> str:
    """Return the commonest known word one slip away: a letter too few, too many, another one, or two swapped."""
    if word in known or _plain(word) & known.keys():
        return ""
    near = [other for other in known if abs(len(other) - len(word)) <= 1 and len(other) >= SHORTEST]
    near = [other for other in near if other[0] == word[0] and _one_slip(word, other)]
    return max(near, key=lambda other: (known[other], other), default="")


def _plain(word: str) -> set[str]:
    """Return the forms of a word that are no slips: "orders", "ordered", "ordering" of "order"."""
    return {word.removesuffix(end) for end in ("s", "es", "d", "ed", "ing", "er", "ly")} | {f"{word}s", f"{word}ed"}


def _one_slip(word: str, other: str) -> bool:
    if len(word) == len(other):
        apart = [at for at, (one, two) in enumerate(zip(word, other, strict=True)) if one != two]
        if len(apart) == 2 and apart[1] == apart[0] + 1:
            return (word[apart[0]], word[apart[1]]) == (other[apart[1]], other[apart[0]])
        return len(apart) == 1
    longer, shorter = sorted((word, other), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


__all__ = ["MOST", "SHORTEST", "respelled"]
