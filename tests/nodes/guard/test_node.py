"""The stage: which message it judges, and what it writes."""

from __future__ import annotations

from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from frontdesk.graph.deps import Deps
from frontdesk.graph.state import Channel, Verdict
from frontdesk.nodes.guard.node import GuardNode


class Listening:
    """A guard that notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Channel]] = []

    async def check(self, text: str, channel: Channel) -> Verdict:
        self.asked.append((text, channel))
        return Verdict(outcome="raise", rules=["x.rule"], score=0.4)


class Bound:
    """Just the collaborator that this stage uses."""

    def __init__(self) -> None:
        self.guard = Listening()


@pytest.mark.parametrize(
    ("messages", "asked"),
    [
        ([HumanMessage("one")], "one"),
        ([HumanMessage("one"), AIMessage("answer"), HumanMessage("two")], "two"),
        ([HumanMessage([{"type": "text", "text": "in "}, {"type": "text", "text": "blocks"}])], "in blocks"),
    ],
    ids=["first turn", "later turn", "content blocks"],
)
async def test_the_newest_human_message_is_judged(messages: list[AnyMessage], asked: str) -> None:
    bound = Bound()

    update: dict[str, Any] = await GuardNode(cast(Deps, bound))({"messages": messages}, {})

    assert bound.guard.asked == [(asked, "user")]
    assert update == {"verdict": Verdict(outcome="raise", rules=["x.rule"], score=0.4), "note": "raise"}


async def test_without_a_human_message_nobody_is_asked() -> None:
    bound = Bound()

    update = await GuardNode(cast(Deps, bound))({"messages": [AIMessage("hello")]}, {})

    assert (bound.guard.asked, update["note"]) == ([], "allow")
