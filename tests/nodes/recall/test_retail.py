"""The desk that ships: held-out questions reach the right page when the router helps."""

from __future__ import annotations

from langchain_core.messages import HumanMessage

from frontdesk.desk.load import Desk
from frontdesk.nodes.recall.knowledge import PageSearch
from frontdesk.nodes.recall.node import RecallNode
from frontdesk.nodes.route.router import IntentRouter
from tests.nodes.route.paraphrases import PARAPHRASES
from tests.support.deps import deps_with


async def test_right_page_among_the_passages() -> None:
    desk = Desk.load("retail")
    parts = {
        "knowledge": PageSearch(desk.pages.values()),
        "router": IntentRouter.fit(desk.intents, desk.config.routing),
    }
    node = RecallNode(deps_with(desk, **parts))
    hits: list[bool] = []
    for intent, text in (line.split("|", 1) for line in PARAPHRASES.strip().splitlines()):
        if desk.intents[intent].handoff or intent in {"greeting", "thanks_goodbye"}:
            continue
        recall = (await node({"messages": [HumanMessage(text)]}, {}))["recall"]
        hits.append(bool({passage["page"] for passage in recall["passages"]} & set(desk.intents[intent].pages)))
    assert sum(hits) / len(hits) >= 0.8
