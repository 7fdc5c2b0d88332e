"""Sentences on their way to the customer: nothing that the review did not pass, whatever the pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.graph.deps import Reviewed
from frontdesk.nodes.respond.streaming import SentenceStream, sentence_end

ONE = "Your lamp is covered for two years from the day that it reached you. "
TWO = "Please keep the receipt, because our workshop asks for it before it begins. "
THREE = "The repair takes about a week, and the way back to you costs nothing at all."


class Guards:
    """Reviews by rule: ``blocked`` blocks, ``gone`` is taken out; remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def __call__(self, text: str) -> Reviewed:
        self.seen.append(text)
        if "blocked" in text:
            return Reviewed("", blocked=True)
        return Reviewed(text.replace("gone", ""))


class Customer:
    """What a reader of the stream has."""

    def __init__(self) -> None:
        self.text = ""
        self.pieces: list[str] = []

    def __call__(self, data: Mapping[str, object]) -> None:
        self.text = ("" if data["first"] else self.text) + str(data["text"])
        self.pieces.append(str(data["text"]))


async def streamed(pieces: list[str | None], hold_back: int = 64) -> tuple[Customer, Guards]:
    customer, guards = Customer(), Guards()
    stream = SentenceStream(guards, customer, hold_back)
    for piece in pieces:
        await stream.feed(piece)
    return customer, guards


def words(text: str) -> list[str | None]:
    return list(re.findall(r"\S+\s*", text))


@pytest.mark.parametrize(
    ("text", "limit", "end"),
    [
        pytest.param("One. Two. Three", 99, 10, id="the last finished one"),
        pytest.param("One. Two. Three", 7, 5, id="within the limit"),
        pytest.param("Costs 3.50 EUR", 99, 0, id="a decimal point ends nothing"),
        pytest.param("Costs 3.", 99, 0, id="what comes next may be the cents"),
        pytest.param('He said "no." And left', 99, 14, id="quotes belong to it"),
        pytest.param("- a list\n- goes on", 99, 9, id="a line"),
        pytest.param("好的。谢谢", 99, 3, id="an ideographic stop needs no blank"),
        pytest.param("One. Two", -3, 0, id="less than nothing"),
    ],
)
def test_where_a_sentence_ends(text: str, limit: int, end: int) -> None:
    assert sentence_end(text, limit) == end


async def test_a_sentence_goes_out_when_enough_follows_it() -> None:
    customer, _ = await streamed(words(ONE + TWO[:40]))
    assert customer.pieces == []
    customer, _ = await streamed(words(ONE + TWO + THREE))
    assert customer.pieces == [ONE, TWO]


async def test_without_holding_back_a_sentence_goes_out_at_its_end() -> None:
    customer, _ = await streamed(words(ONE + TWO), hold_back=0)
    assert customer.pieces == [ONE, TWO]


async def test_half_a_word_is_not_judged() -> None:
    _, guards = await streamed(["It is 1", "2", "99 EUR. And", " that is tw", "elve hundr", "ed"], hold_back=0)
    assert guards.seen == ["It is 1299 EUR. "]


async def test_what_is_blocked_and_what_follows_stays_inside() -> None:
    customer, guards = await streamed(words(ONE + TWO + THREE + " This is blocked here. " + ONE + TWO + THREE))
    assert customer.pieces == [ONE, TWO]
    assert ["blocked" in text for text in guards.seen] == [False, False, True]


async def test_what_a_review_takes_out_is_not_sent() -> None:
    customer, _ = await streamed(words(f"It is gone now. {ONE}{TWO}{THREE}"))
    assert customer.text == f"It is  now. {ONE}{TWO}"


async def test_a_change_of_what_was_sent_stops_the_stream() -> None:
    customer, guards = Customer(), Guards()

    async def forgetful(text: str) -> Reviewed:
        return Reviewed(text.replace("lamp", "chair") if "workshop" in text else text)

    stream = SentenceStream(forgetful, customer, 0)
    for piece in words(ONE + TWO + THREE):
        await stream.feed(piece)
    assert customer.pieces == [ONE]
    assert guards.seen == []


async def test_another_model_begins_anew() -> None:
    customer, _ = await streamed([*words(ONE + TWO + THREE), None, *words(TWO + THREE + THREE)])
    assert customer.text == TWO


@given(
    st.lists(st.sampled_from([ONE, TWO, "It is gone. ", "That is blocked. ", "12", ".", "\n", "好。"]), max_size=20),
    st.integers(0, 80),
    st.randoms(),
)
async def test_only_what_the_review_passes_ever_goes_out(parts: list[str], hold_back: int, random: object) -> None:
    text = "".join(parts)
    cuts = sorted(random.randrange(len(text) + 1) for _ in range(12))  # type: ignore[attr-defined]
    customer, _ = await streamed([text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)], hold_back)
    before = text.split("blocked")[0]
    assert before.replace("gone", "").startswith(customer.text)


@pytest.mark.parametrize(
    ("second", "shown"),
    [(TWO + THREE, f"{ONE.strip()}\n\n{TWO}"), ("This is blocked for sure, every word. " + TWO, f"{ONE.strip()}\n\n")],
    ids=["it goes on", "its rest is blocked"],
)
async def test_the_answer_to_the_next_request_follows_the_one_before(second: str, shown: str) -> None:
    customer, guards = Customer(), Guards()
    await SentenceStream(guards, customer, 0).feed(ONE)
    assert customer.text == ONE
    further = SentenceStream(guards, customer, 0, ONE.strip() + "\n\n")
    for word in re.findall(r"\S+\s*", second):
        await further.feed(word)
    assert customer.text == shown
