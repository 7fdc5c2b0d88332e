"""Several requests in one message: which pieces of it are requests of their own.

A message is cut only where every piece stands as a request for itself: one that is served in two halves is worse than
two that are served one after the other. Measured by ``python -m frontdesk.evals.route.splitting``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from frontdesk.graph.state import Route, Segment
from frontdesk.nodes.decide.ellipsis import names_only_a_value
from frontdesk.nodes.route.cutting import Sides, evidence
from frontdesk.nodes.route.joints import TELLS, VALUE, asks
from frontdesk.nodes.route.pieces import LONGEST, Piece, pieces_of, position, spans_of, words_of

WORDS = 2
"""Words of a piece at least, unless it is a value."""
_MINE = re.compile(r"\W*(?:my|mein\w*|mon|ma|mi|mijn)\b", re.I)
_Runs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Message:
    """A message, where it may be cut, and what the router says of each of its spans."""

    text: str
    pieces: Sequence[Piece]
    routes: Sequence[Route]
    accept: float
    answering: bool

    def words(self, i: int, j: int) -> str:
        return words_of(self.text, self.pieces, i, j)

    def route(self, i: int, j: int) -> Route:
        return self.routes[position(i, j, len(self.pieces))]

    def segment(self, run: tuple[int, int]) -> Segment:
        route = self.route(*run)
        return Segment(
            text=self.words(*run),
            intent=route["intent"],
            confidence=route["confidence"],
            accepted=bool(route["accepted"]),
        )


def segments_of(
    text: str, pieces: Sequence[Piece], routes: Sequence[Route], accept: float, *, answering: bool = False
) -> list[Segment]:
    """Return the requests of a message, in order; none where it makes one.

    Args:
        text: The message, masked.
        pieces: From :func:`pieces_of`.
        routes: What the router says of each of :func:`spans_of`.
        accept: Confidence from which the desk acts on an intent. A request may have less: then the customer is asked.
        answering: Whether a value may be meant for a question of ours: then a bare number opens the message.
    """
    message = _Message(text, pieces, routes, accept, answering)
    best: _Runs = []
    most = 0.0
    for runs in _ways(len(pieces)):
        for_it = _for_way(message, runs)
        if for_it > most:
            best, most = runs, for_it
    found = [message.segment(run) for run in best]
    for at in range(1, len(found)):
        if names_only_a_value(found[at]["text"]):
            found[at] = Segment(**{**found[at - 1], "text": found[at]["text"]})
    return found


def _ways(count: int) -> Iterator[_Runs]:
    """Yield all ways to cut a message of so many pieces, but not to leave it whole."""
    for cuts in range(1, 1 << (count - 1)):
        ends = [at for at in range(count - 1) if cuts >> at & 1]
        yield list(zip([0, *(end + 1 for end in ends)], [*ends, count - 1], strict=True))


def _for_way(message: _Message, runs: _Runs) -> float:
    """Return the evidence for a way to cut: negative where one of its cuts should not be made."""
    total = 0.0
    for at in range(1, len(runs)):
        found = _for_cut(message, runs, at)
        if found <= 0:
            return -inf
        total += found
    return total


def _for_cut(message: _Message, runs: _Runs, at: int) -> float:
    (i, j), (_, k) = runs[at - 1], runs[at]
    before, after = message.words(i, j), message.words(j + 1, k)
    first, second = message.route(i, j), message.route(j + 1, k)
    if names_only_a_value(after):
        return _for_value(message, runs, at)
    if at == 1 and message.answering and names_only_a_value(before):
        return 1.0 if second["accepted"] and len(after.split()) >= WORDS else -inf
    if names_only_a_value(before) and at > 1:
        # "cancel 10482, 10377, and where is 10915": the value has no route of its own
        first = message.route(*_named(message, runs, at))
        before = message.words(*_named(message, runs, at))
    if not (_may_stand(before) and _may_stand(after)):
        return -inf
    if first["intent"] == second["intent"]:
        # "where is my order and when does it come" is one request, "return 10482 and return 10377" are two
        return 1.0 if _values_differ(before, after) and _both_accepted(first, second) else -inf
    gap = message.text[message.pieces[j].end : message.pieces[j + 1].start]
    whole = message.route(i, k)
    return evidence(Sides(before, after, gap, first, second, whole, message.pieces[j + 1].firm), message.accept)


def _may_stand(words: str) -> bool:
    return len(words.split()) >= WORDS and (asks(words) or not TELLS.search(words))


def _for_value(message: _Message, runs: _Runs, at: int) -> float:
    """Return the evidence that a piece is one more value for the request before it: "cancel 10482 and 10377"."""
    before, after = message.words(*runs[at - 1]), message.words(*runs[at])
    named = message.route(*_named(message, runs, at))
    apart = named["accepted"] and not _MINE.match(after) and _values_differ(before, after)
    return 1.0 if apart else -inf


def _named(message: _Message, runs: _Runs, at: int) -> tuple[int, int]:
    """Return the nearest run before ``at`` that is more than a value; the first where all are no more."""
    return next((run for run in reversed(runs[:at]) if not names_only_a_value(message.words(*run))), runs[0])


def _both_accepted(first: Route, second: Route) -> bool:
    return bool(first["accepted"] and second["accepted"])


def _values_differ(first: str, second: str) -> bool:
    mine, theirs = set(VALUE.findall(first)), set(VALUE.findall(second))
    return bool(mine) and bool(theirs) and not mine & theirs


def asking_part(text: str, pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """Return the run of pieces that asks, where all others only give a value; None where there is nothing to leave out.

    What a customer tells of themselves beside a question says nothing about what they want.
    """
    asking = [at for at, piece in enumerate(pieces) if not _only_tells(text[piece.start : piece.end])]
    if not asking or len(asking) == len(pieces) or asking[-1] - asking[0] + 1 != len(asking):
        return None
    if not any(asks(text[pieces[at].start : pieces[at].end]) for at in asking):
        return None
    return asking[0], asking[-1]


def _only_tells(words: str) -> bool:
    """Whether a sentence gives a value and asks for nothing: "my address is <ADDRESS_1>"."""
    return not asks(words) and bool(VALUE.search(words))


__all__ = ["LONGEST", "Piece", "asking_part", "pieces_of", "position", "segments_of", "spans_of"]
