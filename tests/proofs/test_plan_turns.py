"""Several changes in one message of a model, through the whole graph: one question, one yes, one account."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from frontdesk import Desk, FrontDesk, Reply, Settings, open_desk
from frontdesk.server.app import create_app
from frontdesk.testing import OpenAIServer
from frontdesk.testing import Reply as Said
from frontdesk.testing.scripted import ScriptedModel, scripted_models
from frontdesk.tools.contract import Compensation, ToolContract
from tests.support.small import DEMO, serving, settings_for, small_desk

FIRST, SECOND = "10482", "10915"
BOTH = f"I ordered twice by mistake, please cancel order {FIRST} together with order {SECOND}"
REOPEN = {
    "name": "reopen_order",
    "description": "Takes the cancellation of an order back.",
    "effect": "write",
    "scopes": ["orders:write"],
    "owner": {"argument": "customer_id", "result": "customer_id"},
    "input": {
        "type": "object",
        "properties": {"customer_id": {"type": "string"}, "order_id": {"type": "string"}},
        "required": ["customer_id", "order_id"],
        "additionalProperties": False,
    },
    "output": {"type": "object"},
    "connector": {
        "kind": "sql",
        "options": {
            "steps": [
                {
                    "write": "UPDATE orders SET status = 'processing' WHERE id = :order_id AND customer_id = :customer_id",
                    "rows": 1,
                    "otherwise": "order_changed",
                    "message": "That order has changed.",
                },
                {"one": "SELECT id AS order_id, customer_id, status FROM orders WHERE id = :order_id"},
            ]
        },
    },
}


def cancels(*orders: str) -> AIMessage:
    """What a hosted model writes: a call per order."""
    calls = [
        {"name": "cancel_order", "args": {"order_id": order}, "id": f"m{at}", "type": "tool_call"}
        for at, order in enumerate(orders)
    ]
    return AIMessage("", tool_calls=calls)  # type: ignore[arg-type]


def desk_with(*, undoing: bool) -> Desk:
    desk = small_desk()
    tools = dict(desk.tools)
    if undoing:
        tools["reopen_order"] = ToolContract.model_validate(REOPEN)
        undo = Compensation(tool="reopen_order", arguments={"order_id": "arguments.order_id"})
        tools["cancel_order"] = tools["cancel_order"].model_copy(update={"compensation": undo})
    return replace(desk, tools=tools)


def statuses(home: Path, statement: str = "") -> dict[str, str]:
    """The two orders' states in the database, after a statement where there is one."""
    with contextlib.closing(sqlite3.connect(home / "databases" / "retail.sqlite")) as database:
        if statement:
            database.execute(statement)
            database.commit()
        rows = database.execute("SELECT id, status FROM orders WHERE id IN (?, ?)", (FIRST, SECOND))
        return dict(rows.fetchall())


@dataclass
class Talk:
    """A conversation, and the orders behind it."""

    desk: FrontDesk
    home: Path
    model: ScriptedModel

    async def say(self, text: str, thread: str = "t") -> Reply:
        return await self.desk.chat(text, thread_id=thread)

    def orders(self, statement: str = "") -> dict[str, str]:
        with contextlib.closing(sqlite3.connect(self.home / "databases" / "retail.sqlite")) as database:
            if statement:
                database.execute(statement)
                database.commit()
            rows = database.execute(f"SELECT id, status FROM orders WHERE id IN ({FIRST}, {SECOND})")
            return dict(rows.fetchall())

    def ship(self, order: str) -> None:
        statuses(self.home, f"UPDATE orders SET status = 'shipped' WHERE id = '{order}'")


@asynccontextmanager
async def talking(home: Path, *steps: Any, undoing: bool = False) -> AsyncIterator[Talk]:
    model = ScriptedModel(*steps)
    settings = Settings(home=home, redis="memory")
    desk = desk_with(undoing=undoing)
    async with open_desk(desk, settings, principal=DEMO, models=scripted_models(model)) as opened:
        talk = Talk(opened, home, model)
        statuses(home, f"UPDATE orders SET status = 'processing' WHERE id = '{SECOND}'")
        yield talk


async def test_two_changes_are_asked_for_once_and_made_by_one_yes(tmp_path: Path) -> None:
    async with talking(tmp_path, cancels(FIRST, SECOND), "Both orders are cancelled.") as talk:
        asked = await talk.say(BOTH)
        assert asked.status == "confirm"
        assert asked.proposal is not None
        assert [call["arguments"] for call in asked.proposal["calls"]] == [{"order_id": FIRST}, {"order_id": SECOND}]
        assert f"1. Shall I cancel order {FIRST}" in asked.text and f"2. Shall I cancel order {SECOND}" in asked.text
        assert talk.orders() == {FIRST: "processing", SECOND: "processing"}
        done = await talk.say("yes")
        assert (done.status, done.text) == ("answered", "Both orders are cancelled.")
        assert talk.orders() == {FIRST: "cancelled", SECOND: "cancelled"}
        facts = await talk.desk.explain("t")
        assert facts["proposal"] is None and facts["task"] is None


@pytest.mark.parametrize(
    "answer",
    ["only the first", "yes but not the second", f"just {FIRST}", "yes to the first one", "no", "the first one"],
)
async def test_anything_but_a_yes_to_all_of_it_makes_none_of_it(answer: str, tmp_path: Path) -> None:
    async with talking(tmp_path, cancels(FIRST, SECOND), *["Which one is it?"] * 3) as talk:
        await talk.say(BOTH)
        reply = await talk.say(answer)
        assert talk.orders() == {FIRST: "processing", SECOND: "processing"}
        assert reply.proposal is None


async def test_what_is_not_possible_is_said_before_the_rest_is_asked_for(tmp_path: Path) -> None:
    async with talking(tmp_path, cancels(FIRST, SECOND), "Done.") as talk:
        talk.ship(SECOND)
        asked = await talk.say(BOTH)
        assert asked.proposal is not None and "calls" not in asked.proposal
        assert asked.text.startswith(f"Order {SECOND} is already on its way")
        assert f"Shall I cancel order {FIRST}" in asked.text
        await talk.say("yes")
        assert talk.orders() == {FIRST: "cancelled", SECOND: "shipped"}


async def test_a_plan_that_fails_is_undone_and_the_customer_reads_what_became_of_it(tmp_path: Path) -> None:
    async with talking(tmp_path, cancels(FIRST, SECOND), undoing=True) as talk:
        await talk.say(BOTH)
        talk.ship(SECOND)
        reply = await talk.say("yes")
        assert (reply.status, reply.ticket, reply.proposal) == ("answered", None, None)
        lines = reply.text.splitlines()
        assert lines[0] == "That did not work as a whole, so none of it is in force:"
        assert lines[1].startswith("1. ") and lines[1].endswith("— Done, and undone again.")
        assert lines[2].startswith("2. ") and "already on its way" in lines[2]
        assert talk.orders() == {FIRST: "processing", SECOND: "shipped"}
        talk.model.assert_complete()


async def test_what_nothing_undoes_goes_to_a_person_with_every_step(tmp_path: Path) -> None:
    async with talking(tmp_path, cancels(FIRST, SECOND)) as talk:
        await talk.say(BOTH)
        talk.ship(SECOND)
        reply = await talk.say("yes")
        assert reply.status == "handoff" and reply.ticket
        assert "Not all of that went through" in reply.text and reply.ticket in reply.text
        record = await talk.desk.ticket(reply.ticket, principal=DEMO)
        assert record["packet"]["plan"] == [
            {"tool": "cancel_order", "arguments": {"order_id": FIRST}, "state": "not_undone"},
            {"tool": "cancel_order", "arguments": {"order_id": SECOND}, "state": "refused"},
        ]
        assert talk.orders() == {FIRST: "cancelled", SECOND: "shipped"}


async def test_resume_answers_all_of_a_plan(tmp_path: Path) -> None:
    async with talking(tmp_path, cancels(FIRST, SECOND), "Done.") as talk:
        asked = await talk.say(BOTH)
        assert asked.proposal is not None
        reply = await talk.desk.resume("t", "approve", proposal_id=asked.proposal["id"])
        assert reply.status == "answered"
        assert talk.orders() == {FIRST: "cancelled", SECOND: "cancelled"}


@pytest.mark.usefixtures("redis_client")
async def test_over_http_the_reply_shows_every_call(tmp_path: Path, redis_url: str) -> None:
    """The model speaks over a socket as a provider's does; the calls stand in one message of it."""
    both = Said(calls=tuple(("cancel_order", {"order_id": order}) for order in (FIRST, SECOND)))
    desk = small_desk()
    hosted = desk.intents["cancel_order"].model_copy(update={"tier": "fast"})
    desk = replace(desk, intents={**desk.intents, "cancel_order": hosted})
    async with OpenAIServer([both], default=Said("Both orders are cancelled.")) as server:
        settings = settings_for(tmp_path, redis_url, model="openai:test", base_url=server.url)
        async with serving(create_app(desk, settings, principal=DEMO)) as http:

            async def say(text: str) -> dict[str, Any]:
                body = {"input": {"message": text}, "config": {"configurable": {"thread_id": "t"}}}
                return dict((await http.post("/chat/invoke", json=body)).json()["output"])

            await say("hello")
            statuses(tmp_path, f"UPDATE orders SET status = 'processing' WHERE id = '{SECOND}'")
            asked = await say(BOTH)
            assert asked["status"] == "confirm"
            assert [call["arguments"]["order_id"] for call in asked["proposal"]["calls"]] == [FIRST, SECOND]
            assert "seal" not in asked["proposal"]
            done = await say("yes")
            assert done["status"] == "answered"
    assert statuses(tmp_path) == {FIRST: "cancelled", SECOND: "cancelled"}
