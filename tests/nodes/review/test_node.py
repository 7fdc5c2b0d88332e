"""The stage: which message it reviews, what it replaces, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.desk.config import DeskConfig
from frontdesk.graph.deps import Deps, Reviewed
from frontdesk.graph.identity import Caller
from frontdesk.graph.journal import LogJournal
from frontdesk.graph.state import DeskState, Passage, Recall
from frontdesk.nodes.review.node import ReviewNode
from tests.nodes.review.conftest import passage

CONFIG = DeskConfig(name="desk", business="Fernhill Home")
CALL = {"name": "get_order", "args": {}, "id": "c1"}


class ScriptedReviewer:
    """Answers as it is told, and notes what it was given."""

    def __init__(self, answer: Reviewed | None) -> None:
        self.answer = answer
        self.text = ""
        self.passages: list[Passage] = []
        self.known: Mapping[str, str] = {}

    async def review(
        self, text: str, passages: Sequence[Passage], known: Mapping[str, str], *, turn: object = None
    ) -> Reviewed:
        self.text, self.passages, self.known = text, list(passages), known
        return self.answer or Reviewed(text)


class OneVault:
    """A vault with one value."""

    async def load(self, caller: Caller, *, prolong: bool = True) -> dict[str, str]:
        return {"<EMAIL_1>": "jo@doe.org"}


def bound(answer: Reviewed | None = None) -> tuple[ReviewNode, ScriptedReviewer]:
    reviewer = ScriptedReviewer(answer)
    desk = SimpleNamespace(config=CONFIG, tools={}, intents={})
    deps = SimpleNamespace(
        desk=desk, vault=OneVault(), reviewer=reviewer, principal=None, clock=lambda: 0.0, journal=LogJournal()
    )
    return ReviewNode(cast(Deps, deps)), reviewer


def turn(*messages: AnyMessage, **fields: Any) -> DeskState:
    return cast(DeskState, {"messages": [HumanMessage("where is 10482?", id="h"), *messages], **fields})


async def _reviewed(node: ReviewNode, state: DeskState) -> tuple[AIMessage, str]:
    update = await node(state, {})
    (message,) = update["messages"]
    return message, update["note"]


async def test_the_answer_is_replaced_under_its_id_with_citations() -> None:
    node, reviewer = bound(Reviewed("better", ("returns",), ("link:host",)))

    message, note = await _reviewed(node, turn(AIMessage("worse", id="a", additional_kwargs={"kept": 1})))

    assert (message.id, message.content, note) == ("a", "better", "link:host")
    assert message.additional_kwargs == {"kept": 1, "citations": ["returns"]}
    assert (reviewer.text, reviewer.known) == ("worse", {"<EMAIL_1>": "jo@doe.org"})


async def test_a_clean_reply() -> None:
    message, note = await _reviewed(bound()[0], turn(AIMessage("fine", id="a")))

    assert (message.content, note) == ("fine", "clean")


@pytest.mark.parametrize(
    ("findings", "wording"),
    [(("leak:prompt",), CONFIG.texts.refuse), (("unavailable:links",), CONFIG.texts.unavailable)],
    ids=["leak", "failed step"],
)
async def test_a_blocked_reply_becomes_the_fixed_wording(findings: tuple[str, ...], wording: str) -> None:
    node, _ = bound(Reviewed("the secret", findings=findings, blocked=True))

    message, note = await _reviewed(node, turn(AIMessage("the secret", id="a")))

    assert message.content == wording.replace("{business}", "Fernhill Home")
    assert (message.id, note, message.additional_kwargs["citations"]) == ("a", f"blocked:{findings[0]}", [])


@pytest.mark.parametrize(
    "messages",
    [[], [AIMessage("", id="a")], [AIMessage("", tool_calls=[CALL], id="a"), ToolMessage("{}", tool_call_id="c1")]],
    ids=["no answer", "empty answer", "only a tool call"],
)
async def test_a_turn_without_an_answer_says_so(messages: list[AnyMessage]) -> None:
    message, note = await _reviewed(bound()[0], turn(*messages))

    assert (message.content, note) == (CONFIG.texts.unavailable, "silent")
    assert message.id


async def test_an_answer_with_nothing_left_says_so() -> None:
    message, _ = await _reviewed(bound(Reviewed("  ", findings=("link:image",)))[0], turn(AIMessage("![x](y)", id="a")))

    assert message.content == CONFIG.texts.unavailable


async def test_an_earlier_turns_answer_is_left_alone() -> None:
    state = cast(DeskState, {"messages": [HumanMessage("1"), AIMessage("old", id="old"), HumanMessage("2")]})

    message, note = await _reviewed(bound()[0], state)

    assert (message.id != "old", note) == (True, "silent")


async def test_the_reply_may_rest_on_pages_tools_words_and_memory() -> None:
    node, reviewer = bound()
    state = turn(
        AIMessage("", tool_calls=[CALL]),
        ToolMessage('{"total": 199}', tool_call_id="c1"),
        AIMessage("199 EUR", id="a"),
        recall=Recall(passages=[passage("returns", "30 days")], episodes=["asked for 5 lamps"]),
        summary="bought 7 chairs",
        details=["order 10482"],
        ticket={"id": "T-77", "reason": "asked", "opened_at": 0.0},
    )

    await _reviewed(node, state)

    assert [one["page"] for one in reviewer.passages if one["page"]] == ["returns"]
    evidence = "\n".join(one["text"] for one in reviewer.passages)
    for part in ("30 days", "199", "where is 10482", "5 lamps", "7 chairs", "T-77", "Fernhill Home"):
        assert part in evidence
    assert "199 EUR" not in evidence
