"""RouteNode: reads this turn's message, survives a router that fails."""

from __future__ import annotations

import logging

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.graph.state import Route
from frontdesk.nodes.route.node import RouteNode
from tests.support.deps import deps_with


class Echo:
    """A router that takes the text for the intent."""

    async def route(self, text: str) -> Route:
        return Route(intent=text, confidence=0.6, accepted=len(text) > 3, alternatives=[])


class Broken:
    """A router that fails with the customer's words in its error."""

    async def route(self, text: str) -> Route:
        raise ValueError(text)


async def test_the_last_customers_message_is_routed() -> None:
    messages = [HumanMessage("first"), AIMessage("answer"), HumanMessage("second"), AIMessage("call")]
    update = await RouteNode(deps_with(router=Echo()))({"messages": messages}, {})
    assert update["route"]["intent"] == "second"
    assert update["note"] == "second"


async def test_an_unaccepted_intent_is_not_noted() -> None:
    update = await RouteNode(deps_with(router=Echo()))({"messages": [HumanMessage("hm")]}, {})
    assert update["note"] == "unaccepted"


async def test_a_failing_router_accepts_nothing_and_logs_no_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        update = await RouteNode(deps_with(router=Broken()))({"messages": [HumanMessage("my secret")]}, {})
    assert update == {
        "route": Route(intent="", confidence=0.0, accepted=False, alternatives=[], language="en", switched=True),
        "note": "unavailable",
    }
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
