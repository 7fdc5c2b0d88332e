"""Arguments from the conversation: one row per way that customers say things."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from frontdesk.models.keyless import KeylessChatModel
from frontdesk.models.keyless.spans import find
from tests.models.keyless.conftest import ADDRESS, ORDER_ID, REASON, TOOLS, Ask, definitions

ASK_ORDER, ASK_ADDRESS, ASK_REASON = ORDER_ID["x-ask"], ADDRESS["x-ask"], REASON["x-ask"]


def used(name: str, content: str, **arguments: Any) -> list[AIMessage | ToolMessage]:
    return [
        AIMessage("", tool_calls=[{"name": name, "args": arguments, "id": "c1"}]),
        ToolMessage(content, tool_call_id="c1"),
    ]


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("cancel order 10482", "10482"),  # plain
        ("Cancel #10482!", "10482"),  # sign
        ("no, 10483 not 10482", "10483"),  # correction, new first
        ("not 10482 but 10483", "10483"),  # correction, old first
        ("10483 instead of 10482", "10483"),  # instead
        ("cancel 10482, sorry I meant 10483", "10483"),  # slip
        ("cancel my order number: 10482, bought 20240 years ago", "10482"),  # cue beats shape
        ("please cancel 10482 10482", "10482"),  # said twice
    ],
)
def test_an_order_number_is_read(ask: Ask, said: str, order: str) -> None:
    answer = ask(said, tools=["cancel_order"])
    assert [(c["name"], c["args"]) for c in answer.tool_calls] == [("cancel_order", {"order_id": order})]


@pytest.mark.parametrize(
    "said",
    [
        "cancel my order",  # none
        "cancel order 1048",  # too short
        "cancel order 104823",  # too long
        "cancel C-10482",  # another kind of number
        "cancel not 10482",  # withdrawn
    ],
)
def test_a_number_that_is_not_there_is_asked_for(ask: Ask, said: str) -> None:
    answer = ask(said, tools=["cancel_order"])
    assert not answer.tool_calls
    assert answer.text.endswith(ASK_ORDER)


def test_two_numbers_are_never_chosen_between(ask: Ask) -> None:
    answer = ask("cancel 10482 and 10483", tools=["cancel_order"])
    assert not answer.tool_calls
    assert answer.text == "One at a time, please: 10482 or 10483?"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("I want to change order 10482 to 5 Elm Road, Bristol", "5 Elm Road, Bristol"),  # two cues "to"
        ("change 10482 to 5 Elm Road, next to the church, Bristol please", "5 Elm Road, next to the church, Bristol"),
        ("send order 10482 to Flat 2, 7 High Street, Leeds instead of home", "Flat 2, 7 High Street, Leeds"),  # instead
        ("change #10482 to <ADDRESS_1>", "<ADDRESS_1>"),  # masked
        ("deliver it to 5 Elm Road, Bristol for order 10482", "5 Elm Road, Bristol"),  # order behind
        (
            "the new address is 12 Mill Lane, 40213 Düsseldorf, order 10482",
            "12 Mill Lane, 40213 Düsseldorf",
        ),  # postcode
        ("change the address of 10482: 44 Castle Terrace, Edinburgh EH1 2EN", "44 Castle Terrace, Edinburgh EH1 2EN"),
        ("new address for 10482 - Flat 2, 7 Mill Lane, York", "Flat 2, 7 Mill Lane, York"),  # no cue
        ("order 10482 to elm cottage, church lane, bristol", "elm cottage, church lane, bristol"),  # lower case
    ],
)
def test_an_address_is_read_beside_the_number(ask: Ask, said: str, address: str) -> None:
    answer = ask(said, tools=["change_address"])
    assert [c["args"] for c in answer.tool_calls] == [{"order_id": "10482", "address": address}]


@pytest.mark.parametrize(
    "said",
    [
        "I want to change the address of order 10482",  # a verb after "to"
        "change the address of order 10482 to my new one",  # no place
    ],
)
def test_no_address_is_made_of_other_words(ask: Ask, said: str) -> None:
    assert ask(said, tools=["change_address"]).text == ASK_ADDRESS


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("return order 10482, it is broken", "faulty"),  # synonym
        ("return 10482 because it does not work", "faulty"),  # phrase
        ("return 10482, it came late", "too_late"),  # longest phrase
        ("return 10482: too late", "too_late"),  # the value itself
    ],
)
def test_a_closed_list_is_read_by_its_words(ask: Ask, said: str, reason: str) -> None:
    assert ask(said, tools=["return_order"]).tool_calls[0]["args"] == {"order_id": "10482", "reason": reason}


def test_a_negated_word_is_no_value(ask: Ask) -> None:
    assert ask("return 10482, it is not broken", tools=["return_order"]).text == ASK_REASON


def test_slots_are_collected_over_turns(ask: Ask) -> None:
    talk: list[Any] = ["I want to return something"]
    expected = [ASK_ORDER, ASK_REASON]
    for said, question in zip(["10482", "it's broken"], expected, strict=True):
        answer = ask(*talk, tools=["return_order"])
        assert answer.text == question
        talk += [answer, said]
    assert ask(*talk, tools=["return_order"]).tool_calls[0]["args"] == {"order_id": "10482", "reason": "faulty"}


def test_a_whole_answer_counts_as_the_value(ask: Ask) -> None:
    talk = ["change the address of 10482", AIMessage(str(ASK_ADDRESS)), "it's Rose Cottage Lower Farm, thanks"]
    assert ask(*talk, tools=["change_address"]).tool_calls[0]["args"]["address"] == "Rose Cottage Lower Farm"


def test_an_answer_without_a_value_is_asked_again(ask: Ask) -> None:
    answer = ask("cancel my order", AIMessage(str(ASK_ORDER)), "hmm, 123", tools=["cancel_order"])
    assert answer.text == f"I could not find that in your message. {ASK_ORDER}"


def test_an_optional_value_needs_clear_words(ask: Ask) -> None:
    assert ask("show my 3 orders", tools=["list_orders"]).tool_calls[0]["args"] == {}
    assert ask("show my cancelled orders", tools=["list_orders"]).tool_calls[0]["args"] == {"status": "cancelled"}


@pytest.mark.parametrize(
    ("latest", "calls"),
    [
        ("cancel my order", []),  # 10482 is done; "my order" is another one
        ("cancel it again", [{"order_id": "10482"}]),  # meant
        ("cancel the other one", []),  # another one
    ],
)
def test_a_number_that_was_dealt_with_is_not_used_again(ask: Ask, latest: str, calls: list[dict[str, str]]) -> None:
    done = used("cancel_order", '{"order_id": "10482"}', order_id="10482")
    answer = ask("cancel 10482", *done, AIMessage("Order 10482 is cancelled."), latest, tools=["cancel_order"])
    assert [call["args"] for call in answer.tool_calls] == calls


def test_a_number_said_for_another_tool_is_used(ask: Ask) -> None:
    shown = used("get_order", '{"order_id": "10482"}', order_id="10482")
    answer = ask("where is 10482", *shown, AIMessage("It is on its way."), "cancel it", tools=["cancel_order"])
    assert answer.tool_calls[0]["args"] == {"order_id": "10482"}


@pytest.mark.parametrize(
    ("latest", "found"),
    [("cancel my order", True), ("I want to cancel an order", False), ("cancel another order", False)],
)
def test_an_earlier_number_counts_only_when_it_is_meant(ask: Ask, latest: str, found: bool) -> None:
    answer = ask("my 10482 looks lovely", AIMessage("Good to hear."), latest, tools=["cancel_order"])
    assert bool(answer.tool_calls) is found


def test_an_optional_value_is_not_taken_from_another_request(ask: Ask) -> None:
    talk = ["show cancelled orders", AIMessage("Do you mean your past orders?"), "yes"]
    assert ask(*talk, tools=["list_orders"]).tool_calls[0]["args"] == {}
    assert ask("cancel my orders", tools=["list_orders"]).tool_calls[0]["args"] == {}


@pytest.mark.parametrize(
    ("said", "item"),
    [("the floor lamp", "floor lamp"), ("it's the rug", "rug"), ("because it is too heavy", ""), ("no idea", "")],
)
def test_an_answer_that_fits_another_gap_fills_it(ask: Ask, said: str, item: str) -> None:
    talk = ["return 10482", AIMessage(str(ASK_REASON)), said]
    again = ask(*talk, tools=["return_order"])
    assert again.text == (ASK_REASON if item else f"Sorry, I did not quite get that. {ASK_REASON}")
    arguments = ask(*talk, again, "it is broken", tools=["return_order"]).tool_calls[0]["args"]
    assert arguments == {"order_id": "10482", "reason": "faulty"} | ({"item": item} if item else {})


def test_a_refused_number_stays_while_the_task_goes_on(ask: Ask) -> None:
    refused = used(
        "return_order", "More than one item. Which item is it? A name is enough.", order_id="10482", reason="faulty"
    )
    question = AIMessage("More than one item. Which item is it? A name is enough.")
    answer = ask("return 10482, broken", *refused, question, "the floor lamp", tools=["return_order"])
    assert answer.tool_calls[0]["args"] == {"order_id": "10482", "item": "floor lamp", "reason": "faulty"}


@pytest.mark.parametrize(
    ("latest", "order"),
    [("the second one", "10483"), ("first", "10482"), ("10484", "10484")],  # ordinal, bare ordinal, number
)
def test_the_customer_may_point_at_a_list(ask: Ask, latest: str, order: str) -> None:
    listed = used("list_orders", '{"orders": [{"order_id": "10482"}, {"order_id": "10483"}]}')
    answer = ask("cancel my order", *listed, AIMessage(f"Your orders … {ASK_ORDER}"), latest, tools=["cancel_order"])
    assert answer.tool_calls[0]["args"] == {"order_id": order}


@pytest.mark.parametrize("word", ["to ", "10482 ", "order ", "to 5, ", "broken ", " ", "not "])
def test_a_message_made_to_be_slow_is_read_in_time(ask: Ask, word: str) -> None:
    started = time.perf_counter()
    ask(word * (8000 // len(word)) + "x", tools=["change_address", "return_order"])
    assert time.perf_counter() - started < 0.5


@given(said=st.lists(st.text(max_size=60), min_size=1, max_size=4), answered=st.booleans())
def test_no_words_make_it_fail(said: list[str], answered: bool) -> None:
    bound = KeylessChatModel(TOOLS).bind_tools(definitions(*TOOLS))
    talk: list[Any] = []
    for text in said:
        talk += [HumanMessage(text), AIMessage(str(ASK_ADDRESS if answered else ASK_ORDER))]
    answer = bound.invoke(talk[:-1])
    assert answer.tool_calls or answer.text


@pytest.mark.parametrize(
    ("said", "found"),
    [
        pytest.param("to <IBAN_1> please", ["<IBAN_1>"], id="of its kind"),
        pytest.param("to DE89370400440532013000", ["DE89370400440532013000"], id="in clear"),
        pytest.param("to <EMAIL_1>", [], id="of another kind"),
        pytest.param("to <iban_1>", [], id="no placeholder of ours"),
    ],
)
def test_a_placeholder_stands_where_its_kind_may(said: str, found: list[str]) -> None:
    spec = {"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", "x-personal": "IBAN"}
    spans = find(said, "iban", spec, answer=False, strict=False)
    assert [span.value for span in spans] == found
