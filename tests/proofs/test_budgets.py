"""Budgets for hosted models, over the whole graph: reached before a call, between two, and in the middle of a stream.

The loopback server ignores the bound that it is told, as some servers do: so what stops an answer here is ourselves.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from frontdesk import FrontDesk, Principal, Reply, RetractEvent, TextEvent, open_desk
from frontdesk.desk.modelling import Price, Spending
from frontdesk.graph.persistence.holdings import kind_of
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from frontdesk.testing.replies import call
from tests.support.small import DEMO, OTHER, SCOPES, settings_for, small_desk

WARRANTY = "My lamp has a two year warranty, is a broken switch covered?"
CANCEL = "Please cancel my order 10482"
ANSWER = "A broken switch is covered for two years [warranty]."
LONG = "A broken switch is covered for two years [warranty]. " + "The warranty lasts two years [warranty]. " * 200
PRICES = {"openai:test": Price(input=1.0, output=4.0, cached=0.1)}
COST = 0.000039
"""What the server's usual answer costs: 11 tokens read, 7 written."""
MUCH = 10**6


@dataclass
class Hosted:
    """A desk whose models live on a loopback server."""

    desk: FrontDesk
    server: OpenAIServer

    async def say(self, text: str, thread: str | None = "t", who: Principal = DEMO) -> Reply:
        return await self.desk.chat(text, thread_id=thread, principal=who)

    async def why(self, thread: str = "t", who: Principal = DEMO) -> list[str]:
        reasons = (await self.desk.explain(thread, principal=who))["decision"]["reasons"]
        return [reason for reason in reasons if reason.startswith("budget:")]


@asynccontextmanager
async def hosted(home: Path, *script: Said, memory: bool = False, then: Said | None = None, **spending: Any) -> AsyncIterator[Hosted]:  # fmt: skip
    importlib.import_module("langchain_openai")
    limits = Spending.model_validate(spending)
    desk = small_desk(budgets={"spending": limits, "turn_seconds": 120.0}, models={"prices": PRICES, "timeout": 60.0})
    more = {"redis": "memory"} if memory else {}
    async with OpenAIServer(script, default=then or Said(ANSWER)) as server:
        settings = settings_for(home, model="openai:test", base_url=server.url, **more)
        async with open_desk(desk, settings, principal=DEMO) as made:
            yield Hosted(made, server)


async def test_a_turn_knows_its_cost_and_the_deployment_its_figures(tmp_path: Path) -> None:
    async with hosted(tmp_path) as hosted_:
        reply = await hosted_.say(WARRANTY)
        assert (reply.text, reply.usage["cost"], reply.usage["cached_tokens"]) == (ANSWER, COST, 0)
        day = [entry async for entry in figures(hosted_.desk)]
        assert [(entry.model, entry.role, entry.intent) for entry in day] == [("openai:test", "fast", "warranty")]
        assert day[0].counts == {"calls": 1, "input": 11, "cached": 0, "output": 7, "nano": 39_000}


async def figures(desk: FrontDesk) -> AsyncIterator[Any]:
    client = desk.stores.client
    assert client is not None
    async for key in client.scan_iter("fd:usage:*"):
        tenant, day = key.decode().split(":")[2:]
        for entry in await desk.stores.spendings.usage(tenant, day):
            yield entry


PLACES = [("thread", False), ("principal", False), ("tenant", False), ("tenant", True)]


@pytest.mark.parametrize(("level", "memory"), PLACES, ids=["thread", "principal", "tenant", "tenant in memory"])
@pytest.mark.parametrize(
    ("at_limit", "status"), [("keyless", "answered"), ("refuse", "refused"), ("handoff", "handoff")]
)
async def test_where_a_budget_is_used_up_the_desk_does_what_it_says(
    tmp_path: Path, level: str, at_limit: str, status: str, memory: bool
) -> None:
    limits = {level: {"cost": COST}, "at_limit": at_limit}
    async with hosted(tmp_path, memory=memory, **limits) as desk:
        # what is left is less than what a prompt costs to read, so not even the first call is made
        reply = await desk.say(WARRANTY)
        assert (reply.status, reply.usage["model"], reply.failed) == (status, "keyless", False)
        assert reply.usage["failures"] == ["fast/spent"]
        assert reply.usage["cost"] == 0.0
        assert desk.server.requests == []
        assert await desk.why() == [f"budget:{level}"]
        texts = desk.desk.rules.texts
        said = {"keyless": "2 years", "refuse": texts.spent, "handoff": "passing you on to a colleague"}[at_limit]
        assert said in reply.text
        assert (reply.ticket is not None) is (at_limit == "handoff")


async def test_the_next_turn_goes_without_once_the_first_one_took_it_all(tmp_path: Path) -> None:
    async with hosted(tmp_path, thread={"tokens": 3000}, answer=500, then=Said(ANSWER, prompt_tokens=2990)) as desk:
        assert (await desk.say(WARRANTY)).usage["model"] == "openai:test"
        assert (await desk.say(WARRANTY)).usage["model"] == "keyless"
        assert await desk.why() == ["budget:thread"]
        assert (await desk.say(WARRANTY, thread="another")).usage["model"] == "openai:test"
        assert len(desk.server.requests) == 2


async def test_others_have_their_own_budget(tmp_path: Path) -> None:
    async with hosted(tmp_path, principal={"tokens": 4000}, answer=500, then=Said(ANSWER, prompt_tokens=3900)) as desk:
        for who, model in ((DEMO, "openai:test"), (DEMO, "keyless"), (OTHER, "openai:test")):
            assert (await desk.say(WARRANTY, thread="t", who=who)).usage["model"] == model
        anonymous = Principal(tenant="retail")
        for thread, model in (("a", "openai:test"), ("a", "keyless"), ("b", "openai:test")):
            assert (await desk.say(WARRANTY, thread=thread, who=anonymous)).usage["model"] == model


async def test_a_tenants_budget_bounds_turns_at_the_same_time(tmp_path: Path) -> None:
    limit = 20_000
    said = Said(ANSWER, prompt_tokens=900, completion_tokens=60)
    async with hosted(tmp_path, tenant={"tokens": limit}, answer=100, then=said) as desk:
        # a client of Redis has a hundred connections, and a turn takes up to three of them
        who = [Principal(f"C-{number}", "retail", SCOPES) for number in range(30)]
        replies = await asyncio.gather(*(desk.say(WARRANTY, who=one) for one in who))
        taken = sum(reply.usage["input_tokens"] + reply.usage["output_tokens"] for reply in replies)
        models = {reply.usage["model"] for reply in replies}
        assert models == {"openai:test", "keyless"}
        assert 0 < taken <= limit
        assert all(reply.status == "answered" for reply in replies)
        assert taken == sum([entry.counts["input"] + entry.counts["output"] async for entry in figures(desk.desk)])


STREAMS: list[tuple[str, str, str, str]] = [
    ("turn", "keyless", "answered", "2 years"),
    ("principal", "keyless", "answered", "2 years"),
    ("thread", "refuse", "refused", "I can't answer that right now"),
    ("tenant", "handoff", "handoff", "passing you on to a colleague"),
]
LEFT = 2600
"""Tokens: the prompt, and some hundred words."""


@pytest.mark.parametrize(("level", "at_limit", "status", "words"), STREAMS, ids=[row[0] for row in STREAMS])
async def test_an_answer_that_passes_what_is_left_is_taken_back(
    tmp_path: Path, level: str, at_limit: str, status: str, words: str
) -> None:
    limits = {level: {"tokens": LEFT}, "at_limit": at_limit, "answer": MUCH}
    async with hosted(tmp_path, then=Said(LONG), **limits) as desk:
        events = [event async for event in desk.desk.stream(WARRANTY, thread_id="t", principal=DEMO)]
        reply = events[-1]
        assert isinstance(reply, Reply)
        assert (reply.status, reply.usage["failures"]) == (status, ["fast/spent"])
        assert words in reply.text
        kinds = [type(event) for event in events if isinstance(event, TextEvent | RetractEvent)]
        assert kinds[0] is TextEvent
        assert RetractEvent in kinds
        told = "".join(event.text for event in events[last_retract(events) :] if isinstance(event, TextEvent))
        assert told == reply.text
        assert await desk.why() == [f"budget:{level}"]
        taken = reply.usage["input_tokens"] + reply.usage["output_tokens"]
        # a server that does not keep to the bound passes it by the piece in which that is seen
        assert LEFT < taken <= LEFT + 8
        told_to = desk.server.requests[0].body["max_completion_tokens"]
        assert told_to == LEFT - reply.usage["input_tokens"]


def last_retract(events: list[Any]) -> int:
    return max(index for index, event in enumerate(events) if isinstance(event, RetractEvent))


@pytest.mark.parametrize("at_limit", ["keyless", "refuse", "handoff"])
async def test_after_a_tool_was_used_the_turn_goes_on_in_any_case(tmp_path: Path, at_limit: str) -> None:
    limits = {"turn": {"tokens": 5000}, "at_limit": at_limit, "answer": 200}
    look_up = Said(calls=(("get_order", {"order_id": "10482"}),), prompt_tokens=4900)
    async with hosted(tmp_path, look_up, **limits) as desk:
        reply = await desk.say(CANCEL)
        assert (reply.status, reply.usage["model"]) == ("answered", "keyless")
        assert "10482" in reply.text
        assert await desk.why() == ["budget:turn"]
        assert len(desk.server.requests) == 1


@pytest.mark.parametrize("at_limit", ["keyless", "refuse", "handoff"])
async def test_a_change_that_was_made_is_told_in_any_case(tmp_path: Path, at_limit: str) -> None:
    script = (call("get_order", order_id="10482"), call("cancel_order", order_id="10482"))
    limits = {"thread": {"tokens": 12_000}, "at_limit": at_limit, "answer": 200}
    last = Said(calls=(("cancel_order", {"order_id": "10482"}),), prompt_tokens=11_500)
    async with hosted(tmp_path, script[0], last, **limits) as desk:
        assert (await desk.say(CANCEL)).status == "confirm"
        reply = await desk.say("yes")
        assert (reply.status, reply.usage["model"]) == ("answered", "keyless")
        assert desk.desk.rules.texts.spent not in reply.text
        assert "10482" in reply.text


async def test_the_stateless_mode_has_the_turns_limit_and_touches_no_store(tmp_path: Path) -> None:
    every = {level: {"cost": COST} for level in ("thread", "principal", "tenant")}
    async with hosted(tmp_path, **every) as desk:
        reply = await desk.say(WARRANTY, thread=None)
        assert (reply.text, reply.usage["cost"]) == (ANSWER, COST)
        client = desk.desk.stores.client
        assert client is not None
        kinds = {kind_of(key.decode()) async for key in client.scan_iter("fd:*")}
        assert not kinds & {"spending", "spent", "usage"}
    async with hosted(tmp_path / "other", turn={"cost": COST}, at_limit="refuse") as desk:
        reply = await desk.say(WARRANTY, thread=None)
        assert (reply.status, reply.text) == ("refused", desk.desk.rules.texts.spent)


async def test_what_was_counted_of_a_person_is_exported_and_erased(tmp_path: Path) -> None:
    limits = {level: {"tokens": MUCH} for level in ("thread", "principal", "tenant")}
    async with hosted(tmp_path, **limits) as desk:
        await desk.say(WARRANTY)
        await desk.say(WARRANTY, who=OTHER)
        client = desk.desk.stores.client
        assert client is not None
        keys = [key async for key in client.scan_iter("fd:{*}:spending*")]
        assert len(keys) == 4
        receipt = await desk.desk.erase(DEMO, deep=True)
        assert receipt.outcome == "erased"
        assert receipt.removed["spending"] == 2
        assert len([key async for key in client.scan_iter("fd:{*}:spending*")]) == 2
        assert [key async for key in client.scan_iter("fd:spent:*")]


async def test_it_is_written_down_why_the_customer_was_not_answered(tmp_path: Path) -> None:
    async with hosted(tmp_path, tenant={"cost": COST}, at_limit="refuse") as desk:
        await desk.say(WARRANTY)
        client = desk.desk.stores.client
        assert client is not None
        lines = [fields for _, fields in await client.xrange("fd:audit")]
        assert [line[b"decision"] for line in lines if line[b"reason"] == b"budget:tenant"] == [b"replaced"]
