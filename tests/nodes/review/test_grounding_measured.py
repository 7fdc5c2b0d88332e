"""Grounding: how often an altered number is caught, and how often a true one is flagged."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from frontdesk import Desk
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.grounding import grounding
from tests.support.alterations import Pair, altered, from_dialogues, from_pages, from_tools

DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "dstc9_faq"


def measured(pairs: list[Pair], scrubber: object) -> tuple[int, Counter[str], Counter[str]]:
    """Return false alarms, and per edit how many altered replies there were and how many were caught."""
    dice = random.Random(11)
    alarms, made, caught = 0, Counter[str](), Counter[str]()
    for pair in pairs:
        given = Facts(pair.passages, {}, scrubber)  # type: ignore[arg-type]
        if grounding(Draft(pair.reply), given).findings:
            alarms += 1
            continue
        for edit, text in altered(pair, dice):
            made[edit] += 1
            caught[edit] += bool(grounding(Draft(text), given).findings)
    return alarms, made, caught


def test_of_altered_numbers_99_of_100_are_caught_and_1_of_100_replies_is_a_false_alarm(scrubber: object) -> None:
    """Run with ``-s`` for the figures."""
    if not DATA.is_dir():
        pytest.skip(f"no {DATA}: set FRONTDESK_DATA")
    dice, desk = random.Random(3), Desk.load("retail")
    pairs = [*from_pages(desk, dice), *from_tools(desk, dice, 400), *from_dialogues(DATA)]

    alarms, made, caught = measured(pairs, scrubber)

    print(
        f"\ngrounding: {alarms} false alarms in {len(pairs)} replies; {caught.total()} of {made.total()} altered caught"
    )
    print({edit: f"{caught[edit]}/{made[edit]}" for edit in sorted(made)})
    assert len(pairs) >= 1000
    assert alarms <= 0.01 * len(pairs)
    assert caught.total() >= 0.99 * made.total()
