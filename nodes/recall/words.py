"""A text's content words: folded, without function words, stemmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import Stemmer

from frontdesk.graph.placeholders import PLACEHOLDER

_APOSTROPHE = re.compile(r"'(?:s|re|ve|ll|d|m|t)\b")
_NO_BLANKS = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\u0e00-\u0e7f"
"""Scripts that are written without blanks, or whose words change their end: Chinese, Japanese, Korean, Thai."""
_PLAIN = re.compile(r"[a-z0-9]+")
_WORD = re.compile(rf"(?P<run>[{_NO_BLANKS}]+)|[^\W_{_NO_BLANKS}]+")

_FUNCTION_WORDS = """
    a about after again all also am an and any anybody anyone anything are as ask at be because been before being
    but by can cannot could couldn did didn do does doesn doing don done else for from get gets getting give go
    going got had has hasn have haven having he hello help her here hers hey hi him his how i if in into is isn it
    its just know let like ll long many may maybe me might mine more most much must my need needed needs no nor not
    now of off ok okay on once one only or other our ours out over own please pls question same say see shall she
    should so some somebody someone something still such tell than thank thanks that the their theirs them then
    there these they thing things this those through to too until up us use used very want wanted wants was wasn we
    were what when where which while who whom whose why will with won would wouldn yes yet you your yours
"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English function words, and what every request to a help desk begins with. They say nothing about the subject."""


def words_of(text: str) -> list[str]:
    """Return the words that say something about the subject, folded, in order, with repeats; not stemmed.

    Of scripts without blanks each two neighbouring characters are a word. Placeholders are left out.
    """
    folded = (PLACEHOLDER.sub(" ", text) if "<" in text else text).casefold().replace("’", "'")
    if folded.isascii():  # most texts: half the time
        return [word for word in _PLAIN.findall(_bare(folded)) if word not in STOP_WORDS]
    words: list[str] = []
    for found in _WORD.finditer(_bare(unicodedata.normalize("NFKC", folded))):
        word = found[0]
        if found["run"] and len(word) > 1:
            words.extend(one + other for one, other in pairwise(word))
        elif word not in STOP_WORDS:
            words.append(word)
    return words


def stemmed(words: Sequence[str]) -> list[str]:
    """Return the words' English stems."""
    # A stemmer is not safe to share between threads; a new one without a cache costs microseconds.
    stems: list[str] = Stemmer.Stemmer("english", 0).stemWords(words)
    return stems


def terms_of(text: str) -> list[str]:
    """Return the stems of :func:`words_of`."""
    return stemmed(words_of(text))


def _bare(folded: str) -> str:
    return _APOSTROPHE.sub(" ", folded) if "'" in folded else folded


__all__ = ["STOP_WORDS", "stemmed", "terms_of", "words_of"]
