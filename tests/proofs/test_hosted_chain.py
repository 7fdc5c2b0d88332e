"""Two providers behind a desk, over the whole graph: whichever fails, however it does, whichever door is open."""

from __future__ import annotations

import importlib
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio

from frontdesk import FrontDesk, Reply, RetractEvent, TextEvent, open_desk
from frontdesk.desk.modelling import Breaker, Link
from frontdesk.models.roster import build_models
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from frontdesk.testing.replies import call, error
from tests.support.small import DEMO, settings_for, small_desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

TURN_SECONDS = 2.0
WARRANTY = "My lamp has a two year warranty, is a broken switch covered?"
GOOD = (
    "Yes, a broken switch is a defect of the lamp itself and so it is covered [warranty]. "
    "Please keep the receipt, since our workshop asks for it before the work begins [warranty]. "
    "Tell me whenever you would like to register the case, and I am happy to help you with that."
)
BAD = (
    "Zanzibar, a broken switch is a defect of the lamp itself and so it is covered [warranty]. "
    "Zanzibar, keep the receipt, since our workshop asks for it before the work begins [warranty]. "
    "Zanzibar, whenever you would like to register the case, and I am happy to help you with that."
)
HANGS = Said(BAD, fault="slow", seconds=3600)
CUT = Said(BAD, fault="cut", kept=40)


class Clock:
    """The breakers' seconds, which pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Pair:
    """A desk with two providers."""

    desk: FrontDesk
    servers: tuple[OpenAIServer, OpenAIServer]

    def play(self, first: Said, second: Said) -> None:
        for server, reply in zip(self.servers, (first, second), strict=True):
            server.script.clear()
            server.requests.clear()
            server.default = reply

    async def say(self, door: str, text: str, thread: str) -> tuple[Reply, str, list[str]]:
        """Return the reply, what stands on the screen in the end, and what stood there after each event."""
        if door != "stream":
            reply = await self.desk.chat(text, thread_id=None if door == "stateless" else thread)
            return reply, reply.text, [reply.text]
        screen, seen = "", []
        async for event in self.desk.stream(text, thread_id=thread):
            if isinstance(event, TextEvent):
                screen += event.text
            elif isinstance(event, RetractEvent):
                screen = ""
            elif isinstance(event, Reply):
                return event, screen, seen
            seen.append(screen)
        raise AssertionError("no reply came")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Pair, Clock]]:
    importlib.import_module("langchain_openai")  # 3 s, which no model's second should pay
    clock = Clock()
    async with AsyncExitStack() as stack:
        one, two = [await stack.enter_async_context(OpenAIServer()) for _ in range(2)]
        chain = [Link(model="openai:one", base_url=one.url), Link(model="openai:two", base_url=two.url)]
        models = {"fast": chain, "timeout": 10.0, "breaker": Breaker(failures=3)}
        desk = small_desk(budgets={"turn_seconds": TURN_SECONDS}, models=models)
        settings = settings_for(tmp_path_factory.mktemp("pair"), model=None)
        roster = replace(build_models(desk, settings), clock=clock)
        await roster.warm()
        made = await stack.enter_async_context(open_desk(desk, settings, principal=DEMO, models=roster))
        yield Pair(made, (one, two)), clock


@pytest.fixture
def pair(opened: tuple[Pair, Clock]) -> Pair:
    """The open desk, long after whatever a test before it did to its providers."""
    opened[1].now += 3600
    return opened[0]


FAULTS: list[tuple[str, Said, str]] = [
    ("429", error(429, retry_after="60"), "rate_limited"),
    ("500", error(500), "server_error"),
    ("no key", error(401), "auth"),
    ("silence", HANGS, "timeout"),
    ("a drip", Said(BAD * 9, pace=0.05), "timeout"),
    ("a cut stream", CUT, "cut"),
    ("a cut tool call", Said(calls=(("get_order", {"order_id": "10482"}),), fault="cut", kept=3), "cut"),
    ("a web page", Said(fault="html"), "malformed"),
    ("gone", Said(fault="hang_up"), "connection"),
]


@pytest.mark.parametrize("door", ["chat", "stream", "stateless"])
@pytest.mark.parametrize(("fault", "cause"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
async def test_the_second_provider_answers(
    pair: Pair, fault: Said, cause: str, door: str, request: pytest.FixtureRequest
) -> None:
    pair.play(fault, Said(GOOD))
    reply, screen, seen = await pair.say(door, WARRANTY, request.node.name)
    assert (reply.text, reply.status, reply.usage["model"]) == (GOOD, "answered", "openai:two")
    assert screen == reply.text
    assert reply.usage["failures"] == [f"fast/{cause}"]
    for later in seen[-1:]:
        assert "Zanzibar" not in later


@pytest.mark.parametrize("door", ["chat", "stream", "stateless"])
@pytest.mark.parametrize(("fault", "cause"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
async def test_both_fail_and_the_desk_answers_within_the_turns_time(
    pair: Pair, fault: Said, cause: str, door: str, request: pytest.FixtureRequest
) -> None:
    pair.play(fault, fault)
    began = time.monotonic()
    reply, screen, _ = await pair.say(door, WARRANTY, request.node.name)
    assert time.monotonic() - began < 1.1 * TURN_SECONDS
    assert (reply.status, reply.usage["model"], reply.failed) == ("answered", "keyless", False)
    assert reply.usage["failures"] == [f"fast/{cause}"] * 2
    assert screen == reply.text
    assert "Zanzibar" not in reply.text
    assert "2 years" in reply.text


async def test_a_tool_call_of_the_second_provider_is_served(pair: Pair) -> None:
    pair.play(CUT, call("cancel_order", order_id="10482"))
    reply, _, _ = await pair.say("chat", "Please cancel my order 10482", "tool")
    assert (reply.status, reply.usage["failures"]) == ("confirm", ["fast/cut"])
    assert reply.proposal is not None
    assert reply.proposal["arguments"] == {"order_id": "10482"}
    assert (await pair.desk.chat("no", thread_id="tool")).status == "answered"


async def test_a_provider_that_is_down_costs_the_next_customers_no_time(pair: Pair, opened: tuple[Pair, Clock]) -> None:
    pair.play(error(400), Said(GOOD))  # closes what a test before has opened
    await pair.say("chat", WARRANTY, "down-0")
    pair.play(HANGS, Said(GOOD))
    told = [(await pair.say("chat", WARRANTY, f"down-{turn}"))[0].usage["failures"] for turn in range(1, 6)]
    assert told == [["fast/timeout"]] * 3 + [["fast/open"]] * 2
    assert len(pair.servers[0].requests) == 3
    pair.play(Said(GOOD), Said(GOOD))
    opened[1].now += 31
    reply, _, _ = await pair.say("chat", WARRANTY, "down-6")
    assert (reply.usage["model"], reply.usage["failures"]) == ("openai:one", [])
