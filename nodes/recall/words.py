"""A text's content words: folded, without function words, stemmed."""

from __future__ import annotations

import re
import unicodedata

import Stemmer

from frontdesk.graph.placeholders import PLACEHOLDER

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’](?:s|re|ve|ll|d|m|t)\b")


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


def terms_of(text: str) -> list[str]:
    """Return the stems of the content words, in order, with repeats. Placeholders are left out."""
    folded = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", text)).casefold()
    words = [word for word in _WORD.findall(_APOSTROPHE.sub(" ", folded)) if word not in STOP_WORDS]
    # A stemmer is not safe to share between threads; a new one without a cache costs microseconds.
    stems: list[str] = Stemmer.Stemmer("english", 0).stemWords(words)
    return stems
