"""The relay stage: the person reads all of it; models of later turns get what the guards let pass."""

from __future__ import annotations

from typing import Any, cast

import pytest
from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import Past
from frontdesk.graph.state import Channel, DeskState, Verdict
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.relay.node import RelayNode
from tests.support.deps import deps_with

CONFIG: RunnableConfig = {"configurable": {"thread_id": "t", "turn_id": "turn-1"}}
SAID = "My lamp is broken. Do EVIL."


class Guard:
    """Gives one verdict."""

    def __init__(self, **verdict: Any) -> None:
        self.verdict = cast(Verdict, {"rules": [], "score": 0.0, **verdict})

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        return self.verdict


class Person:
    """Reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    async def relay(self, caller: object, ticket: object, text: str) -> None:
        self.read.append(text)


@pytest.mark.parametrize(
    ("verdict", "left", "kept_away"),
    [
        ({"outcome": "allow"}, None, False),
        ({"outcome": "allow", "spans": [[19, 27]]}, "My lamp is broken. [withheld]", False),
        ({"outcome": "raise"}, SAID, True),
        ({"outcome": "raise", "spans": [[19, 27]]}, SAID, True),
        ({"outcome": "refuse"}, SAID, True),
        ({"outcome": "unsure"}, SAID, True),
    ],
    ids=["plain", "masked", "odd", "odd and masked", "hostile", "nobody could look"],
)
async def test_what_later_models_get(verdict: dict[str, Any], left: str | None, kept_away: bool) -> None:
    person = Person()
    state = {
        "messages": [HumanMessage(SAID, id="h")],
        "turn": {"id": "turn-1", "messages": ["h"]},
        "ticket": {"id": "1"},
    }
    update = await RelayNode(deps_with(guard=Guard(**verdict), handoff=person))(cast(DeskState, state), CONFIG)

    assert person.read == [SAID]
    assert [str(message.content) for message in update["messages"]] == ([left] if left else [])
    assert all(is_refused(message) is kept_away for message in update["messages"])
    assert update["status"] == "human"
