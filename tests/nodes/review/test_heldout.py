"""Promises, tone and topics on texts that were written by somebody who had not read a pattern or a trigger.

The first measurement, before anything was mended, caught 59 of 92 promises (.64), 27 of 45 bad tones (.60) and 31 of 54
topics (.57), with 1 alarm in 135 ordinary replies and 2 in 92 near misses: what to expect of texts that nobody has seen.
The patterns were widened after that, so the floors below say only that nothing of it is lost.
"""

from __future__ import annotations

import pytest

from frontdesk.nodes.review.turn import TurnFacts
from tests.nodes.review.test_worded import DESK, SIX, found, lines


def test_promises_and_false_claims() -> None:
    said = lines("heldout_promises.txt")
    missed = [text for text in said if not found("promises", text, *SIX)]
    assert len(said) >= 80
    assert len(missed) <= 0.03 * len(said), missed


def test_a_tone_that_must_not_go_out() -> None:
    said = lines("heldout_tone.txt")
    missed = [text for text in said if not found("tone", text)]
    assert len(said) >= 40
    assert len(missed) <= 0.05 * len(said), missed


def test_topics() -> None:
    rows = [line.split("|", 1) for line in lines("heldout_triggers.txt")]
    missed = [text for topic, text in rows if found("topics", "x", turn=TurnFacts(asked=text)) != (f"topic:{topic}",)]
    assert len(rows) >= 50
    assert len(missed) <= 0.1 * len(rows), missed


def test_near_misses_of_topics() -> None:
    said = lines("heldout_near_misses.txt")
    assert len(said) >= 80
    assert [text for text in said if found("topics", "x", turn=TurnFacts(asked=text))] == []


@pytest.mark.parametrize("name", ["promises", "tone", "schema"])
def test_ordinary_replies(name: str) -> None:
    said = lines("heldout_ordinary.txt")
    alarms = [text for text in said if found(name, text, *DESK.pages)]
    assert len(said) >= 120
    assert len(alarms) <= 0.01 * len(said), alarms
