"""What a request among several is shown of the conversation, and the one reply."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from frontdesk.desk.texts import Texts
from frontdesk.graph.edges import after_review
from frontdesk.graph.state import DeskState, Part, Task
from frontdesk.nodes.act.current import current
from frontdesk.nodes.requests import (
    as_asked,
    before,
    checked_first,
    goes_on,
    joined,
    request_in_hand,
    said_so_far,
    served_part,
)
from frontdesk.tools.contract import Connector, ToolContract

WHOLE = "cancel 10482 and also return the rug from 10377"
FIRST, SECOND = "cancel 10482", "return the rug from 10377"


def task(text: str = "", started: int = 0, message: str = "h1") -> Task:
    made = Task(intent="cancel", turns=1, started=started)
    return Task(**{**made, "text": text, "message": message}) if text else made


def state(*messages: Any, **more: Any) -> DeskState:
    turn = {"id": "t", "index": 0, "placeholders": {}, "messages": ["h1"]}
    given: Any = {"messages": list(messages), "turn": turn, "status": "answered", "path": [], **more}
    return cast("DeskState", given)


def texts(found: Any) -> list[tuple[str, str]]:
    return [(message.type, message.text) for message in found]


def test_the_first_request_is_shown_without_the_second() -> None:
    given = state(HumanMessage(WHOLE, id="h1"), task=task(FIRST), waiting=[task(SECOND)])
    assert texts(as_asked(given)) == [("human", FIRST)]


def test_a_first_request_without_a_task_too() -> None:
    given = state(HumanMessage(WHOLE, id="h1"), task=None, waiting=[task(SECOND)])
    assert texts(as_asked(given)) == [("human", FIRST)]


def test_the_second_stands_behind_the_answer_to_the_first() -> None:
    part = Part(said="Done.", then=SECOND, message="h1", after="t1", intent="cancel", pages=[])
    call = AIMessage("", tool_calls=[{"name": "x", "args": {}, "id": "c"}], id="a1")
    given = state(HumanMessage(WHOLE, id="h1"), call, ToolMessage("{}", tool_call_id="c", id="t1"), parts=[part])
    assert texts(as_asked(given)) == [("human", FIRST), ("ai", ""), ("tool", "{}"), ("ai", "Done."), ("human", SECOND)]
    assert request_in_hand(given) == SECOND


def test_what_waited_is_shown_alone_in_later_turns() -> None:
    given = state(
        HumanMessage(WHOLE, id="h0"),
        AIMessage("Which reason?", id="a0"),
        HumanMessage("too big", id="h1"),
        task=task(SECOND, message="h0"),
    )
    assert texts(as_asked(given))[0] == ("human", SECOND)


def test_only_the_message_that_made_several_requests_is_cut() -> None:
    """What repeats the words of a request says something else with them: here that it is not wanted."""
    others = ["where is 10377?", "no, please do not cancel 10482 at all", "10377"]
    for words, kept in ((FIRST, [task()]), (SECOND, [task(FIRST)])):
        messages = [HumanMessage(WHOLE, id="h1"), *(HumanMessage(text, id=f"o{n}") for n, text in enumerate(others))]
        given = state(*messages, task=task(words), waiting=[*kept, task("10377", message="h1")])
        assert [text for _, text in texts(as_asked(given))][1:] == others


def test_a_part_of_a_number_is_no_request() -> None:
    given = state(HumanMessage("cancel 103775 and 10377", id="h1"), task=None, waiting=[task("10377")])
    assert texts(as_asked(given)) == [("human", "cancel 103775")]


def test_the_state_itself_is_left_alone() -> None:
    given = state(HumanMessage(WHOLE, id="h1"), task=task(FIRST), waiting=[task(SECOND)])
    as_asked(given)
    assert given["messages"][0].text == WHOLE


def test_one_request_is_shown_as_it_was_sent() -> None:
    given = state(HumanMessage(WHOLE, id="h1"), task=task())
    assert as_asked(given) == given["messages"]


def test_a_number_of_one_request_authorises_no_silent_write_of_another() -> None:
    contract = ToolContract(
        name="note_it",
        description="Writes without asking.",
        effect="write",
        input={"type": "object", "properties": {"order_id": {"type": "string", "pattern": "^[0-9]{5}$"}}},
        output={"type": "object"},
        connector=Connector(kind="python"),
    )
    given = state(HumanMessage(WHOLE, id="h1"), task=task(FIRST), waiting=[task(SECOND)])
    said = current(as_asked(given), contract, date(2026, 1, 1))
    assert said.has_value("10482")
    assert not said.has_value("10377")
    part = Part(said="Done.", then=SECOND, message="h1", after="h1", intent="cancel", pages=[])
    later = current(as_asked(state(HumanMessage(WHOLE, id="h1"), parts=[part])), contract, date(2026, 1, 1))
    assert later.has_value("10377")
    assert not later.has_value("10482")


@pytest.mark.parametrize(
    ("answer", "changes", "expected"),
    [
        ("It is shipped.", {}, True),
        ("Which order?", {}, False),
        ("It is shipped.", {"waiting": []}, False),
        ("It is shipped.", {"proposal": {"id": "p"}}, False),
        ("It is shipped.", {"ticket": {"id": "t"}}, False),
        ("It is shipped.", {"status": "confirm"}, False),
        ("It is shipped.", {"attempts": 3}, True),
        ("It is shipped.", {"attempts": 4}, False),
        ("What else?", {"status": "clarify", "decision": {"reasons": ["task:dropped"]}}, True),
        ("What else?", {"status": "clarify", "decision": {"reasons": ["route:unclear"]}}, False),
    ],
    ids=["settled", "asks", "nothing waits", "a yes is due", "a person", "confirm", "calls left", "none left", "given up", "unclear"],
)  # fmt: skip
def test_when_the_next_request_is_due(answer: str, changes: dict[str, Any], expected: bool) -> None:
    given = state(HumanMessage(WHOLE, id="h1"), AIMessage(answer, id="a"), **{"waiting": [task(SECOND)], **changes})
    assert goes_on(given, 6) is expected


def test_the_reply_is_joined() -> None:
    decided = {"intent": "cancel", "stage": "respond", "tier": "fast", "reasons": [], "answer": ""}
    recall = {"passages": [{"page": "returns", "title": "", "url": "", "text": "", "score": 1.0}] * 2, "episodes": []}
    given = state(HumanMessage(WHOLE, id="h1"), AIMessage("Shipped.", id="a"), decision=decided, recall=recall)
    part, answer = served_part(given, task(SECOND), "Now to your other request.", "Shipped.")
    assert part == {
        "said": "Shipped.\n\nNow to your other request.",
        "then": SECOND,
        "message": "h1",
        "after": "h1",
        "intent": "cancel",
        "pages": ["returns"],
    }
    assert answer is not None
    assert answer.id == "a"
    after = state(HumanMessage(WHOLE, id="h1"), parts=[part])
    assert before(after) == "Shipped.\n\nNow to your other request.\n\n"
    assert joined(after, "Here it is.", Texts()) == "Shipped.\n\nNow to your other request.\n\nHere it is."


@pytest.mark.parametrize(
    ("changes", "stateful", "promised"),
    [
        ({"waiting": [task(SECOND)]}, True, True),
        ({"waiting": [task(SECOND)]}, False, False),
        ({"waiting": [task(SECOND, started=5)]}, True, False),
        ({"waiting": [task(SECOND)], "status": "refused"}, True, False),
    ],
    ids=["put off now", "no thread", "put off before", "refused"],
)
def test_what_is_put_off_is_said_once(changes: dict[str, Any], stateful: bool, promised: bool) -> None:
    said = joined(state(HumanMessage(WHOLE, id="h1"), **changes), "Which order?", Texts(), stateful=stateful)
    assert (Texts().later in said) is promised


def walked(*notes: tuple[str, str], **more: Any) -> DeskState:
    path = [{"stage": stage, "ms": 1.0, "note": note} for stage, note in notes]
    return state(HumanMessage(WHOLE, id="h1"), AIMessage("Shipped.", id="a"), waiting=[task(SECOND)], path=path, **more)


@pytest.mark.parametrize(
    ("path", "changes", "expected"),
    [
        ([("respond", "openai:any")], {}, True),
        ([("respond", "openai:any"), ("review", "clean")], {}, True),
        ([("respond", "keyless")], {}, False),
        ([("respond", "topic"), ("review", "topic:x")], {}, False),
        ([("clarify", "")], {}, False),
        ([("respond", "openai:any")], {"attempts": 6}, False),
        ([], {}, False),
    ],
    ids=["draft", "reviewed draft", "keyless", "the desk's own words", "no model", "none due", "nothing ran"],
)
def test_a_draft_is_reviewed_before_another_request(
    path: list[tuple[str, str]], changes: dict[str, Any], expected: bool
) -> None:
    given = walked(*path, **changes)
    assert checked_first(given, 6) is expected
    if path and path[-1][0] == "review":
        assert after_review(given, 6) == ("decide" if expected else "remember")


@pytest.mark.parametrize(
    ("stage", "answer", "expected"),
    [
        ("respond", "Shipped.", (["Hello."], "Shipped.")),
        ("review", "In English.\n\nHello.\n\nShipped.", (["Hello."], "Shipped.")),
        ("review", "I would rather not say.", ([""], "I would rather not say.")),
    ],
    ids=["not reviewed", "reviewed with all before", "replaced with all before"],
)
def test_what_was_said_is_kept_once(stage: str, answer: str, expected: tuple[list[str], str]) -> None:
    part = Part(said="Hello.", then=SECOND, message="h1", after="h1", intent="", pages=[])
    messages = (HumanMessage(WHOLE, id="h1"), AIMessage(answer, id="a"))
    given = state(*messages, parts=[part], path=[{"stage": stage, "ms": 1.0, "note": "clean"}])
    parts, said = said_so_far(given, "In English.\n\n")
    assert ([each["said"] for each in parts], said) == expected
