"""The cost of finding addresses grows with the length of the text, whatever the text."""

from __future__ import annotations

import time

import pytest

from frontdesk.nodes.scrub.detectors.address import find

_GROWTH = 5.0
"""Twice the text may cost this many times the time: twice is linear, four times is quadratic, the rest is noise."""
_ENOUGH = 0.02
"""Seconds below which a measurement says nothing."""

TEXTS = [
    ("units", "Suite 1 "),
    ("cues", "my address is "),
    ("sending", "send it to x "),
    ("numbers", "5 "),
    ("digits", "1"),
    ("names", "Aa "),
    ("streets", "5 Elm Road, "),
    ("lines", "Elm\n5 "),
    ("French", "rue "),
    ("corners", "corner of "),
    ("joined", "5 A and "),
    ("breaks", "\n"),
    ("spaces", " "),
    ("gaps", "5 \n   "),
    ("postcodes", "BS1 "),
    ("boxes", "p.o. box "),
    ("military", "unit 5 box "),
    ("small", "5 a b c street, d "),
    ("codes", "zip code is "),
]


@pytest.mark.parametrize(("case", "piece"), TEXTS, ids=[row[0] for row in TEXTS])
def test_linear(case: str, piece: str) -> None:
    once, twice = _seconds(piece, 20_000), _seconds(piece, 40_000)
    assert twice < max(_ENOUGH, _GROWTH * once)


def _seconds(piece: str, length: int) -> float:
    text = (piece * length)[:length]
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        list(find(text))
        best = min(best, time.process_time() - before)
    return best
