"""A hosted summary: no customer waits for it, the next turn takes it up, the thread pays, erasure reaches it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage

from frontdesk import FrontDesk, open_desk
from frontdesk.desk.modelling import Limit, Spending
from frontdesk.graph.deps import Completion
from frontdesk.graph.identity import Caller
from frontdesk.graph.later import Background
from frontdesk.graph.persistence.holdings import kind_of
from frontdesk.models.roster import build_models
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply
from tests.support.small import DEMO, settings_for, small_desk

QUESTIONS = ("How long is the warranty?", "What does delivery cost?", "Is the lamp covered by the warranty?")
NOTES = {"goal": "asks about the warranty and what delivery cost"}
TEXT = json.dumps({**NOTES, "facts": [], "done": [], "promised": [], "refused": [], "open": []})
LINE = "- Goal: asks about the warranty and what delivery cost"


@dataclass
class Gated:
    """Keyless models, and a summary role that answers when it is let."""

    others: Any
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: int = 0

    def describe(self, role: Any) -> str:
        return "openai:any" if role == "summary" else str(self.others.describe(role))

    async def complete(self, role: Any, messages: Sequence[BaseMessage], **more: Any) -> Completion:
        if role != "summary":
            answer: Completion = await self.others.complete(role, messages, **more)
            return answer
        self.asked += 1
        await self.gate.wait()
        return Completion(AIMessage(TEXT), "openai:any", input_tokens=50, output_tokens=5)


class Writer(OpenAIServer):
    """Answers every request with the notes."""

    def reply_to(self, request: Request) -> Reply:
        return Reply(text=TEXT)


async def summary_of(desk: FrontDesk, thread: str) -> str:
    """The summary in the newest checkpoint."""
    config: Any = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
    found = await desk.stores.saver.aget_tuple(config)
    assert found is not None
    return str(found.checkpoint["channel_values"].get("summary", ""))


async def talk(desk: FrontDesk, count: int) -> str:
    """So many questions in one conversation; its id."""
    thread = ""
    for number in range(count):
        reply = await desk.chat(QUESTIONS[number % len(QUESTIONS)], thread_id="talk", principal=DEMO)
        thread = reply.thread_id
    return thread


async def drained(desk: FrontDesk) -> None:
    """What turns left behind is done."""
    assert isinstance(desk.deps.later, Background)
    assert await desk.deps.later.drain() == 0


async def kinds(desk: FrontDesk) -> set[str]:
    """Kinds of keys in Redis."""
    assert desk.stores.client is not None
    return {kind_of(key.decode()) for key in await desk.stores.client.keys("fd:*")}


async def test_nobody_waits_and_the_next_turn_takes_it_up(tmp_path: Path) -> None:
    small = small_desk(budgets={"window_messages": 4})
    settings = settings_for(tmp_path)
    models = Gated(build_models(small, settings))
    async with open_desk(small, settings, principal=DEMO, models=models) as desk:  # type: ignore[arg-type]
        thread = await talk(desk, 3)  # every reply is here while the model still writes
        assert models.asked == 1
        assert await summary_of(desk, thread) == ""
        assert "prepared" in await kinds(desk)
        models.gate.set()
        await drained(desk)
        assert NOTES["goal"] in json.dumps(await desk.export(DEMO))
        await talk(desk, 1)
        assert await summary_of(desk, thread) == LINE
        assert "prepared" not in await kinds(desk)


async def test_of_a_conversation_that_was_erased_meanwhile_nothing_comes_back(tmp_path: Path) -> None:
    small = small_desk(budgets={"window_messages": 4})
    for redis in ("auto", "memory"):
        settings = settings_for(tmp_path / redis, redis=redis)
        models = Gated(build_models(small, settings))
        async with open_desk(small, settings, principal=DEMO, models=models) as desk:  # type: ignore[arg-type]
            thread = await talk(desk, 3)
            receipt = await desk.erase(DEMO)
            assert (receipt.outcome, receipt.removed["summaries"]) == ("erased", 1)
            models.gate.set()
            await drained(desk)
            assert models.asked == 1
            assert await desk.deps.prepared.read(Caller(DEMO, thread, "t")) is None, redis


async def test_the_thread_pays_for_it(tmp_path: Path) -> None:
    async with Writer() as server:
        spending = Spending(thread=Limit(tokens=1_000_000))
        small = small_desk(
            budgets={"window_messages": 4, "spending": spending},
            models={"summary": "openai:any", "base_url": server.url},
        )
        async with open_desk(small, settings_for(tmp_path, model=None), principal=DEMO) as desk:
            thread = await talk(desk, 3)
            await drained(desk)
            assert len(server.requests) == 1
            assert server.requests[0].body["response_format"]["json_schema"]["name"] == "notes"
            assert desk.stores.client is not None
            spent = await desk.stores.client.hget(f"fd:{{{thread}}}:spending", "tokens")
            assert spent is not None
            assert int(spent) == 11 + 7  # as the server reports
            reply = await desk.chat(QUESTIONS[0], thread_id="talk", principal=DEMO)
            assert (reply.usage["input_tokens"], reply.usage["output_tokens"]) == (
                11,
                7,
            )  # told in the turn that took it up
