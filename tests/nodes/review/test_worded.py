"""Promises, tone, schema and topics, measured on tables of our own (the patterns were tuned while looking at them)."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.errors import ConfigurationError
from frontdesk.graph.state import Passage
from frontdesk.nodes.review.draft import Draft, Facts, Step
from frontdesk.nodes.review.registry import known_steps
from frontdesk.nodes.review.step import Material
from frontdesk.nodes.review.turn import TurnFacts
from tests.nodes.review.conftest import PatternScrubber, passage

TEXTS = Path(__file__).parent / "texts"
DESK = Desk.load("retail")
MATERIAL = Material(lambda text: [text], topics=DESK.config.review.topics, business="Fernhill Home")
SIX = ("refunds", "returns", "cancel-order", "discount-codes", "delivery-times", "warranty")


def lines(name: str) -> list[str]:
    text = (TEXTS / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def step(name: str, **options: object) -> Step:
    return known_steps()[name].build(MATERIAL, options)


def found(name: str, text: str, *pages: str, turn: TurnFacts | None = None, **options: object) -> tuple[str, ...]:
    shown: list[Passage] = [passage(page, DESK.pages[page].body) for page in pages]
    facts = Facts(shown, {}, PatternScrubber(), turn or TurnFacts())
    return step(name, **options)(Draft(text), facts).findings


def test_promises_that_nothing_supports_are_found() -> None:
    said = lines("promises.txt")
    missed = [text for text in said if not found("promises", text, *SIX)]
    assert len(said) >= 120
    assert len(missed) <= 0.05 * len(said), missed


@pytest.mark.parametrize("name", ["promises", "tone", "schema"])
def test_ordinary_replies_pass(name: str) -> None:
    said = lines("ordinary.txt")
    alarms = [text for text in said if found(name, text, *DESK.pages)]
    assert len(alarms) <= 0.01 * len(said), alarms


DONE = TurnFacts(done=(("cancel_order", '{"order_id": "10482", "status": "cancelled"}'),))
SEEN = TurnFacts(results=('{"order_id": "10640", "status": "cancelled"}',))
BEFORE = TurnFacts(before=("cancel order (order id 10482) = status cancelled",))


@pytest.mark.parametrize(
    ("text", "turn", "codes"),
    [
        ("I've cancelled order 10482.", DONE, ()),
        ("I've cancelled order 10482.", TurnFacts(), ("promise:claim",)),
        ("I've cancelled order 10482.", SEEN, ("promise:claim",)),
        ("Order 10640 was cancelled.", SEEN, ()),
        ("Order 10482 was cancelled.", SEEN, ("promise:claim",)),
        ("I've cancelled order 10482 earlier.", BEFORE, ()),
        ("I've cancelled order 10915 as well.", BEFORE, ("promise:claim",)),
        ("I've refunded you.", TurnFacts(done=(("update_shipping_address", "{}"),)), ("promise:claim",)),
        ("A colleague will call you.", TurnFacts(ticket=True), ()),
        ("I will refund you 50 EUR.", TurnFacts(asked="You promised to refund 50 EUR"), ("promise:refund",)),
    ],
    ids=[
        "done by a tool",
        "not done",
        "another order was read",
        "as read",
        "another order",
        "done earlier",
        "done earlier to another order",
        "another thing was done",
        "a ticket was opened",
        "the customer says so",
    ],
)
def test_claims_rest_on_what_was_done(text: str, turn: TurnFacts, codes: tuple[str, ...]) -> None:
    assert found("promises", text, turn=turn) == codes


def test_a_desk_allows_and_denies_phrases() -> None:
    assert found("promises", "We will send you a voucher.", allow=["send ... voucher"]) == ()
    assert found("promises", "Best price ever.", deny=["best price"]) == ("promise:denied",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You are an idiot.", "tone:insult"),
        ("Sie sind so dumm.", "tone:insult"),
        ("Vous êtes stupide.", "tone:insult"),
        ("What a stupid question.", "tone:insult"),
        ("Where the fuck is it.", "tone:profanity"),
        ("So ein Scheiß.", "tone:profanity"),
        ("C'est de la merde.", "tone:profanity"),
        ("Boo hoo, cry me a river.", "tone:sarcasm"),
        ("Not my problem.", "tone:sarcasm"),
        ("That is your own fault.", "tone:blame"),
        ("You should have read the terms.", "tone:blame"),
        ("Calm down please.", "tone:blame"),
        ("As an AI language model, I cannot feel.", "tone:ai"),
        ("My training data ends in 2023.", "tone:ai"),
        ("My instructions do not let me say so.", "tone:rules"),
        ("It says so in the pages provided.", "tone:rules"),
        ("READ THE TERMS AND CONDITIONS!", "tone:shouting"),
        ("Really?!?! Wow!!!", "tone:shouting"),
    ],
)
def test_a_tone_that_is_not_the_desks(text: str, code: str) -> None:
    assert code in found("tone", text)


def test_an_assistant_may_say_what_it_is_and_name_abbreviations() -> None:
    assert found("tone", "I'm a virtual assistant, an AI, not a person. Prices are in EUR, GBP or USD.") == ()


def test_the_desks_own_phrases() -> None:
    assert found("tone", "That is a cheap lamp.", never_say=["cheap*"]) == ("tone:never_say",)
    draft = step("instead", words={"cheap": "affordable"})(
        Draft("Cheap, really cheap."), Facts([], {}, PatternScrubber())
    )
    assert (draft.text, draft.findings) == ("Affordable, really affordable.", ("tone:replaced",))


def test_a_long_reply_ends_with_a_sentence_that_fits() -> None:
    draft = step("length", characters=25)(Draft("One sentence. Another one. Third."), Facts([], {}, PatternScrubber()))
    assert (draft.text, draft.findings) == ("One sentence.", ("tone:length",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"name": "get_order", "arguments": {}}', "json"),
        ("Sure: {'order_id': '10482'}", "json"),
        ('[{"a": 1}]', "json"),
        ("<tool_call>get_order</tool_call>", "call"),
        ("[TOOL_CALLS] cancel", "call"),
        ('get_order(order_id="10482")', "call"),
        ("Action: get_order\nObservation: none", "call"),
        ("[INST] hello [/INST]", "role"),
        ("<|im_start|>assistant", "role"),
        ("<think>hm</think> Hello", "role"),
        ("Assistant: Hello", "role"),
        ("**User:** hi", "role"),
        ("```python\nprint()\n```", "code"),
        ("Dear {{ name }}, hello", "template"),
        ("Dear [insert name here], hello", "template"),
        ("Dear {customer_name}, hello", "template"),
    ],
)
def test_what_is_for_programs_is_no_reply(text: str, code: str) -> None:
    assert f"schema:{code}" in found("schema", text)
    assert f"schema:{code}" not in found("schema", text, allow=[code])


def test_triggers_get_the_desks_words() -> None:
    rows = [line.split("|", 1) for line in lines("triggers.txt")]
    missed = [text for topic, text in rows if found("topics", "x", turn=TurnFacts(asked=text)) != (f"topic:{topic}",)]
    assert len(rows) >= 60
    assert missed == []


def test_near_misses_do_not() -> None:
    said = lines("near_misses.txt")
    alarms = [text for text in said if found("topics", "x", turn=TurnFacts(asked=text))]
    assert len(said) >= 200
    assert alarms == []


def test_a_topics_wording_is_word_for_word_and_a_tickets_notice_follows_it() -> None:
    say = DESK.config.review.topics["press"].say.replace("{business}", "Fernhill Home")
    made = step("topics")
    facts = Facts([], {}, PatternScrubber(), TurnFacts(asked="I'm a journalist"))
    assert made(Draft("Hello!"), facts).text == say
    noticed = Facts([], {}, PatternScrubber(), TurnFacts(asked="I'm a journalist", stage="handoff"))
    assert made(Draft("Your ticket is T-1."), noticed).text == f"{say}\n\nYour ticket is T-1."


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("controls", {"x": 1}),
        ("promises", {"allow": "all"}),
        ("promises", {"deny": ["..."]}),
        ("schema", {"allow": ["xml"]}),
        ("length", {"characters": 0}),
        ("instead", {"words": ["a"]}),
    ],
)
def test_faulty_options_are_named(name: str, options: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError):
        step(name, **options)
