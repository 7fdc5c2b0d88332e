"""With a summary model that fails in every way nothing is lost: ``python -m frontdesk.evals.summary`` in small."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.evals.summary.faults import POISON, SAID, WAYS, Said, good
from frontdesk.evals.summary.run import check, evaluate
from frontdesk.evals.summary.world import Talk
from frontdesk.nodes.remember.checking import fault
from frontdesk.nodes.remember.notes import read, render
from frontdesk.nodes.remember.summary import source_of

PAIRS = [(f"question about the sofa in order {20_000 + n}. Please look.", f"Order {20_000 + n}.") for n in range(4)]
LEDGER = [f"number: order {20_000 + n} (turn {n})" for n in range(4)]


async def test_nothing_is_lost() -> None:
    figures = await evaluate(40)
    assert figures.lost == []
    assert set(WAYS) - set(figures.ways) == set()
    assert figures.rolls["model"] > 20
    assert figures.rolls["extracted"] > 20


def test_the_good_answer_is_one() -> None:
    notes = read(json.dumps(good(source_of("- Goal: wants a lamp", PAIRS))))
    assert notes is not None
    assert fault(notes, "- Goal: wants a lamp", PAIRS, LEDGER) is None


@pytest.mark.parametrize("way", SAID)
def test_every_bad_text_is_refused(way: str) -> None:
    notes = read(SAID[way](good(source_of("", PAIRS))))
    assert notes is None or fault(notes, "", PAIRS, LEDGER), way


def _turn(
    left: int, summary: str, details: list[str] | None = None
) -> tuple[Talk, list[HumanMessage | AIMessage], dict]:
    """A turn of four exchanges of which so many stay."""
    window: list[HumanMessage | AIMessage] = []
    for number, (said, told) in enumerate(PAIRS):
        window += [HumanMessage(said, id=f"h{number}"), AIMessage(told, id=f"a{number}")]
    kept = window[len(window) - 2 * left :]
    talk = Talk.__new__(Talk)
    talk.state = {"messages": kept}
    talk.turn = 4
    return talk, window, {"summary": summary, "details": LEDGER if details is None else details}


@pytest.mark.parametrize(
    ("what", "left", "summary", "wrong"),
    [
        ("nothing happened", 4, "- Goal: a lamp", ""),
        ("the summary changed by itself", 4, "- Goal: a sofa", "though nothing left"),
        ("gone without a line", 2, "- Goal: a lamp", "a request is lost"),
        ("the old summary is gone", 2, f"- {PAIRS[0][0]}\n- {PAIRS[1][0]}", "old summary is lost"),
        ("one line each", 2, f"- Goal: a lamp\n- {PAIRS[0][0]}\n- {PAIRS[1][0]}", ""),
        ("a bad answer", 4, f"- Goal: {POISON[0]}", "bad answer"),
    ],
)
def test_the_check_itself_sees_a_loss(what: str, left: int, summary: str, wrong: str) -> None:
    talk, window, update = _turn(left, summary)
    found = check(talk, "- Goal: a lamp", window, update, [], Counter())
    assert wrong in found if wrong else found == "", what


def test_the_check_wants_the_models_answer_to_be_to_all_that_left() -> None:
    before = "- Goal: wants a lamp"
    source = source_of(before, PAIRS[:2])
    text = json.dumps(good(source))
    notes = read(text)
    assert notes is not None
    answer = Said("good", source, text)
    talk, window, update = _turn(2, render(notes))
    assert check(talk, before, window, update, [answer], Counter()) == ""
    less = replace(answer, source=source_of(before, PAIRS[:1]))
    assert check(talk, before, window, update, [less], Counter()) != ""


def test_the_check_sees_a_gap_a_torn_exchange_and_a_poor_ledger() -> None:
    talk, window, update = _turn(2, "")
    talk.state["messages"] = [*window[:2], *window[4:]]
    assert "middle" in check(talk, "", window, update, [], Counter())
    talk.state["messages"] = window[3:]
    assert "torn" in check(talk, "", window, update, [], Counter())
    talk, window, update = _turn(4, "", details=LEDGER[1:])
    assert "ledger" in check(talk, "", window, update, [], Counter())
