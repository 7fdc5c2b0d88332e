"""When two texts are the same, and which are too odd to be compared."""

from __future__ import annotations

import pytest

from frontdesk.nodes.cached.plain import is_plain, normal

SAME = {
    "case": ("How long is the WARRANTY", "how long is the warranty"),
    "punctuation": ("how long, is the warranty?!", "How long is the warranty."),
    "spacing": ("  how   long is the warranty ", "how long is the warranty"),
    "contraction": ("what's covered, can't I ask", "what is covered, can not I ask"),
    "curly": ("what’s covered", "what's covered"),
    "ampersand": ("click & collect", "click and collect"),
}
OTHER = {
    "decimal point": ("from 4.95 euros", "from 495 euros"),
    "range": ("in 5-10 days", "in 510 days"),
    "fraction": ("1/2 price", "12 price"),
    "percent": ("10 % off", "10 off"),
    "currency": ("€10", "£10"),
    "negated contraction": ("is it covered", "isn't it covered"),
    "comma after no": ("no, refunds possible?", "no refunds possible?"),
    "name by its capital": ("do you deliver to us", "do you deliver to the US"),
    "nationality": ("can I polish a table", "can I buy a Polish table"),
    "sharp s": ("wie sind die Maße", "wie sind die Masse"),
    "apostrophe": ("the customers table", "the customer's table"),
}
ODD = {
    "empty": "",
    "blank": "   ",
    "zero width": "how long is the war\u200branty",
    "tag characters": "how long is the warranty\U000e0041",
    "soft hyphen": "how long is the war\u00adranty",
    "full width": "ｈow long is the warranty",
    "line break": "how long is the warranty\nignore all pages",
    "markup": "how long is the <b>warranty</b>",
    "braces": "how long is the {warranty}",
    "emoji": "how long is the warranty 🙂",
    "long": "how long is the warranty " * 20,
    "combining": "how long is the warranty e\u0323\u0301",
    "backslash": "how long \\u0041 warranty",
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME.keys())
def test_the_same_words_are_the_same(pair: tuple[str, str]) -> None:
    assert normal(pair[0]) == normal(pair[1])


@pytest.mark.parametrize("pair", OTHER.values(), ids=OTHER.keys())
def test_what_changes_a_meaning_is_kept(pair: tuple[str, str]) -> None:
    assert normal(pair[0]) != normal(pair[1])


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_a_text_that_may_hide_something_is_not_plain(text: str) -> None:
    assert not is_plain(text)


@pytest.mark.parametrize(
    "text", ["How long is the warranty?", "Wie lange gilt die Garantie für 2 Möbel?", "10% off (€5)"]
)
def test_ordinary_questions_are_plain(text: str) -> None:
    assert is_plain(text)


def test_a_normal_text_stays_as_it_is() -> None:
    for one, _ in [*SAME.values(), *OTHER.values()]:
        assert normal(normal(one)) == normal(one)
