"""Requests that wait, the answer to a question that names two intents, and what a message did as commands."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.desk.config import DeskConfig, Intent, Routing
from frontdesk.graph.state import Proposal, Route, Segment, Task, Verdict
from frontdesk.nodes.decide.choosing import chosen, pair_of, rejects_all
from frontdesk.nodes.decide.policy import Facts, decide
from frontdesk.nodes.decide.queue import LASTS, MOST, NEXT, RESUMED, next_request
from frontdesk.nodes.route.pieces import MOST as PIECES


def intent(name: str, title: str, *tools: str, handoff: bool = False) -> Intent:
    utterances = ["one of these", "another of these"]
    return Intent(
        name=name, title=title, description="for tests", utterances=utterances, tools=list(tools), handoff=handoff
    )


INTENTS = {
    each.name: each
    for each in (
        intent("cancel", "cancel an order", "cancel_it"),
        intent("give_back", "return an item", "return_it"),
        intent("status", "find out where an order is", "look_up"),
        intent("hours", "find out when we are open"),
        intent("person", "talk to a person", handoff=True),
    )
}
CONFIG = DeskConfig(name="shop", business="Shop")
NOWHERE = Route(intent="", confidence=0.0, accepted=False, alternatives=[])


def task(name: str, **more: Any) -> Task:
    return Task(**{"intent": name, "turns": 1, "started": 0, **more})  # type: ignore[typeddict-item]


def segment(text: str, name: str) -> Segment:
    return Segment(text=text, intent=name, confidence=0.9, accepted=True)


def facts(text: str = "x", **changes: Any) -> Facts:
    given: dict[str, Any] = {
        "text": text,
        "verdict": Verdict(outcome="allow", rules=[], score=0.0),
        "route": NOWHERE,
        "covered": False,
        "task": None,
        "proposal": None,
        "misses": 0,
        "turn": 1,
        "now": 100.0,
        "asked": False,
        "reads": frozenset({"status"}),
        "message": "m",
    }
    return Facts(**{**given, **changes})


TWO = (segment("cancel 1", "cancel"), segment("when are you open", "hours"))


def test_the_first_is_served_and_the_rest_waits() -> None:
    outcome = decide(facts("cancel 1 and when are you open", segments=TWO), CONFIG, INTENTS)
    assert (outcome.decision["stage"], outcome.decision["intent"], outcome.words) == ("respond", "cancel", "cancel 1")
    said = {"started": 1, "message": "m"}
    assert outcome.task == {"intent": "cancel", "turns": 1, "text": "cancel 1", **said}
    assert outcome.waiting == ({"intent": "hours", "turns": 0, "text": "when are you open", **said},)


def test_all_requests_of_the_longest_message_wait() -> None:
    several = tuple(segment(f"cancel number {n}", "cancel") for n in range(PIECES))
    assert len(decide(facts(segments=several), CONFIG, INTENTS).waiting) == PIECES - 1


def test_a_part_of_a_message_is_no_yes_to_a_proposal() -> None:
    """The rest of the message may well say what is wrong with it."""
    parts = (segment("yes, do it", "cancel"), segment("when are you open", "hours"))
    given = facts("yes, do it. When are you open?", segments=parts, proposal=PROPOSAL, task=task("cancel"))
    assert decide(given, CONFIG, INTENTS).decision["reasons"][0] == "proposal:withdrawn"
    whole = decide(_with(given, text="yes, do it", segments=()), CONFIG, INTENTS)
    assert whole.decision["answer"] == "approve"


def test_new_requests_come_before_old_ones_and_only_so_many_wait() -> None:
    old = tuple(task("status", text=str(n)) for n in range(MOST))
    outcome = decide(facts(segments=TWO, waiting=old), CONFIG, INTENTS)
    assert [one.get("text") for one in outcome.waiting] == ["when are you open", *map(str, range(MOST - 1))]


@pytest.mark.parametrize(
    ("changes", "waiting"),
    [
        ({"turn": LASTS - 1}, ["hours"]),
        ({"turn": LASTS}, []),
        ({"verdict": Verdict(outcome="refuse", rules=["r"], score=1.0)}, []),
        ({"route": Route(intent="person", confidence=0.9, accepted=True, alternatives=[])}, []),
        ({"text": "forget everything"}, []),
        ({"text": "never mind", "task": task("cancel")}, ["hours"]),
        ({"text": "never mind"}, []),
    ],
    ids=["in time", "too old", "refused", "a person", "all dropped", "one dropped", "what waits dropped"],
)
def test_how_long_a_request_waits(changes: dict[str, Any], waiting: list[str]) -> None:
    outcome = decide(facts(**{"waiting": (task("hours", text="open?"),), **changes}), CONFIG, INTENTS)
    assert [one["intent"] for one in outcome.waiting] == waiting


def test_words_that_we_asked_for_are_one_answer() -> None:
    broken = (segment("it is broken", "cancel"), segment("the colour is wrong", "give_back"))
    given = facts("it is broken and the colour is wrong", segments=broken, task=task("give_back"), words_asked=True)
    outcome = decide(given, CONFIG, INTENTS)
    assert (outcome.decision["reasons"], outcome.waiting) == (["task:continues"], ())


def test_a_look_up_interrupts_a_change_and_another_change_replaces_it() -> None:
    begun = task("give_back", slots={"order_id": "1"})
    looked = Route(intent="status", confidence=0.9, accepted=True, alternatives=[])
    changed = Route(intent="cancel", confidence=0.9, accepted=True, alternatives=[])
    given = facts("where is my other order?", task=begun, pending=True)
    assert decide(_with(given, route=looked), CONFIG, INTENTS).waiting == (begun,)
    assert decide(_with(given, route=changed), CONFIG, INTENTS).waiting == ()
    assert decide(_with(given, route=looked, text="actually where is my order?"), CONFIG, INTENTS).waiting == ()
    assert decide(_with(given, route=looked, pending=False), CONFIG, INTENTS).waiting == ()


def test_what_was_interrupted_is_offered_with_all_that_was_given() -> None:
    """It was a part of a message once: by these words it would be begun anew."""
    begun = task("give_back", slots={"order_id": "1"}, text="I want to return something", message="h0")
    looked = Route(intent="status", confidence=0.9, accepted=True, alternatives=[])
    outcome = decide(facts("where is my other order?", task=begun, pending=True, route=looked), CONFIG, INTENTS)
    resumed = next_request(outcome.waiting[0], INTENTS, 2)
    assert (resumed.decision["reasons"], (resumed.task or {}).get("slots")) == ([RESUMED], {"order_id": "1"})


def _with(given: Facts, **changes: Any) -> Facts:
    return Facts(**{**{name: getattr(given, name) for name in Facts.__slots__}, **changes})


@pytest.mark.parametrize(
    ("waiting", "stage", "reason", "command"),
    [
        (task("hours", text="open?"), "respond", NEXT, "start"),
        (task("cancel", text="cancel 2"), "respond", NEXT, "start"),
        (task("person", text="a person"), "handoff", "route:asked", "handoff"),
        (task("give_back", slots={"order_id": "1"}), "clarify", RESUMED, "resume"),
    ],
    ids=["page", "tool", "person", "interrupted"],
)
def test_the_next_request(waiting: Task, stage: str, reason: str, command: str) -> None:
    outcome = next_request(waiting, INTENTS, 4)
    assert (outcome.decision["stage"], outcome.decision["reasons"]) == (stage, [reason])
    assert [one["kind"] for one in outcome.commands] == [command]
    assert outcome.words == waiting.get("text", "")


def test_a_bare_yes_takes_up_what_waits() -> None:
    outcome = decide(facts("ok", waiting=(task("hours", text="open?"), task("status", text="where"))), CONFIG, INTENTS)
    assert (outcome.decision["intent"], outcome.words) == ("hours", "open?")
    assert [one["intent"] for one in outcome.waiting] == ["status"]


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("the first", "cancel"),
        ("the second one please", "give_back"),
        ("2", "give_back"),
        ("die zweite", "give_back"),
        ("return it", "give_back"),
        ("I want to cancel", "cancel"),
        ("an order", "cancel"),
        ("hm", ""),
        ("tell me first of all how long I have to wait for it", ""),
    ],
)
def test_the_answer_to_a_question_that_names_two(text: str, picked: str) -> None:
    assert chosen(facts(text, offered=("cancel", "give_back")), INTENTS) == picked


@pytest.mark.parametrize("text", ["neither", "none of these", "no, something else", "keins von beiden", "no"])
def test_neither_is_a_miss(text: str) -> None:
    given = facts(text, asked=True, offered=("cancel", "give_back"), task=task("cancel"))
    outcome = decide(given, CONFIG, INTENTS)
    assert (outcome.decision["reasons"], outcome.task, outcome.misses) == (["clarify:rejected"], None, 1)


def test_more_than_neither_is_not_neither() -> None:
    assert not rejects_all("neither of them arrived on time")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(0.45, 0.4, ("cancel", "give_back")), (0.45, 0.1, ()), (0.0, 0.0, ())],
    ids=["both likely", "one likely", "none"],
)
def test_two_intents_are_named_when_it_is_most_likely_one_of_them(
    first: float, second: float, expected: tuple[str, ...]
) -> None:
    route = Route(intent="cancel", confidence=first, accepted=False, alternatives=[("give_back", second)])
    assert pair_of(route, Routing(), INTENTS) == expected


PROPOSAL = Proposal(id="p", tool="cancel_it", arguments={}, question="?", turn_id="t", expires_at=1e9)


@pytest.mark.parametrize(
    ("changes", "commands"),
    [
        ({"route": Route(intent="cancel", confidence=0.9, accepted=True, alternatives=[])}, [("start", "cancel")]),
        ({"text": "10482", "task": task("cancel")}, [("answer", "cancel")]),
        ({"text": "never mind", "task": task("cancel")}, [("cancel", "cancel")]),
        ({"text": "no", "task": task("cancel"), "proposal": PROPOSAL}, [("cancel", "cancel")]),
        ({"text": "yes", "task": task("cancel"), "proposal": PROPOSAL}, [("answer", "cancel")]),
        ({"text": "the second", "asked": True, "offered": ("cancel", "give_back")}, [("answer", "give_back")]),
        (
            {"route": Route(intent="cancel", confidence=0.4, accepted=False, alternatives=[("give_back", 0.3)])},
            [("clarify", "cancel"), ("clarify", "give_back")],
        ),
        ({"route": Route(intent="person", confidence=0.9, accepted=True, alternatives=[])}, [("handoff", "person")]),
        (
            {"task": task("cancel"), "route": Route(intent="hours", confidence=0.9, accepted=True, alternatives=[])},
            [("digress", "hours")],
        ),
        ({"verdict": Verdict(outcome="refuse", rules=["r"], score=1.0)}, []),
    ],
    ids=["start", "answer", "drop", "no", "yes", "chosen", "clarify", "person", "digression", "refused"],
)
def test_commands(changes: dict[str, Any], commands: list[tuple[str, str]]) -> None:
    text = "tell me about this please"
    outcome = decide(facts(**{"text": text, **changes}), CONFIG, INTENTS)
    assert [(one["kind"], one["intent"]) for one in outcome.commands] == commands


@pytest.mark.parametrize(
    ("name", "unsure", "stage"),
    [
        ("cancel", False, "respond"),
        ("cancel", True, "clarify"),
        ("hours", True, "respond"),
        ("person", True, "handoff"),
    ],
    ids=["sure", "a tool is not called on a guess", "a page may be read", "a person may be called"],
)
def test_an_unsure_request_is_asked_about_when_it_is_due(name: str, unsure: bool, stage: str) -> None:
    waiting = task(name, text="the other thing", message="h", unsure=unsure)
    outcome = next_request(waiting, INTENTS, 3)
    assert (outcome.decision["stage"], outcome.decision["intent"]) == (stage, name)
    if stage == "clarify":
        assert outcome.task == task(name, started=3, text="the other thing", message="h")
        assert [dict(command) for command in outcome.commands] == [{"kind": "clarify", "intent": name}]


def test_a_request_below_the_threshold_waits_as_unsure() -> None:
    doubtful = Segment(text="the other thing", intent="cancel", confidence=0.3, accepted=False)
    found = decide(facts("a b", segments=(segment("when do you open", "hours"), doubtful)), CONFIG, INTENTS)
    assert [each.get("unsure", False) for each in found.waiting] == [True]
