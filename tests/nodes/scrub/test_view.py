"""What reads as digits, and which words announce a value."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.nodes.scrub.cues import LINK, cues
from frontdesk.nodes.scrub.number_words import spelled
from frontdesk.nodes.scrub.shapes import HOLE, orders, without_ordinary
from frontdesk.nodes.scrub.view import View, seen


@pytest.mark.parametrize(
    ("case", "text", "digits"),
    [
        ("digits", "call 0171 234", ["0171234"]),
        ("words and digits", "four 1 1 one, double four triple 7", ["411144777"]),
        ("tens", "forty-one eleven twenty two", ["411122"]),
        ("German tens", "einundzwanzig dreiundvierzig", ["2143"]),
        ("French tens", "trente-quatre cinquante et un", ["3451"]),
        ("Dutch tens", "tweeëntwintig eenendertig", ["2231"]),
        ("Italian and Portuguese tens", "quarantatre vinte e três", ["4323"]),
        ("lookalikes", "4OOO I2", ["400012"]),
        ("a letter alone", "4 O 4", ["404"]),
        ("a weak end", "404 I", ["404"]),
        ("signs in words", "one dash two minus three", ["123"]),
        ("two orders", "10482 and 10483", ["10482", "10483"]),
        ("one order, then another", "10482, then 10483", ["1048210483"]),
        ("after a word", "card4111 1111", ["41111111"]),
        ("a code", "FH1 A1B2", []),
        ("a sentence ends", "pay 19. Ten people", ["19", "10"]),
        ("price and date blanked", "12.50 EUR on 2024-05-03 at 10:30", []),
        ("a bar for 1", "4|1", ["411"]),
        ("no number", "hello there", []),
    ],
)
def test_runs(case: str, text: str, digits: list[str]) -> None:
    assert [run.digits for run in View(text).runs] == digits, case


@pytest.mark.parametrize(
    ("word", "digits"),
    [("seven", "7"), ("fünf", "5"), ("zéro", "0"), ("dreißig", "30"), ("veintitrés", "23"), ("ventotto", "28"),
     ("fouroneoneone", "4111"), ("table", ""), ("fouronetable", "")],
)  # fmt: skip
def test_spelled(word: str, digits: str) -> None:
    assert spelled(word) == digits


@pytest.mark.parametrize(
    ("parts", "expected"),
    [(["10482"], True), (["10482", "10483"], True), (["10482", "2"], True), (["10482", "100"], False),
     (["01048", "2"], False), (["12", "3"], False)],
)  # fmt: skip
def test_orders(parts: list[str], expected: bool) -> None:
    assert orders(parts) is expected


@given(st.text(alphabet="0123456789OIl|sSB .,-/:€%\nabeonwiv'ß" + HOLE, max_size=60))
def test_tokens_lie_in_order_inside_the_text(text: str) -> None:
    view = seen(text)
    tokens = [token for run in view.runs for token in run.tokens]
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    assert all(token.digits.isdigit() for token in tokens)
    assert len(without_ordinary(text)) == len(text)
    assert len(view.low) == len(text)


def test_a_view_is_seen_once() -> None:
    view = View("one")
    assert seen(view) is view


@pytest.mark.parametrize(
    ("case", "text", "value"),
    [
        ("plain", "tax id 77", "77"),
        ("capitals", "TAX-ID: 77", "77"),
        ("one word", "taxid 77", "77"),
        ("words between", "my tax id number is 77", "77"),
        ("another phrase", "steuernummer lautet 77", "77"),
        ("no phrase", "taxi 77", ""),
        ("first word alone", "tax of 77", ""),
        ("inside a word", "syntax id 77", ""),
    ],
)
def test_cues(case: str, text: str, value: str) -> None:
    listed = cues("tax id, steuernummer")
    pattern = re.compile(rf"{listed.pattern}{LINK}(\d+)", re.IGNORECASE)
    assert [found.group(1) for found in listed.announced(pattern, seen(text))] == ([value] if value else []), case
