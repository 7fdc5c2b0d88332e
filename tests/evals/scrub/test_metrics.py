"""The figures, computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.evals.scrub.data import Annotated, Span
from frontdesk.evals.scrub.metrics import Figures, Searched, measure

Spans = list[tuple[int, int, str]]


def case(text: str, gold: Spans | None, found: Spans, ms: float = 1.0, number: int = 0) -> tuple[Annotated, Searched]:
    spans = None if gold is None else tuple(Span(*span) for span in gold)
    masked = "".join("#" if any(start <= at < end for start, end, _ in found) else char for at, char in enumerate(text))
    return Annotated(number, text, spans), Searched(tuple(Span(*span) for span in found), masked, ms)


def figures(*cases: tuple[Annotated, Searched]) -> Figures:
    return measure([text for text, _ in cases], [result for _, result in cases])


TEN = "abcdefghij klm"


@pytest.mark.parametrize(
    ("word", "found", "recall", "leakage"),
    [
        ("whole", [(0, 10, "NAME")], 1.0, 0.0),
        ("wider", [(0, 14, "NAME")], 1.0, 0.0),
        ("nine of ten", [(1, 10, "NAME")], 1.0, 0.1),
        ("eight of ten", [(1, 9, "NAME")], 0.0, 0.2),
        ("in two pieces", [(0, 5, "NAME"), (5, 10, "NUMBER")], 1.0, 0.0),
        ("under another label", [(0, 10, "EMAIL")], 1.0, 0.0),
        ("beside it", [(11, 14, "NAME")], 0.0, 1.0),
        ("nothing", [], 0.0, 1.0),
    ],
)
def test_a_span_is_masked_from_nine_tenths_of_its_characters(
    word: str, found: Spans, recall: float, leakage: float
) -> None:
    got = figures(case(TEN, [(0, 10, "PERSON")], found), case("x", [(0, 1, "EMAIL")], [(0, 1, "EMAIL")]))
    assert (got["labels"]["PERSON"]["recall"], got["labels"]["PERSON"]["leakage"]) == (recall, leakage), word


@pytest.mark.parametrize(
    ("word", "found", "precision", "strict"),
    [
        ("all of it", (0, 4, "NAME"), 1.0, 1.0),
        ("half of it", (2, 6, "NAME"), 1.0, 1.0),
        ("less than half", (3, 7, "NAME"), 0.0, 0.0),
        ("something annotated that is not personal", (10, 12, "NUMBER"), 1.0, 0.0),
        ("an unknown label", (12, 14, "NUMBER"), 1.0, 0.0),
        ("nothing annotated", (6, 9, "NUMBER"), 0.0, 0.0),
    ],
)
def test_what_is_found_is_right_from_half_of_its_characters(
    word: str, found: tuple[int, int, str], precision: float, strict: float
) -> None:
    gold = [(0, 4, "PERSON"), (10, 12, "DATE_TIME"), (12, 14, "SHOE_SIZE")]
    # the second text makes it data that annotates more than names
    got = figures(case(TEN, gold, [found]), case("xy", [(0, 1, "EMAIL")], []))
    assert (got["overall"]["precision"], got["overall"]["precision_strict"]) == (precision, strict), word


def test_two_texts_by_hand() -> None:
    first = case("I am Anna", [(5, 9, "PERSON")], [(5, 9, "NAME"), (0, 1, "NUMBER")], ms=1.0)
    second = case("Bob b@x.yz 12", [(0, 3, "PERSON"), (4, 10, "EMAIL_ADDRESS"), (11, 13, "AGE")], [(4, 10, "EMAIL")], ms=3.0)  # fmt: skip
    third = case("Nothing here", [], [], ms=2.0)
    got = figures(first, second, third)
    # 3 spans, 2 masked; 3 found, 2 right; 13 characters, 3 in clear; F2 = 5 * (2/3)^2 / (5 * 2/3)
    assert got["overall"] == {
        "spans": 3, "found": 3, "recall": 0.6667, "precision": 0.6667, "precision_strict": 0.6667, "f2": 0.6667,
        "leakage": 0.2308, "texts": 3, "altered": 0.6667, "ms_p50": 2.0, "ms_p99": 2.98,
    }  # fmt: skip
    assert got["conversational"] == {
        "spans": 1, "found": 2, "recall": 1.0, "precision": 0.5, "precision_strict": 0.5, "f2": 0.8333,
        "leakage": 0.0, "texts": 1, "altered": 1.0, "ms_p50": 1.0, "ms_p99": 1.0,
    }  # fmt: skip
    assert got["structured"] == {
        "spans": 1, "found": 1, "recall": 1.0, "precision": 1.0, "precision_strict": 1.0, "f2": 1.0, "leakage": 0.0,
    }  # fmt: skip
    assert set(got["labels"]) == {"PERSON", "EMAIL_ADDRESS"}
    assert got["labels"]["PERSON"] == {
        "spans": 2, "found": 1, "recall": 0.5, "precision": 1.0, "precision_strict": 1.0, "f2": 0.5556,
        "leakage": 0.4286,
    }  # fmt: skip
    assert (got["ignored"], got["unknown"]) == ({"AGE": 1}, [])


def test_where_only_names_are_annotated_only_found_names_are_judged() -> None:
    gold = [(0, 9, "first_name+last_name"), (10, 15, "time")]
    found = [(0, 9, "NAME"), (10, 15, "NAME"), (16, 18, "PHONE")]
    got = figures(case("Anna Berg 18:30 12", gold, found))
    assert (got["overall"]["found"], got["overall"]["precision"], got["overall"]["recall"]) == (2, 0.5, 1.0)
    assert got["ignored"] == {"time": 1}


def test_labels_that_mean_the_same_share_what_was_found() -> None:
    got = figures(case("1 Elm St, 90210", [(0, 8, "ADDRESS"), (10, 15, "ZIP_CODE")], [(0, 15, "ADDRESS")]))
    assert [got["labels"][label]["found"] for label in ("ADDRESS", "ZIP_CODE")] == [1, 1]
    assert got["overall"]["found"] == 1


def test_unknown_labels_are_listed() -> None:
    got = figures(case("abc", [(0, 1, "SHOE_SIZE"), (1, 2, "LOCATION"), (2, 3, "SHOE_SIZE")], []))
    assert (got["ignored"], got["unknown"]) == ({"LOCATION": 1, "SHOE_SIZE": 2}, ["SHOE_SIZE"])
    assert got["overall"]["recall"] is None


@pytest.mark.parametrize("gold", [None, []])
def test_without_annotations_only_what_is_altered_and_how_long_it_took(gold: Any) -> None:
    got = figures(case("a", gold, [(0, 1, "NAME")]), case("b", gold, [], number=1))
    assert {name: got["overall"][name] for name in ("texts", "altered", "ms_p50", "ms_p99")} == {
        "texts": 2, "altered": 0.5, "ms_p50": 1.0, "ms_p99": 1.0,
    }  # fmt: skip
    assert ("labels" in got) is (gold is not None)


def test_every_text_needs_its_result() -> None:
    text, result = case("a", [], [])
    with pytest.raises(ValueError, match="shorter"):
        measure([text, text], [result])
