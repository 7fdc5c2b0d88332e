"""However a reply is cut into pieces, the customer reads the same."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.nodes.scrub.restore import restore_text
from frontdesk.nodes.scrub.stream import StreamRestorer

VALUES = {
    "<EMAIL_1>": "anna@example.org",
    "<NAME_1>": "Anna <b>Berg</b>",
    "<CARD_1>": "4111 1111 1111 1234",
    "<NATIONAL_ID_1>": "460-89-9847",
}
TOKENS = [
    "<EMAIL_1>", "< Email 1 >", "EMAIL_1", "[NAME_1]", "<CARD_1>", "&lt;NATIONAL ID 1&gt;", "<EMAIL_9>", "{{NAME_1}}",
    "<", ">", "&", "lt;", "[", "](", ")", "(", '"', "'", "=", " ", "\n", "\u00a0", "\\", "/", "_", "1", "href", "href=\"", "src = '",
    "https://", "mailto:", "x", "Email", "word. ", "\uff1cEMAIL_1\uff1e", "action", "_1>", "NAME", "&#x3c;", "]",
]  # fmt: skip
texts = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)


def streamed(pieces: list[str], *, html: bool = False) -> str:
    restorer = StreamRestorer(VALUES, html=html)
    return "".join([*(restorer.feed(piece) for piece in pieces), restorer.finish()])


@settings(max_examples=500, deadline=None)
@given(text=texts, cuts=st.lists(st.integers(0, 400), max_size=40), html=st.booleans())
def test_any_cutting_gives_the_whole(text: str, cuts: list[int], html: bool) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
    assert streamed(pieces, html=html) == restore_text(text, VALUES, html=html)


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_character_by_character(text: str) -> None:
    assert streamed(list(text)) == restore_text(text, VALUES)


@pytest.mark.parametrize(
    ("case", "piece", "shown"),
    [
        ("whole words go on", "We wrote to you. ", "We wrote to you. "),
        ("half a word waits", "We wro", "We "),
        ("half a placeholder waits", "We wrote to < Email ", "We wrote to "),
        ("a whole one goes on", "We wrote to <EMAIL_1> today", "We wrote to anna@example.org "),
        ("a link waits for its end", "see [here](/a b", "see "),
        ("an attribute waits for its quote", 'see <a href="/a b', "see "),
        ("a bracket of prose soon goes on", "see (below), it is ", "see (below), it is "),
    ],
)
def test_what_is_shown_at_once(case: str, piece: str, shown: str) -> None:
    assert StreamRestorer(VALUES).feed(piece) == shown, case


def test_little_is_held_back_in_prose() -> None:
    text = "Thank you, <NAME_1> (we have <EMAIL_1> on file). Your parcel is on its way [delivery]. " * 20
    restorer, shown, behind = StreamRestorer(VALUES), 0, 0
    whole = restore_text(text, VALUES)
    for at in range(len(text)):
        shown += len(restorer.feed(text[at]))
        behind = max(behind, at - shown)
    assert behind <= 200
    assert shown + len(restorer.finish()) == len(whole)


def test_a_finished_restorer_is_empty() -> None:
    restorer = StreamRestorer(VALUES)
    restorer.feed("<EMAIL")
    assert restorer.finish() == "<EMAIL"
    assert restorer.finish() == ""
