"""Bare answers: yes, no, never mind. Whole messages only, so a "yes, but …" is never taken for a yes."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_YES = [
    "y",
    "yes",
    "yep",
    "yeah",
    "yup",
    "sure",
    "ok",
    "okay",
    "k",
    "correct",
    "right",
    "exactly",
    "absolutely",
    "definitely",
    "confirm",
    "confirmed",
    "agreed",
    "ja",
    "jawohl",
    "genau",
    "oui",
    "si",
    "sí",
    "sim",
    "certo",
    "klar",
]
_YES_PHRASES = [
    "go ahead",
    "please do",
    "do it",
    "do that",
    "yes please",
    "yes do",
    "yes go ahead",
    "sounds good",
    "that is right",
    "that is correct",
    "thats right",
    "thats correct",
    "that s right",
    "that s correct",
    "all good",
    "of course",
    "i confirm",
    "please go ahead",
    "ja bitte",
    "d accord",
]
_NO = ["n", "no", "nope", "nah", "stop", "cancel", "wrong", "nein", "non", "não", "nee", "abbrechen"]
_NO_PHRASES = [
    "no thanks",
    "no thank you",
    "do not",
    "dont",
    "don t",
    "please dont",
    "please don t",
    "do not do it",
    "dont do it",
    "don t do it",
    "not now",
    "rather not",
    "better not",
    "not yet",
    "no stop",
    "lieber nicht",
    "nein danke",
]
_DROP_PHRASES = [
    "never mind",
    "nevermind",
    "forget it",
    "forget about it",
    "leave it",
    "drop it",
    "nothing",
    "no matter",
    "doesnt matter",
    "doesn t matter",
    "it does not matter",
    "cancel that",
    "stop that",
    "schon gut",
    "vergiss es",
]
_FILLER = {"please", "thanks", "thank", "you", "then", "that", "thats", "it", "is", "fine", "good", "bitte", "danke"}


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[^\W_]+", plain)


def _says(words: list[str], singles: list[str], phrases: list[str]) -> bool:
    if not words or len(words) > 7:
        return False
    joined = " ".join(words)
    if joined in phrases:
        return True
    for phrase in phrases:
        if joined.startswith(phrase + " ") and set(joined[len(phrase) :].split()) <= _FILLER | set(singles):
            return True
    rest = set(words) - set(singles)
    return words[0] in singles and rest <= _FILLER | set(" ".join(phrases).split())


def bare_answer(text: str) -> Literal["yes", "no", ""]:
    """Tell whether the whole message is a yes or a no.

    Args:
        text: The customer's (masked) message.

    Returns:
        ``yes``, ``no``, or an empty string when the message says anything else or anything more. A message in
        which both are heard is neither.
    """
    words = _words(text)
    yes, no = _says(words, _YES, _YES_PHRASES), _says(words, _NO, _NO_PHRASES)
    if no and not yes:
        return "no"
    return "yes" if yes and not no and not set(words) & set(_NO) else ""


def is_drop(text: str) -> bool:
    """Tell whether the whole message abandons what was being done ("never mind")."""
    joined = " ".join(word for word in _words(text) if word not in {"please", "thanks", "oh", "ok", "just"})
    return joined in _DROP_PHRASES
