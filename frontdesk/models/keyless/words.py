"""Words, stems and sentences of English customer messages and pages."""

from __future__ import annotations

import re
from functools import lru_cache

from Stemmer import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP_WORDS = (
    "a about also am an and any anything are as at be been but by can could d did do does doing don for from get got "
    "had has have he hello hey hi how i if in is it its just know let like ll m may me might my need no not of oh "
    "ok on one or our out please re s say she should so some something t tell than thank thanks that the their them "
    "then there these they this those to too up us ve want was we well were what when where which who why will with "
    "would yes you your yours "
    "still just after before already ever even really much many lot long soon take takes taken thing things"
)
_STOP = frozenset(_STOP_WORDS.split())
_ALIKE = (
    "cost price fee charge expensive",
    "deliver delivery ship shipping dispatch send sent",
    "refund reimburse reimbursement",
    "shop store branch",
    "pay payment paid",
    "damaged broken broke faulty cracked scratched defective smashed",
    "exchange swap replace replacement",
    "buy purchase order bought",
    "assemble assembly build",
    "abroad international overseas foreign",
    "clean wash care",
    "human person agent colleague",
    "bill invoice receipt",
    "voucher code coupon",
    "open opening hours",
    "guarantee warranty",
    "quick fast express",
    "collect pick",
    "join member membership",
    "stolen stole theft",
    "robot machine bot computer",
    "lost lose",
)
_PHRASES = (
    (re.compile(r"\bhow much\b", re.I), " cost "),
    (re.compile(r"\bmoney back\b", re.I), " refund "),
    (re.compile(r"\b(?:send|give|bring|take)(?: \w+){0,3} back\b", re.I), " return "),
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\s\W]|[\"“(<])")
_stemmer = Stemmer("english")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the stem of one word."""
    found: str = _stemmer.stemWord(word.casefold().replace("’", "'").removesuffix("'s"))
    return found


@lru_cache(maxsize=8192)
def meaning(word: str) -> str:
    """Return the stem of one word, or of the first of the words that mean alike; good enough to find, not to decide."""
    found = stem(word)
    return _groups().get(found, found)


def stems(text: str) -> list[str]:
    """Return the (shared) stems of a text's informative words, in order."""
    return [meaning(word) for word in _WORD.findall(text) if word.casefold() not in _STOP]


def query_stems(text: str) -> list[str]:
    """Return the stems of a question; set phrases such as "how much" count as what they ask for."""
    for pattern, words in _PHRASES:
        text = pattern.sub(words, text)
    return list(dict.fromkeys(stems(text)))


def sentences(text: str) -> list[str]:
    """Split a paragraph into sentences."""
    return [part.strip() for part in _SENTENCE.split(" ".join(text.split())) if part.strip()]


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    groups = {}
    for group in _ALIKE:
        found = [str(_stemmer.stemWord(word)) for word in group.split()]
        groups.update(dict.fromkeys(found, found[0]))
    return groups
