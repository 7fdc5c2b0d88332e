"""Annoyance in a message: words, insults, capitals and repeated signs; and over the turns, with decay.

Irony is left alone: it has no form of its own. The guard knows insults (``nodes.guard.lexicon``); here they count as
annoyance, for an angry customer is a customer.
"""

from __future__ import annotations

import re

from frontdesk.nodes.guard.lexicon.abuse import CATEGORIES, REPORTED
from frontdesk.nodes.guard.lexicon.lexicon import plain
from frontdesk.nodes.guard.sentences import sentences
from frontdesk.nodes.route.mood_words import IMPATIENCE, NEGATED, OUTRAGE, PLEASED

READ = 2000
"""Characters that are read."""
DECAY = 0.5
"""Part of the annoyance of the turn before that goes on."""
_OUTRAGE, _IMPATIENCE, _INSULT = 0.82, 0.56, 0.9
"""Evidence of one finding each. Findings add up as independent ones do: two of the second kind reach 0.8."""
_SIGNS, _MANY_SIGNS, _LOUD, _SHOUTED = 0.4, 0.56, 0.4, 0.56
_FORM = 0.7
"""What form alone may reach: who shouts need not be angry."""
_LEAST = 0.05
_RUN = re.compile(r"[!?]{2,}")
_LONG_RUN = re.compile(r"[!?]{3,}|\?!|!\?")
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{3,}\b")
_MARKS = re.compile(
    r"<[A-Z_]+_\d+>|\b[A-Z]+-?\d\w*|\b(?:PDF|VAT|USA|UK|PIN|ATM|SEPA|IBAN|SMS|FAQ|LED|USB|EUR|USD|GBP|ASAP)\b"
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def annoyance(text: str) -> float:
    """Return how annoyed the words of one message are, 0 to 1.

    Args:
        text: Masked.

    Returns:
        Noisy-or over what was found (Pearl 1988, 4.3). One finding of outrage or an insult said to us, two of
        impatience, or one of these that is shouted, reach the default of ``handoff.mood``.
    """
    shown = _MARKS.sub(" ", text[:READ])
    words = [plain(shown[start:end]) for start, end in sentences(shown)]
    found = [_OUTRAGE for pattern in OUTRAGE if any(_said(pattern, reading) for reading in words)][:3]
    found += [_IMPATIENCE for pattern in IMPATIENCE if any(pattern.search(reading) for reading in words)][:4]
    found += [_INSULT] if any(_insults(reading) for reading in words) else []
    form = _either(*_form(shown))
    if not found:
        pleased = any(PLEASED.search(reading) for reading in words)
        return 0.0 if pleased else round(min(form, _FORM), 2)
    return round(_either(*found, form), 2)


def mood_after(text: str, before: float) -> float:
    """Return the mood of a conversation after one more message: its own annoyance, and what is left of before.

    A calm message has half the mood of the one before: never the default bound.
    """
    now = annoyance(text)
    mood = max(now, round(_either(now, before * DECAY), 2)) if now >= _LEAST else round(before * DECAY, 2)
    return mood if mood >= _LEAST else 0.0


def _said(pattern: re.Pattern[str], reading: str) -> bool:
    return any(not NEGATED.search(reading[: found.start()]) for found in pattern.finditer(reading))


def _insults(reading: str) -> bool:
    found = CATEGORIES["insult"].hit(reading)
    return found is not None and not REPORTED.search(reading[: found.start()])


def _form(text: str) -> list[float]:
    """Return the evidence of signs and capitals."""
    found = []
    if _LONG_RUN.search(text):
        found.append(_MANY_SIGNS)
    elif _RUN.search(text):
        found.append(_SIGNS)
    shouted, words = _CAPITALS.findall(text), _WORD.findall(text)
    if len(shouted) >= 2 and len(shouted) * 2 > len(words):
        found.append(_SHOUTED)
    elif shouted and len(words) > 3 and any(len(word) > 3 or len(shouted) > 1 for word in shouted):
        found.append(_LOUD)
    return found


def _either(*evidence: float) -> float:
    left = 1.0
    for each in evidence:
        left *= 1 - each
    return 1 - left


__all__ = ["DECAY", "annoyance", "mood_after"]
