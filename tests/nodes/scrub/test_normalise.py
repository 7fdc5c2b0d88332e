"""One spelling per character, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.nodes.scrub.normalise import normalise, storable


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("plain", "order 10482", "order 10482"),
        ("full width", "４１１１＠ａ", "4111@a"),
        ("Arabic digits", "٤١١١", "4111"),
        ("Devanagari digits", "४१११", "4111"),
        ("mathematical digits", "𝟒𝟏𝟏𝟏", "4111"),
        ("zero width", "41\u200b1\u2060\ufeff1", "4111"),
        ("soft hyphen", "41\u00ad11", "4111"),
        ("tag characters", "4\U000e00311", "41"),
        ("variation selector and keycap", "4\ufe0f\u20e31", "41"),
        ("strike-through", "4\u03361\u0336", "41"),
        ("circled", "①❷➌⓪", "1230"),
        ("superscripts", "⁴¹₂", "412"),
        ("fraction stays apart", "4½", "41⁄2"),
        ("accent on a digit", "4\u03011", "41"),
        ("white on black letters", "🅰🅑🇨", "ABC"),
        ("entities", "a&#64;b&#x2E;c&commat;d", "a@b.c@d"),
        ("entity of nothing", "4&#8203;1", "41"),
        ("brackets stay encoded", "&#60;EMAIL_1&#62; &lt;", "&#60;EMAIL_1&#62; &lt;"),
        ("percent-encoding", "a%40b%2Ecom", "a@b.com"),
        ("percent", "10% off, 50 %, R&D", "10% off, 50 %, R&D"),
        ("dashes", "41–1—1−1‑1", "41-1-1-1-1"),
        ("spaces", "41\u00a011\u20091", "41 11 1"),
        ("lone surrogate", "41\ud80011", "4111"),
        ("control characters", "41\x00\x1b11\x7f", "4111"),
        ("new line stays", "41\n11\t1", "41\n11\t1"),
        ("accent stays", "Jose\u0301", "Jose\u0301"),
    ],
)
def test_folding(case: str, text: str, expected: str) -> None:
    assert normalise(text).text == expected, case


def test_lookalikes_fold_in_the_view_only() -> None:
    normal = normalise("jоhn")
    assert normal.view == "john"
    assert normal.text == "jоhn"


def test_spans_point_into_the_original() -> None:
    text = "a\u200b１２\u200b３ b"
    normal = normalise(text)
    start = normal.text.index("123")
    assert text[slice(*normal.span(start, start + 3))] == "１２\u200b３"


@pytest.mark.parametrize(
    ("case", "text", "view"),
    [
        ("Cyrillic", "аnnа", "anna"),
        ("Greek", "αnnα", "anna"),
        ("Armenian", "օո", "on"),
        ("Cherokee", "ᎪᏚᎢ", "AST"),
        ("small capitals", "ᴀɴɴᴀ", "anna"),
        ("Chinese digits", "〇一九", "019"),
    ],
)
def test_lookalikes(case: str, text: str, view: str) -> None:
    normal = normalise(text)
    assert normal.view == view, case
    assert len(normal.view) == len(normal.text), case


def test_what_shows_nothing_goes_with_what_it_stands_on() -> None:
    text = "4\ufe0f\u20e3 &#64; x"
    normal = normalise(text)
    assert text[slice(*normal.span(0, 1))] == "4\ufe0f\u20e3"
    assert text[slice(*normal.span(2, 3))] == "&#64;"


@given(st.text(st.characters(exclude_categories=())) | st.text("&#;x0123456789abcdefABCDEF%@<>lt"))
def test_any_string_is_taken(text: str) -> None:
    normal = normalise(text)
    assert len(normal.view) == len(normal.text)
    spans = [normal.span(index, index + 1) for index in range(len(normal.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    storable(text).encode()
