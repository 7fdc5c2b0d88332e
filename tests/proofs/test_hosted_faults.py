"""The hosted path over the whole graph: good answers, and every fault of a provider.

The desk's clocks are short here: 1 s for a model, 4 s for a turn.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import pytest_asyncio

from frontdesk import FrontDesk, Reply, TextEvent, open_desk
from frontdesk.models.roster import build_models
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from frontdesk.testing.replies import call, error
from tests.support.small import DEMO, settings_for, small_desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

TURN_SECONDS = 4.0
WARRANTY = "My lamp has a two year warranty, is a broken switch covered?"
CANCEL = "Please cancel my order 10482"
ANSWER = "A broken switch is covered for two years [warranty]."


class Clock:
    """The breakers' seconds, which pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Hosted:
    """A desk whose models live on a loopback server."""

    desk: FrontDesk
    server: OpenAIServer
    clock: Clock
    thread: str = ""
    asked: list[str] = field(default_factory=list)

    def plays(self, *script: Said, then: Said | None = None) -> None:
        self.server.script.clear()
        self.server.script.extend(script)
        self.server.default = then or Said(text="The script is over.")
        self.server.requests.clear()

    async def say(self, text: str) -> Reply:
        return await self.desk.chat(text, thread_id=self.thread)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hosted]:
    importlib.import_module("langchain_openai")  # 3 s, which no model's second should pay
    desk = small_desk(budgets={"turn_seconds": TURN_SECONDS}, models={"timeout": 1.0})
    home = tmp_path_factory.mktemp("hosted")
    async with OpenAIServer() as server:
        settings = settings_for(home, model="openai:test", base_url=server.url)
        clock = Clock()
        models = replace(build_models(desk, settings), clock=clock)
        await models.warm()
        async with open_desk(desk, settings, principal=DEMO, models=models) as made:
            yield Hosted(made, server, clock)


@pytest.fixture
def hosted(opened: Hosted, request: pytest.FixtureRequest) -> Hosted:
    """The open desk on a thread of the test's own, long after whatever a test before it did to the provider."""
    opened.clock.now += 3600
    opened.thread = request.node.name
    return opened


async def test_an_answer_is_the_models_and_is_paid_for(hosted: Hosted) -> None:
    hosted.plays(Said(ANSWER))
    reply = await hosted.say(WARRANTY)
    assert (reply.text, reply.status) == (ANSWER, "answered")
    assert [page["id"] for page in reply.citations] == ["warranty"]
    counted = {"input_tokens": 11, "output_tokens": 7, "cached_tokens": 0, "cost": 0.0}
    assert reply.usage == {"model": "openai:test", "calls": 1, "failures": [], **counted}
    assert hosted.server.requests[0].body["stream"] is True


async def test_a_streamed_answer_comes_in_pieces_that_make_up_the_reply(hosted: Hosted) -> None:
    text = "A broken switch is covered. The warranty lasts two years [warranty]."
    hosted.plays(Said(text))
    events = [event async for event in hosted.desk.stream(WARRANTY, thread_id=hosted.thread)]
    pieces = [event.text for event in events if isinstance(event, TextEvent)]
    assert len(pieces) == 2
    assert isinstance(events[-1], Reply)
    assert "".join(pieces) == events[-1].text == text


async def test_tool_calls_go_through_the_gateway_and_are_counted(hosted: Hosted) -> None:
    hosted.plays(call("get_order", order_id="10482"), call("cancel_order", order_id="10482"))
    reply = await hosted.say(CANCEL)
    assert reply.status == "confirm"
    assert reply.proposal is not None
    assert (reply.proposal["tool"], reply.proposal["arguments"]) == ("cancel_order", {"order_id": "10482"})
    assert (reply.usage["calls"], reply.usage["input_tokens"], reply.usage["output_tokens"]) == (2, 22, 14)
    second = hosted.server.requests[1].body["messages"]
    assert any(message["role"] == "tool" and "processing" in str(message["content"]) for message in second)
    assert (await hosted.say("no")).status == "answered"


async def test_no_own_keyword_of_a_tools_schema_reaches_a_provider(hosted: Hosted) -> None:
    hosted.plays(call("get_order", order_id="10482"), Said("Order 10482 is being prepared."))
    await hosted.say(CANCEL)
    assert "x-ask" not in str(hosted.server.requests[0].body["tools"])
    assert "order_id" in str(hosted.server.requests[0].body["tools"])


FAULTS: list[tuple[str, Said, str]] = [
    ("429 with a long Retry-After", error(429, retry_after="30"), "rate_limited"),
    ("429 with a short Retry-After, again and again", error(429, retry_after="0"), "rate_limited"),
    ("500", error(500), "server_error"),
    ("503", error(503), "server_error"),
    ("401", error(401), "auth"),
    ("400", error(400), "refused"),
    ("silence past the timeout", Said(ANSWER, fault="slow"), "timeout"),
    ("a drip past the timeout", Said("word " * 50, pace=0.1), "timeout"),
    ("a stream that is cut", Said(ANSWER, fault="cut"), "cut"),
    ("a stream without an end", Said(ANSWER, fault="unfinished"), "cut"),
    ("an event that is not JSON", Said(ANSWER, fault="bad_json"), "malformed"),
    ("an empty answer", Said(""), "malformed"),
    ("a content filter", Said(ANSWER, fault="refusal"), "refused"),
]


@pytest.mark.parametrize(("fault", "cause"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
async def test_a_fault_gives_a_sensible_reply_in_time(hosted: Hosted, fault: Said, cause: str) -> None:
    hosted.plays(Said(ANSWER))
    await hosted.say(WARRANTY)
    before = await hosted.desk.history(hosted.thread)
    hosted.plays(then=fault)
    began = time.monotonic()
    reply = await hosted.say("And does the warranty cover a lamp that breaks after a year?")
    assert time.monotonic() - began < TURN_SECONDS
    assert (reply.status, reply.usage["model"], reply.failed) == ("answered", "keyless", False)
    assert "2 years" in reply.text
    assert [page["id"] for page in reply.citations] == ["warranty"]
    assert reply.usage["failures"] == [f"fast/{cause}"]
    after = await hosted.desk.history(hosted.thread)
    assert after[:2] == before
    assert [line["text"] for line in after[2:]] == [
        "And does the warranty cover a lamp that breaks after a year?",
        reply.text,
    ]
    await the_next_turn_works(hosted, turns=3)


async def test_a_passing_429_is_waited_for(hosted: Hosted) -> None:
    hosted.plays(error(429, retry_after="0"), Said(ANSWER))
    reply = await hosted.say(WARRANTY)
    assert (reply.text, reply.usage["model"], reply.usage["failures"]) == (ANSWER, "openai:test", [])
    assert len(hosted.server.requests) == 2


BROKEN_CALLS: list[tuple[str, Said]] = [
    ("arguments that are cut", Said(calls=(("cancel_order", {"order_id": "10482"}),), fault="bad_arguments")),
    ("a tool that does not exist", call("drop_tables", order_id="10482")),
    ("a tool that is not offered", call("request_refund", order_id="10482")),
]


@pytest.mark.parametrize("broken", [row[1] for row in BROKEN_CALLS], ids=[row[0] for row in BROKEN_CALLS])
async def test_a_broken_tool_call_is_asked_again_once_and_then_served_without_the_provider(
    hosted: Hosted, broken: Said
) -> None:
    hosted.plays(then=broken)
    reply = await hosted.say(CANCEL)
    assert (reply.status, reply.usage["failures"]) == ("confirm", ["fast/malformed"])
    assert "10482" in reply.text
    assert len(hosted.server.requests) == 2
    hosted.plays(broken, call("cancel_order", order_id="10482"))
    assert (await hosted.say("no")).status == "answered"
    again = await hosted.say(CANCEL)
    assert (again.status, again.usage["failures"]) == ("confirm", [])


REFUSED_ARGUMENTS: list[tuple[str, dict[str, Any], int]] = [
    # how often a model is asked to mend them
    ("of a wrong type", {"order_id": 10482.5}, 1),
    ("of another customer", {"order_id": "10482", "customer_id": "C-1043"}, 0),
    ("with an unknown field", {"order_id": "10482", "force": True}, 1),
    ("that are missing", {}, 1),
]


@pytest.mark.parametrize(
    ("arguments", "corrections"), [row[1:] for row in REFUSED_ARGUMENTS], ids=[row[0] for row in REFUSED_ARGUMENTS]
)
async def test_arguments_that_the_gateway_refuses_end_in_words(
    hosted: Hosted, arguments: dict[str, Any], corrections: int
) -> None:
    mended = [Said("I cannot mend these.")] * corrections
    hosted.plays(call("cancel_order", **arguments), *mended, Said("Which order would you like to cancel?"))
    reply = await hosted.say(CANCEL)
    assert (reply.text, reply.status, reply.proposal) == ("Which order would you like to cancel?", "answered", None)
    await the_next_turn_works(hosted, turns=2)


async def test_a_model_that_only_ever_calls_tools_is_stopped(hosted: Hosted) -> None:
    hosted.plays(then=call("get_order", order_id="10482"))
    reply = await hosted.say(CANCEL)
    assert reply.text
    assert not reply.failed
    assert len(hosted.server.requests) <= 8
    await the_next_turn_works(hosted, turns=2)


async def test_a_provider_that_is_not_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with OpenAIServer() as gone:
        url = gone.url
    desk = small_desk(budgets={"turn_seconds": TURN_SECONDS})
    settings = settings_for(tmp_path_factory.mktemp("gone"), model="openai:test", base_url=url)
    async with open_desk(desk, settings, principal=DEMO) as opened:
        began = time.monotonic()
        reply = await opened.chat(WARRANTY, thread_id="gone")
        assert time.monotonic() - began < TURN_SECONDS
        assert (reply.status, reply.usage["failures"]) == ("answered", ["fast/connection"])
        assert "2 years" in reply.text
        assert len(await opened.history("gone")) == 2


async def the_next_turn_works(hosted: Hosted, turns: int) -> None:
    hosted.clock.now += 3600
    hosted.plays(Said(ANSWER))
    reply = await hosted.say(WARRANTY)
    assert (reply.text, reply.usage["model"]) == (ANSWER, "openai:test")
    roles = [line["role"] for line in await hosted.desk.history(hosted.thread)]
    assert roles == ["customer", "bot"] * turns
