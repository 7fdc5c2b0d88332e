"""What the guards' second tier cost is part of what the turn cost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.metering import NoMeter
from frontdesk.graph.records import Usage
from frontdesk.nodes.remember.node import RememberNode
from tests.nodes.remember.test_node import THREAD, SummaryModel, node, state_of, talk

GUARD = Usage(model="", calls=2, input_tokens=300, output_tokens=20, cached_tokens=40, cost=0.1, failures=[])


class Aside(NoMeter):
    """Has counted two calls of the guard's."""

    def aside(self, caller: Caller) -> Usage | None:
        assert caller.turn_id == "t"
        return GUARD


def counting(models: Any = None, **budgets: int) -> RememberNode:
    deps: Deps = node(models, **budgets).deps
    return RememberNode(replace(deps, meter=Aside()))


@pytest.mark.parametrize("thread", ["0" * 32, ""], ids=["a conversation", "the stateless mode"])
async def test_calls_of_the_guard_are_added(thread: str) -> None:
    config: Any = {"configurable": {**THREAD["configurable"], "thread_id": thread}}
    update = await counting()(state_of([HumanMessage("Where?"), AIMessage("Here.")]), config)
    assert update["usage"] == Usage(
        model="openai:big",
        calls=4,
        input_tokens=310,
        output_tokens=25,
        cached_tokens=40,
        cost=0.1,
        failures=["fast/timeout"],
    )


async def test_a_summary_comes_on_top() -> None:
    update = await counting(SummaryModel(), window_messages=10)(state_of(talk(12)), THREAD)
    assert (update["usage"]["calls"], update["usage"]["input_tokens"]) == (5, 410)
