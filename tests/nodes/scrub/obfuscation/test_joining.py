"""What a message goes on with: how far back it is looked, what is rewritten, and what proves a continuation."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.nodes.scrub.joining import split_values
from frontdesk.nodes.scrub.registry import registered
from frontdesk.nodes.scrub.rewriting import continued
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.tail import MESSAGES, REACH, tails

KNOWN = {"<NUMBER_1>": "4929 3813", "<PHONE_1>": "0171 2345678"}


@pytest.fixture(scope="module")
def rules() -> PersonalDataScrubber:
    """The detectors that are rules: what is joined depends on no model."""
    return PersonalDataScrubber({name: item for name, item in registered().items() if name != "sequence"})


def said(*texts: str) -> list[AnyMessage]:
    return [HumanMessage(text, id=f"m{index}") for index, text in enumerate(texts)]


def test_an_end_has_its_values_back_and_knows_where_it_came_from() -> None:
    (tail,) = tails(said("card <NUMBER_1> 32"), KNOWN)
    assert tail.text == "card 4929 3813 32"
    assert [origin for origin in tail.origins if origin >= 0] == [*range(5), *range(15, 18)]
    assert (tail.message, tail.label) == ("m0", "")


def test_only_the_last_messages_of_the_customer_are_looked_at() -> None:
    window = [
        *said("one", "two", "three", "four"),
        AIMessage("five", id="a"),
        ToolMessage("6", tool_call_id="c", id="t"),
    ]
    assert [tail.text for tail in tails(window, {})] == ["two", "three", "four"]
    assert len(tails(window, {})) == MESSAGES
    assert len(tails(said("x" * 1_000), {})[0].text) == REACH


def test_a_placeholder_of_nobody_is_text() -> None:
    (tail,) = tails(said("mail <EMAIL_9>"), KNOWN)
    assert tail.text == "mail <EMAIL_9>"


@pytest.mark.parametrize(
    ("case", "before", "text", "label"),
    [
        ("check digits", ("<NUMBER_1>",), "3266 4295", "CARD"),
        ("check digits in a sentence", ("<NUMBER_1> is the first half",), "3266 4295, thanks a lot", "CARD"),
        ("two messages between", ("<NUMBER_1>", "sorry", "one second"), "3266 4295", "CARD"),
        ("too far back", ("<NUMBER_1>", "sorry", "one second", "here"), "3266 42 chairs", ""),
        ("not at the beginning", ("<NUMBER_1>",), "please send me 3266 4295", ""),
        ("a whole number before", ("<PHONE_1>",), "3 lamps", ""),
        ("two orders", ("order 10482",), "10483", ""),
        ("a word for a code", ("cvv",), "737", "SECRET"),
        ("a long talk that ends in such a word", ("can you tell me what you mean by cvv",), "737", ""),
        ("address", ("anna.berg",), "@mail.com", "EMAIL"),
        ("a shop", ("I have bought this nice lamp for my aunt",), "at ikea dot com", ""),
        ("nothing before", (), "3266 4295", ""),
        ("nothing new", ("<NUMBER_1>",), "", ""),
    ],
)
def test_what_goes_on(rules: PersonalDataScrubber, case: str, before: tuple[str, ...], text: str, label: str) -> None:
    parts = split_values(text, tails(said(*before), KNOWN), rules)
    assert {part.label for part in parts} == ({label} if label else set()), case


def test_what_stands_in_the_window_is_rewritten_under_its_id(rules: PersonalDataScrubber) -> None:
    window = [*said("here: 49293"), AIMessage("49293 what? 492930 no", id="a1")]
    found = continued("813 3266 4295", window, {}, rules)
    assert [(message.id, message.content) for message in found.messages] == [
        ("m0", "here: <CARD_1>"),
        ("a1", "<CARD_1> what? 492930 no"),
    ]
    assert found.text == "<CARD_2>"
    assert found.values == {"<CARD_2>": "813 3266 4295", "<CARD_1>": "49293"}
    assert found.without_parts("given: 49293 (turn 1)") == "given: <CARD_1> (turn 1)"


def test_nothing_is_touched_where_nothing_goes_on(rules: PersonalDataScrubber) -> None:
    found = continued("and 10483", said("order 10482"), {}, rules)
    assert (found.text, found.messages, found.values, found.labels) == ("and 10483", [], {}, [])
