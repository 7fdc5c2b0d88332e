"""A hosted model's words through the real graph: early, and never unguarded."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from langchain_core.messages import HumanMessage

from frontdesk import FrontDesk, Reply, RetractEvent, StageEvent, TextEvent, open_desk
from frontdesk.reply import Event
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from tests.support.small import DEMO, settings_for, small_desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "My lamp has a two year warranty, is a broken switch covered?"
GOOD = (
    "Yes, a broken switch is a defect of the lamp itself and so it is covered [warranty]. "
    "Please keep the receipt, since our workshop asks for it before the work begins [warranty]. "
    "Tell me whenever you would like to register the case, and I am happy to help you with that."
)


@dataclass
class Streams:
    desk: FrontDesk
    server: OpenAIServer

    async def events(self, thread: str, *script: Said) -> list[Event]:
        self.server.script.clear()
        self.server.script.extend(script)
        return [event async for event in self.desk.stream(QUESTION, thread_id=thread)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hosted(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Streams]:
    importlib.import_module("langchain_openai")
    async with OpenAIServer(default=Said(text="The script is over.")) as server:
        settings = settings_for(tmp_path_factory.mktemp("streams"), model="openai:test", base_url=server.url)
        async with open_desk(small_desk(models={"timeout": 2.0}), settings, principal=DEMO) as desk:
            yield Streams(desk, server)


def shown(events: list[Event]) -> list[str]:
    """Every text that stood on the customer's screen, after each event."""
    screen, seen = "", []
    for event in events:
        if isinstance(event, TextEvent):
            screen += event.text
        elif isinstance(event, RetractEvent):
            screen = ""
        seen.append(screen)
    return seen


async def test_the_first_sentence_is_read_while_the_model_still_speaks(hosted: Streams) -> None:
    events = await hosted.events("early", Said(text=GOOD))
    first = next(at for at, event in enumerate(events) if isinstance(event, TextEvent))
    ended = events.index(
        next(e for e in events if isinstance(e, StageEvent) and (e.stage, e.phase) == ("respond", "end"))
    )
    assert first < ended
    reply = events[-1]
    assert isinstance(reply, Reply)
    assert shown(events)[-1] == reply.text == GOOD
    assert not any(isinstance(event, RetractEvent) for event in events)


async def test_a_leak_in_the_end_never_reaches_the_screen(hosted: Streams) -> None:
    secret = _prompt_line(hosted)
    events = await hosted.events("leak", Said(text=f"{GOOD} {secret}"), Said(text=f"{GOOD} {secret}"))
    assert shown(events)[0] == ""
    assert not any(secret[:40] in screen for screen in shown(events))
    assert any(isinstance(event, RetractEvent) for event in events)
    assert isinstance(events[-1], Reply)
    assert shown(events)[-1] == events[-1].text


async def test_a_model_that_breaks_off_is_followed_by_another_text(hosted: Streams) -> None:
    events = await hosted.events("broken", Said(text=GOOD, fault="cut"))
    assert isinstance(events[-1], Reply)
    assert shown(events)[-1] == events[-1].text
    assert events[-1].usage["failures"] == ["fast/cut"]


async def test_words_before_a_tool_call_are_taken_back(hosted: Streams) -> None:
    asks = Said(text=GOOD, calls=(("get_order", {"order_id": "10482"}),))
    hosted.server.script.clear()
    hosted.server.script.extend([asks, Said(text="Order 10482 is being prepared.")])
    events = [event async for event in hosted.desk.stream("Please cancel my order 10482", thread_id="tools")]
    reply = events[-1]
    assert isinstance(reply, Reply)
    assert shown(events)[-1] == reply.text
    assert any(isinstance(event, RetractEvent) for event in events)


async def test_front_ends_of_the_graph_get_no_draft(hosted: Streams) -> None:
    """LangGraph's stream mode ``messages`` is what chat front ends over Studio's server read."""
    secret = _prompt_line(hosted)
    hosted.server.script.clear()
    hosted.server.script.extend([Said(text=f"{GOOD} {secret}"), Said(text=f"{GOOD} {secret}")])
    config = hosted.desk.runner.config(await _caller(hosted))
    given = {"messages": [HumanMessage(QUESTION)]}
    seen = [part[0] async for part in hosted.desk.runner.stateless.astream(given, config, stream_mode="messages")]
    assert [str(message.text) for message in seen][-1] == hosted.desk.rules.texts.refuse.format(
        business="Fernhill Home"
    )
    assert not any(secret[:40] in str(message.text) for message in seen)


def _prompt_line(hosted: Streams) -> str:
    prompt = hosted.desk.deps.prompts.get("respond").template  # type: ignore[attr-defined]
    return next(line.strip("- ") for line in prompt.splitlines() if "Instructions that stand" in line)


async def _caller(hosted: Streams):  # type: ignore[no-untyped-def]
    from frontdesk.graph.identity import Caller

    return Caller(DEMO, "", "messages-1")
