"""What a customer told in one conversation, in another: in a hosted model's prompt, in wordings, and for a colleague."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from frontdesk import Desk, FrontDesk, open_desk
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from tests.support.small import DEMO, settings_for

ANSWER = "Lamps are under warranty for two years [warranty]."


async def tell(desk: FrontDesk, text: str, thread: str) -> str:
    reply = await desk.chat(text, thread_id=thread)
    await desk.deps.later.drain()  # type: ignore[attr-defined]
    return reply.text


async def test_a_standing_preference_reaches_the_prompt_of_another_conversation(tmp_path: Path) -> None:
    importlib.import_module("langchain_openai")  # 3 s, which no model's second should pay
    async with OpenAIServer() as server:
        server.default = Said(ANSWER)
        settings = settings_for(tmp_path, redis="memory", model="openai:test", base_url=server.url)
        async with open_desk(Desk.load("retail"), settings, principal=DEMO) as desk:
            assert "noted" in await tell(desk, "please keep it short from now on, and stay formal", "one")
            server.requests.clear()
            await tell(desk, "how long is the warranty on lamps?", "two")
            prompts = [str(request.body) for request in server.requests]
    assert prompts
    assert [prompt for prompt in prompts if "likes short answers" in prompt and "likes a formal tone" in prompt]


async def test_a_colleague_is_told_how_the_customer_wants_to_be_reached(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, redis="memory")
    async with open_desk(Desk.load("retail"), settings, principal=DEMO) as desk:
        await tell(desk, "I prefer email and I live in York", "one")
        said = await tell(desk, "I want to talk to a person", "two")
        assert "prefer to be contacted by email" in said
        reply = await desk.chat("hello?", thread_id="two")
        ticket: Any = await desk.deps.handoff.read(reply.ticket)  # type: ignore[attr-defined]
    known = [(memory["kind"], memory["text"]) for memory in ticket["packet"]["memories"]]
    assert ("preference", "prefers email") in known
    assert all(memory["said_on"] for memory in ticket["packet"]["memories"])


async def test_without_a_preference_nothing_is_said_of_one(tmp_path: Path) -> None:
    async with open_desk(Desk.load("retail"), settings_for(tmp_path, redis="memory"), principal=DEMO) as desk:
        assert "prefer to be contacted" not in await tell(desk, "I want to talk to a person", "two")


async def test_a_language_that_the_desk_does_not_speak_is_not_promised(tmp_path: Path) -> None:
    async with open_desk(Desk.load("retail"), settings_for(tmp_path, redis="memory"), principal=DEMO) as desk:
        said = await tell(desk, "please answer in German", "one")
    assert said.endswith("I can only answer in English here.")


async def test_what_is_forgotten_leaves_the_running_conversation_and_no_trace_of_the_wish(tmp_path: Path) -> None:
    async with open_desk(Desk.load("retail"), settings_for(tmp_path, redis="memory"), principal=DEMO) as desk:
        await tell(desk, "my shoe size is 42 and I live in Leeds", "one")
        assert "42" in str(await details(desk, "one"))
        said = await tell(desk, "forget my shoe size", "one")
        assert "has shoe size 42" in said
        assert "stays in it until it is deleted" in said
        left = str(await details(desk, "one"))
    assert "42" not in left
    assert "shoe" not in left
    assert "Leeds" in left


async def details(desk: Any, thread: str) -> list[str]:
    caller = await desk._owned(thread, None)
    state = await desk.runner.stateful.aget_state(desk._config(caller))
    found: list[str] = state.values["details"]
    return found
