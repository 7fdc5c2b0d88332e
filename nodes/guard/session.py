"""Attacks that are spread over several messages: evidence that adds up with decay, and messages read together.

Pure. The state keeps numbers only (``Session``); the words are those of the masked window that is there anyway.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from frontdesk.graph.deps import Past
from frontdesk.graph.state import Session

SUM = "session.sum"
"""Rule: several messages were each a little suspicious, and this one is, too."""
JOINED = "session.joined"
"""Rule: the last messages read as one say what none of them says alone."""

DECAY = 0.6
"""What is left of a message's evidence one message later."""
FLOOR = 0.15
"""Evidence below this is what ordinary messages have, and counts for nothing."""
SHARE = 0.5
"""Share of the sum that is the session's score: a sum of 0.5 raises and of 1 refuses under the default threshold."""
GAIN = 0.15
"""How much higher than each message alone their joined text must score."""
WINDOW = 4
"""Messages that are read together, this one included."""
PIECE = 2_000
"""Characters of an earlier message that are read again, from its end."""
_MINUTE = 60.0
_TAIL, _HEAD = re.compile(r"\S{16,}\Z"), re.compile(r"\A\S{16,}")


def pace(past: Past) -> float:
    """Return how many messages about the last minute had, this one included."""
    gap = max(0.0, past.now - past.session["at"])
    return past.session["pace"] * math.exp(-gap / _MINUTE) + 1.0


def opened() -> Session:
    """Return the session of a thread in which nothing was said yet."""
    return Session(sum=0.0, scores=[], pace=0.0, at=0.0)


def counted(score: float) -> float:
    """Return what a message of this score adds."""
    return score if score >= FLOOR else 0.0


def summed(session: Session, score: float) -> float:
    """Return the session's score with this message: 0 where the message itself is not suspicious."""
    return min(1.0, SHARE * (session["sum"] * DECAY + score)) if counted(score) and session["sum"] > 0 else 0.0


def unread(past: Past, score: float, threshold: float) -> float:
    """Return the session's score without the messages that :func:`together` has whole: what their reader cannot clear.

    A message of at least ``threshold`` was refused, and is not among them.
    """
    window = past.earlier[-(WINDOW - 1) :]
    whole = window and all(len(message) <= PIECE for message in window)
    scores = past.session["scores"][-len(window) :] if whole else []
    read = sum(counted(one) * DECAY**age for age, one in enumerate(reversed(scores)) if one < threshold)
    left = max(0.0, past.session["sum"] - read)
    return summed(Session(sum=left, scores=[], pace=0.0, at=0.0), score)


def together(earlier: Sequence[str], text: str) -> str:
    """Return the last messages as one text: a sentence that was cut in two reads on, as does an encoded one."""
    whole = ""
    for piece in (*(message[-PIECE:] for message in earlier[-(WINDOW - 1) :]), text):
        glue = "" if not whole or (_TAIL.search(whole) and _HEAD.search(piece)) else " "
        whole += glue + piece.strip()
    return whole


def says_more(session: Session, alone: float, joint: float) -> bool:
    """Tell whether messages read together score clearly higher than each of them alone."""
    return joint >= max(alone, *session["scores"][-(WINDOW - 1) :], 0.0) + GAIN


def advanced(past: Past, evidence: float) -> Session:
    """Return the session after a message with this evidence (0 to 1)."""
    return Session(
        sum=round(past.session["sum"] * DECAY + counted(evidence), 4),
        scores=[*past.session["scores"], round(evidence, 4)][-(WINDOW - 1) :],
        pace=round(pace(past), 4),
        at=past.now,
    )


__all__ = ["JOINED", "SUM", "advanced", "counted", "opened", "pace", "says_more", "summed", "together", "unread"]
