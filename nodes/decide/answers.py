"""Bare answers: yes, no, never mind. Whole messages only, so a "yes, but …" is never taken for a yes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

_YES = (
    "y", "yes", "yep", "yeah", "yup", "sure", "ok", "okay", "k", "correct", "exactly", "absolutely",
    "definitely", "confirm", "confirmed", "agreed", "fine", "proceed", "go on", "go for it",
    "go ahead", "do it", "do that", "do so", "please do", "sounds good", "all good", "of course", "i confirm",
    "i do", "i agree", "you can", "you may", "works for me", "that works", "this works", "that is fine", "thats fine",
    "that s fine", "that is right", "that s right", "thats right", "that is correct", "that s correct", "thats correct",
    "that is ok", "that s ok", "thats ok", "that is good", "that s good", "looks good", "it s fine",
    "ja", "jawohl", "genau", "klar", "oui", "d accord", "si", "sí", "sì", "sim", "certo",
    "natürlich", "na klar", "gerne", "einverstanden", "in ordnung", "bien sûr", "bien sur", "claro",
    "claro que sí", "vale", "de acuerdo", "por supuesto", "va bene", "d accordo", "certamente", "graag", "akkoord",
    "dat is goed", "com certeza",
)  # fmt: skip
_NO = (
    "n", "no", "nope", "nah", "stop", "cancel", "wrong", "do not", "dont", "don t", "do not do it", "dont do it",
    "don t do it", "not now", "not yet", "rather not", "better not", "i d rather not", "keep it", "leave it",
    "keep it as it is", "leave it as it is", "keep everything as it is", "please don t", "nein", "lieber nicht",
    "abbrechen", "non", "não", "nao", "nee", "nö", "pas maintenant", "ahora no", "non ora", "niet nu", "agora não",
)  # fmt: skip
_DROP = (
    "never mind", "nevermind", "forget it", "forget about it", "leave it", "drop it", "nothing", "no matter",
    "doesnt matter", "doesn t matter", "it does not matter", "cancel that", "stop that", "schon gut", "vergiss es",
    "lass es", "laisse tomber", "laissez tomber", "olvídalo", "déjalo", "lascia perdere", "lascia stare", "laat maar",
    "esquece", "deixa estar",
)  # fmt: skip
_DROP_ALL = (
    "forget everything", "forget it all", "forget all of it", "forget all of that", "drop everything", "drop it all",
    "leave it all", "leave everything", "never mind all of it", "stop it all",
    "vergiss alles", "lassen wir alles",
)  # fmt: skip
_DROP_WHAT = re.compile(
    r"(?:(?:no|ok|oh|actually|please) )*(?:forget|never ?mind|skip|scrap)(?: about)? (?:the|that|my)(?: \w+){1,2}"
)
_POLITE = (
    "please", "thanks", "thank you", "thank you very much", "many thanks", "then", "now", "bitte", "danke", "oh",
    "just", "merci", "s il vous plaît", "gracias", "por favor", "grazie", "per favore", "obrigado", "obrigada",
    "dank je", "dank u", "bedankt", "s il te plaît", "s il vous plait", "s il te plait", "alstublieft", "alsjeblieft",
)  # fmt: skip
_BARE = 60
"""Characters of an answer that is no more than that."""
_CHEERFUL = "👍👌✅✔🙂😊😀😃😄🙏\ufe0f\u200d🏻🏼🏽🏾🏿"
"""Signs that may stand beside a yes; any other (👎, ❌) makes it something else."""
_YES_SIGN = re.compile(r"\s*(?:[👍👌✅✔][\ufe0f🏻🏼🏽🏾🏿]*\s*)+")
_SIGNS = " .,!;:'’\"“”-–…()\n\t"


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


def _made_of(*vocabularies: Iterable[str]) -> re.Pattern[str]:
    phrases = sorted({phrase for words in vocabularies for phrase in words}, key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, phrases))})(?: |$))+")


def _has(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


_ALL_YES, _ANY_YES = _made_of(_YES, _POLITE), _has(_YES)
_ALL_NO, _ANY_NO = _made_of(_NO, _DROP, _POLITE), _has((*_NO, *_DROP))
_EVERYTHING, _ANY_EVERYTHING = _made_of(_DROP_ALL, _POLITE, ("ok", "actually", "no")), _has(_DROP_ALL)
_ALL_DROP, _ANY_DROP = _made_of(_DROP, _POLITE, ("ok",)), _has(_DROP)


def _plain(text: str) -> bool:
    """No question and no sign that could turn an answer round."""
    return all(char.isalpha() or char in _SIGNS or char in _CHEERFUL for char in unicodedata.normalize("NFKC", text))


def bare_answer(text: str) -> Literal["yes", "no", ""]:
    """Tell whether the whole message is a yes or a no.

    Args:
        text: The customer's (masked) message.

    Returns:
        ``yes``, ``no``, or an empty string when the message says anything else or anything more: a yes and a no, a
        question, a number, a sign that is not plainly cheerful. A change hangs on a yes, so doubt is not one.
    """
    if _YES_SIGN.fullmatch(text):
        return "yes"
    words = _words(text)
    if not words or len(words) > 60 or not _plain(text):
        return ""
    if _ALL_NO.fullmatch(words) and _ANY_NO.search(words):
        return "no"
    return "yes" if _ALL_YES.fullmatch(words) and _ANY_YES.search(words) else ""


def is_drop(text: str) -> bool:
    """Tell whether the whole message abandons what was being done ("never mind")."""
    words = _words(text)
    if len(words) > 60 or "?" in text:
        return False
    return bool(_ALL_DROP.fullmatch(words) and _ANY_DROP.search(words)) or bool(_DROP_WHAT.fullmatch(words))


def is_drop_all(text: str) -> bool:
    """Tell whether the whole message abandons all that was asked for, what waits included ("forget everything")."""
    words = _words(text)
    return len(words) <= 60 and bool(_EVERYTHING.fullmatch(words) and _ANY_EVERYTHING.search(words))


def plainest(text: str) -> Literal["yes", "no", ""]:
    """Return what a text says that is wholly a yes, a no, or that something be left alone (which is a no).

    Returns:
        An empty string where it has any word that is not in this module's lists.
    """
    if len(text) > _BARE or not _plain(text):
        return ""
    words = _words(text)
    dropped = _ALL_DROP.fullmatch(words) and _ANY_DROP.search(words)
    return "no" if dropped or is_drop_all(text) else bare_answer(text)
