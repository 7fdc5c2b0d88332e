"""What becomes of a turn whose budget is used up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.graph.deps import Completion
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.journal import LogJournal
from frontdesk.graph.state import DeskState
from frontdesk.graph.verdicts import Fate
from frontdesk.nodes.respond.spent import HANDOFF, at_limit
from tests.support.deps import deps_with, tiny_desk

CALLER = Caller(Principal("C-1042", "shop"), "f" * 32, "turn-1")
ASKED: list[AnyMessage] = [HumanMessage("Where is it?")]
USED: list[AnyMessage] = [
    *ASKED,
    AIMessage("", tool_calls=[{"name": "get_order", "args": {}, "id": "c1"}]),
    ToolMessage("{}", tool_call_id="c1"),
]
EARLIER: list[AnyMessage] = [*USED, AIMessage("On its way."), HumanMessage("And the other one?")]


class Book(LogJournal):
    """Remembers what was written down of replies."""

    def __init__(self) -> None:
        self.lines: list[tuple[Fate, list[str]]] = []

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        self.lines.append((fate, list(codes)))


def state(messages: list[AnyMessage], *reasons: str) -> DeskState:
    decision: Any = {"stage": "respond", "intent": "where", "tier": "fast", "reasons": [*reasons], "answer": ""}
    return DeskState(messages=messages, decision=decision)


def completion(spent: str) -> Completion:
    return Completion(AIMessage("It is."), "keyless" if spent else "openai:x", spent=spent)


WAYS: list[tuple[str, str, list[AnyMessage], dict[str, Any], Fate]] = [
    ("keyless", "keyless", ASKED, {}, "replaced"),
    ("refuse", "refuse", ASKED, {"status": "refused", "note": "spent"}, "replaced"),
    ("a person", "handoff", ASKED, {"status": "handoff", "note": HANDOFF, "messages": []}, "handed_over"),
    ("refuse, after a tool", "refuse", USED, {}, "replaced"),
    ("a person, after a tool", "handoff", USED, {}, "replaced"),
    ("refuse, a tool in an earlier turn", "refuse", EARLIER, {"status": "refused", "note": "spent"}, "replaced"),
]


@pytest.mark.parametrize("level", ["turn", "thread", "principal", "tenant", "unavailable"])
@pytest.mark.parametrize(("way", "messages", "update", "fate"), [row[1:] for row in WAYS], ids=[row[0] for row in WAYS])
async def test_the_desk_says_what_happens(
    way: str, messages: list[AnyMessage], update: dict[str, Any], fate: Fate, level: str
) -> None:
    desk, book = tiny_desk(budgets={"spending": {"at_limit": way}}), Book()
    found = await at_limit(deps_with(desk, journal=book), state(messages, "route:accepted"), CALLER, completion(level))
    assert found["decision"]["reasons"] == ["route:accepted", f"budget:{level}"]
    assert book.lines == [(fate, [f"budget:{level}"])]
    assert {name: value for name, value in found.items() if name in update} == update
    assert set(found) - set(update) == {"decision"} | ({"messages"} if update.get("note") == "spent" else set())
    if update.get("note") == "spent":
        assert [message.text for message in found["messages"]] == [desk.config.texts.spent]


async def test_an_answer_of_a_hosted_model_stands() -> None:
    book = Book()
    assert await at_limit(deps_with(journal=book), state(ASKED), CALLER, completion("")) == {}
    assert book.lines == []


async def test_the_reason_is_named_once() -> None:
    found = await at_limit(deps_with(), state(USED, "budget:turn"), CALLER, completion("turn"))
    assert found["decision"]["reasons"] == ["budget:turn"]
