"""Tier, history and mood over the whole stack of the retail desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from frontdesk import Desk, Principal, Settings, open_desk
from frontdesk.graph.persistence.outcomes import days_until
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply as Said
from frontdesk.testing.replies import call

ANGRY = "this is the third time I ask, you are pathetic! where is my order 10482?"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Any]:
    desk = Desk.load("retail")
    async with open_desk(desk, Settings(home=tmp_path, redis="memory"), principal=_customer(desk)) as opened:
        yield opened


def _customer(desk: Desk) -> Principal:
    assert desk.config.demo is not None
    return Principal(desk.config.demo.subject, desk.config.name, frozenset(desk.config.demo.scopes))


async def test_an_annoyed_customer_is_served_and_offered_a_person_then_handed_over(shop: Any) -> None:
    offer = shop.deps.desk.config.texts.offer
    first = await shop.chat(ANGRY, thread_id="a")
    assert first.status == "answered"
    assert first.text.startswith(offer)
    assert "10482" in first.text
    calm = await shop.chat("and order 10915?", thread_id="a")
    assert (calm.status, offer in calm.text) == ("answered", False)
    second = await shop.chat("it is a disgrace, where is order 10915?", thread_id="a")
    assert second.status == "handoff"
    assert [step["note"] for step in second.timings if step["stage"] == "handoff"] == ["mood"]
    assert offer not in second.text


async def test_after_a_person_the_count_begins_anew(shop: Any) -> None:
    for text in (ANGRY, ANGRY):
        reply = await shop.chat(text, thread_id="a")
    assert reply.status == "handoff"
    await shop.resolve("a")
    again = await shop.chat(ANGRY, thread_id="a")
    assert again.status == "answered"


async def test_an_annoyed_customer_whom_no_intent_serves_gets_a_person_at_once(shop: Any) -> None:
    reply = await shop.chat("aargh what an absolute disgrace, pathetic!!!", thread_id="a")
    assert reply.status == "handoff"


async def test_the_offer_is_in_the_customers_language(tmp_path: Path) -> None:
    desk = Desk.load("retail")
    desk = replace(desk, config=desk.config.model_copy(update={"languages": ["en", "de"]}))
    async with open_desk(desk, Settings(home=tmp_path, redis="memory"), principal=_customer(desk)) as opened:
        reply = await opened.chat("Das ist eine Frechheit! Wo ist meine Bestellung 10482?", thread_id="a")
    assert "Kollegin" in reply.text


async def test_requests_are_counted_as_they_end(shop: Any) -> None:
    for text in ("where is order 10482?", "I want to cancel an order", "never mind"):
        await shop.chat(text, thread_id="a")
    await shop.chat("how long is the warranty on a sofa?", thread_id="b")
    await shop.chat("let me talk to a person", thread_id="b")
    found = await shop.stores.outcomes.counts("retail", days_until(shop.deps.clock(), 2))
    kept = {name: {ending: count for ending, count in counts.items() if count} for name, counts in found.items()}
    assert kept["order_status"] == {"settled": 1}
    assert kept["cancel_order"] == {"dropped": 1}
    assert kept["warranty"] == {"handed": 1}
    assert "talk_to_human" not in kept


class Clumsy(OpenAIServer):
    """Proposes a cancellation of an order that nobody named, then asks; notes who was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.models: list[str] = []

    def reply_to(self, request: Request) -> Said:
        self.models.append(str(request.body["model"]))
        told = any(message["role"] == "tool" for message in request.body["messages"])
        if told or self.models[-1] == "clever":
            return Said(text="Which order is it?")
        return call("cancel_order", order_id="99999")


async def test_a_failed_call_takes_the_task_to_the_reasoning_model_and_it_stays_there(tmp_path: Path) -> None:
    desk = Desk.load("retail")
    async with Clumsy() as server:
        models = desk.config.models.model_copy(
            update={"fast": "openai:quick", "reasoning": "openai:clever", "base_url": server.url}
        )
        named = replace(desk, config=desk.config.model_copy(update={"models": models}))
        settings = Settings(home=tmp_path, redis="memory")
        async with open_desk(named, settings, principal=_customer(desk)) as opened:
            first = await opened.chat("I want to cancel an order", thread_id="a")
            second = await opened.chat("the one with the lamp", thread_id="a")
            facts = await opened.explain("a")
    assert server.models[:2] == ["quick", "clever"]
    assert first.tier == second.tier == "reasoning"
    assert set(server.models[1:]) == {"clever"}
    assert {"tier:failures", "tier:kept"} & set(facts["decision"]["reasons"])
