"""A hosted model's bad draft over the whole graph: sent back once, then the keyless model, a person or the fixed wording."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

import frontdesk
from frontdesk import Desk, FrontDesk, open_desk
from frontdesk.reply import TextEvent
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from frontdesk.testing.replies import call
from tests.support.small import DEMO, settings_for, small_desk

WARRANTY = "My lamp has a two year warranty, is a broken switch covered?"
GOOD = "A broken switch is covered [warranty]."
RUDE = "You are an idiot, it is covered."
SECRET = " ".join((Path(frontdesk.__file__).parent / "prompts" / "respond.md").read_text(encoding="utf-8").split())[
    :600
]
PROMISE = "It is covered, and I will refund you 900 EUR for the trouble."


@asynccontextmanager
async def _opened(home: Path, desk: Desk) -> AsyncIterator[tuple[FrontDesk, OpenAIServer]]:
    importlib.import_module("langchain_openai")  # 3 s, which no model's second should pay
    async with OpenAIServer() as server:
        settings = settings_for(home, model="openai:test", base_url=server.url)
        async with open_desk(desk, settings, principal=DEMO) as opened:
            yield opened, server


@pytest_asyncio.fixture
async def opened(tmp_path: Path) -> AsyncIterator[tuple[FrontDesk, OpenAIServer]]:
    async with _opened(tmp_path, small_desk()) as both:
        yield both


@pytest_asyncio.fixture
async def at_once(tmp_path: Path) -> AsyncIterator[tuple[FrontDesk, OpenAIServer]]:
    """A desk that cancels without asking back, so that a hosted model words what was done."""
    desk = small_desk()
    contract = desk.tools["cancel_order"].model_copy(update={"confirm": "never"})
    async with _opened(tmp_path, replace(desk, tools={**desk.tools, "cancel_order": contract})) as both:
        yield both


async def test_a_bad_draft_is_written_once_more_and_never_kept(opened: tuple[FrontDesk, OpenAIServer]) -> None:
    desk, server = opened
    server.script.extend([Said(RUDE), Said(GOOD)])
    reply = await desk.chat(WARRANTY, thread_id="t")
    assert (reply.text, reply.status, reply.usage["calls"]) == (GOOD, "answered", 2)
    assert "was not polite" in str(server.requests[1].body["messages"])
    assert RUDE not in str(server.requests[1].body["messages"])
    notes = [step["note"] for step in (await desk.explain("t"))["path"] if step["stage"] == "review"]
    assert notes == ["repair:tone:insult", "clean"]
    assert [line["text"] for line in await desk.history("t")] == [WARRANTY, GOOD]


async def test_after_a_second_bad_draft_the_keyless_model_answers(opened: tuple[FrontDesk, OpenAIServer]) -> None:
    desk, server = opened
    server.default = Said(RUDE)
    reply = await desk.chat(WARRANTY, thread_id="t")
    assert ("idiot" in reply.text, reply.status, reply.ticket) == (False, "answered", None)
    assert [page["id"] for page in reply.citations] == ["warranty"]
    notes = [step["note"] for step in (await desk.explain("t"))["path"] if step["stage"] == "review"]
    assert notes == ["repair:tone:insult", "keyless:tone:insult", "clean"]
    assert (reply.usage["model"], len(server.requests)) == ("keyless", 2)
    assert RUDE not in str(await desk.history("t"))


async def test_a_leak_is_answered_by_nobody(opened: tuple[FrontDesk, OpenAIServer]) -> None:
    desk, server = opened
    server.default = Said(SECRET)
    reply = await desk.chat(WARRANTY, thread_id="t")
    assert reply.text == desk.deps.desk.config.texts.refuse.replace("{business}", "Fernhill Home")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (RUDE, "Done. Order 10482"),
        (PROMISE, "Done. Order 10482"),
        (SECRET, "Your change was made."),
        ("", "Done. Order 10482"),
    ],
    ids=["rude", "a promise that a person would decide on", "a leak", "no words"],
)
async def test_a_change_that_was_made_is_told_whatever_the_model_says(
    at_once: tuple[FrontDesk, OpenAIServer], draft: str, told: str
) -> None:
    desk, server = at_once
    server.script.append(call("cancel_order", order_id="10482"))
    server.default = Said(draft)
    reply = await desk.chat("Please cancel my order 10482", thread_id="t")
    assert "done" in [step["note"] for step in (await desk.explain("t"))["path"] if step["stage"] == "act"]
    assert reply.text.startswith(told)
    assert (reply.status, reply.ticket) == ("answered", None)


async def test_what_was_promised_twice_goes_to_a_person(opened: tuple[FrontDesk, OpenAIServer]) -> None:
    desk, server = opened
    server.default = Said(PROMISE)
    reply = await desk.chat(WARRANTY, thread_id="t")
    assert (reply.status, bool(reply.ticket)) == ("handoff", True)
    assert "900" not in reply.text and "900" not in str(await desk.history("t"))


async def test_a_risky_topic_gets_the_desks_words_and_a_person(opened: tuple[FrontDesk, OpenAIServer]) -> None:
    desk, server = opened
    server.default = Said(GOOD)
    reply = await desk.chat("The lamp caught fire, is that covered by the warranty?", thread_id="t")
    say = desk.deps.desk.config.review.topics["injury"].say.replace("{business}", "Fernhill Home")
    assert reply.text.startswith(say)
    assert reply.ticket is not None and reply.ticket in reply.text


async def test_a_topic_costs_no_model_call_and_streams_nothing_else(opened: tuple[FrontDesk, OpenAIServer]) -> None:
    desk, server = opened
    server.default = Said(GOOD)
    say = desk.deps.desk.config.review.topics["press"].say.replace("{business}", "Fernhill Home")
    events = [event async for event in desk.stream("I'm a journalist, is a broken switch covered?", thread_id="t")]
    assert not server.requests
    assert "".join(event.text for event in events if isinstance(event, TextEvent)).startswith(say)
