"""RecallNode: what it searches for, whom it remembers, and what it does when a part fails."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.identity import Principal
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import DeskState, Passage, Route, Task
from frontdesk.nodes.recall.node import RecallNode
from tests.support.consents import remembering
from tests.support.deps import deps_with, tiny_desk

CANCEL = Intent(
    name="cancel_order", title="cancel an order", description="For tests.", utterances=["a", "b"], pages=["cancel"]
)
RETURN = Intent(
    name="return_item", title="return it", description="For tests.", utterances=["a", "b"], pages=["returns"]
)
TASK = Task(intent="cancel_order", turns=1, started=0)
ANNA = Principal("C-1", "shop")
THREAD: dict[str, Any] = {"configurable": {"principal": ANNA, "thread_id": "0" * 32}}


@dataclass
class Recorder:
    """Knowledge that finds something only for queries that hold ``covers``."""

    covers: str = ""
    asked: list[tuple[str, tuple[str, ...], bool]] = field(default_factory=list)

    async def search(self, query: str, *, signed_in: bool, prefer: Sequence[str] = (), limit: int = 3) -> list[Passage]:
        self.asked.append((query, tuple(prefer), signed_in))
        hit = Passage(page="cancel", title="Cancel", url="", text="text", score=1.0)
        return [hit] if self.covers in query else []


@dataclass
class FixedRouter:
    """Always the same intent."""

    confidence: float = 0.0

    async def route(self, text: str) -> Route:
        return Route(intent="return_item", confidence=self.confidence, accepted=False, alternatives=[])


class Broken:
    """Fails with the customer's words in its error."""

    async def search(self, query: str, **_: Any) -> list[Passage]:
        raise RuntimeError(query)


class BrokenArchive:
    """Fails with the customer's name or words in its error."""

    async def search(self, principal: Principal, query: str, **_: Any) -> list[Memory]:
        raise ConnectionError(principal.subject, query)

    async def recent(self, principal: Principal, limit: int = 3) -> list[str]:
        raise ConnectionError(principal.subject)

    async def add(self, principal: Principal, thread_id: str, episode: str) -> None:
        raise ConnectionError(episode)


def node(knowledge: Any, archive: Any = None, confidence: float = 0.0) -> RecallNode:
    """A node over a desk of two intents."""
    desk = tiny_desk(intents=[CANCEL, RETURN])
    return RecallNode(
        deps_with(desk, knowledge=knowledge, archive=archive or remembering(), router=FixedRouter(confidence))
    )


def said(*texts: str, task: Task | None = None) -> DeskState:
    """A conversation of the customer's messages, each but the last answered."""
    messages = [message for text in texts for message in (HumanMessage(text), AIMessage("answer"))]
    return DeskState(messages=messages[:-1], task=task)


@pytest.mark.parametrize(
    ("what", "state", "queries"),
    [
        ("alone", said("how do I return my new sofa table"), ["how do I return my new sofa table"]),
        ("short in a task", said("a", "10482", task=TASK), ["10482", "10482 cancel an order"]),
        ("long in a task", said("a b c d e f g", task=TASK), ["a b c d e f g"]),
        (
            "elliptic",
            said("what does delivery cost", "and to Cork?"),
            ["and to Cork?", "and to Cork? what does delivery cost"],
        ),
        ("short but complete", said("what does delivery cost", "opening hours"), ["opening hours"]),
        ("a first short one", said("and lamps?"), ["and lamps?"]),
        ("a task of an intent that is gone", said("10482", task=Task(intent="old", turns=1, started=0)), ["10482"]),
    ],
)
async def test_queries(what: str, state: DeskState, queries: list[str]) -> None:
    knowledge = Recorder(covers="nothing does")
    update = await node(knowledge)(state, {})
    assert [query for query, _, _ in knowledge.asked] == queries, what
    assert update["note"] == "uncovered"


async def test_the_first_query_that_finds_something_ends_the_search() -> None:
    knowledge = Recorder()
    update = await node(knowledge)(said("10482", task=TASK), {})
    assert len(knowledge.asked) == 1
    assert update["recall"]["passages"][0]["page"] == "cancel"
    assert update["note"] == "covered"


@pytest.mark.parametrize(
    ("what", "confidence", "task", "prefer"),
    [
        ("likely intent", 0.3, None, ("returns",)),
        ("unlikely intent", 0.2, None, ()),
        ("task", 0.2, TASK, ("cancel",)),
        ("both", 0.9, TASK, ("returns", "cancel")),
    ],
)
async def test_preferred_pages(what: str, confidence: float, task: Task | None, prefer: tuple[str, ...]) -> None:
    knowledge = Recorder()
    await node(knowledge, confidence=confidence)(said("some words", task=task), {})
    assert knowledge.asked[0][1] == prefer, what


@pytest.mark.parametrize(
    ("principal", "signed_in"), [(ANNA, True), (Principal(), False)], ids=["customer", "anonymous"]
)
async def test_the_search_knows_whether_the_caller_is_signed_in(principal: Principal, signed_in: bool) -> None:
    knowledge = Recorder()
    await node(knowledge)(said("words"), {"configurable": {"principal": principal}})
    assert knowledge.asked[0][2] is signed_in


async def test_episodes_of_this_customer() -> None:
    archive = remembering()
    await archive.add(ANNA, "t1", "cancelled something")
    await archive.add(Principal("C-2", "shop"), "t2", "foreign")
    update = await node(Recorder(), archive)(said("hello"), THREAD)
    assert update["recall"]["episodes"] == ["cancelled something"]


async def test_the_stateless_mode_does_not_touch_the_archive() -> None:
    update = await node(Recorder(), BrokenArchive())(said("hello"), {"configurable": {"principal": ANNA}})
    assert update["recall"]["episodes"] == []
    assert update["note"] == "covered"


@pytest.mark.parametrize(
    ("what", "knowledge", "archive", "passages"),
    [
        ("archive", Recorder(), BrokenArchive(), 1),
        ("search", Broken(), remembering(), 0),
        ("both", Broken(), BrokenArchive(), 0),
    ],
)
async def test_a_failing_part(
    what: str, knowledge: Any, archive: Any, passages: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        update = await node(knowledge, archive)(said("my secret words"), THREAD)
    assert update["note"] == "partial", what
    assert (len(update["recall"]["passages"]), update["recall"]["episodes"]) == (passages, [])
    assert "secret" not in caplog.text
    assert "C-1" not in caplog.text
