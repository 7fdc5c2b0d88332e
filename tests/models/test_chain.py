"""The chain against a loopback server, through the real client of langchain-openai: the customer is always answered."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.desk.modelling import Chain, Link, Price
from frontdesk.graph.metering import Call, Free
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply, call, error
from frontdesk.testing.scripted import ScriptedModel

TOOL = {
    "type": "function",
    "function": {
        "name": "get_order",
        "description": "Looks an order up.",
        "parameters": {"type": "object", "properties": {"order_id": {"type": "string", "x-ask": "Which?"}}},
    },
}
ASK = [HumanMessage("where is order 10482, secret-word")]
BROKEN = Reply(calls=(("get_order", {"order_id": "10482"}),), fault="bad_arguments")
SLOW = Reply("late", fault="slow", seconds=3600)


class Waits:
    """Stands in for asyncio.sleep: records how long the chain would have waited."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def roster(server: OpenAIServer, *, timeout: float = 5.0, **specs: str) -> ModelRoster:
    specs = specs or {"fast": "openai:first"}
    factory = hosted_factory(server.url, timeout)
    return ModelRoster(specs, ScriptedModel("from keyless"), factory, timeout=timeout, sleep=Waits())


async def test_a_stream_becomes_one_message_with_its_usage() -> None:
    async with OpenAIServer([Reply("It is on its way.")]) as server:
        done = await roster(server).complete("fast", ASK)
        assert (done.message.content, done.model, done.failures) == ("It is on its way.", "openai:first", ())
        assert (done.input_tokens, done.output_tokens) == (11, 7)
        assert server.requests[0].body["stream"] is True


async def test_a_tool_call_is_put_together_and_the_model_never_sees_our_keywords() -> None:
    async with OpenAIServer([call("get_order", order_id="10482")]) as server:
        done = await roster(server).complete("fast", ASK, tools=[TOOL])
        assert [(c["name"], c["args"]) for c in done.message.tool_calls] == [("get_order", {"order_id": "10482"})]
        assert "x-ask" not in str(server.requests[0].body)
        assert server.requests[0].tools == ["get_order"]


@pytest.mark.parametrize(
    ("script", "cause", "requests"),
    [
        ([error(429, retry_after="60")], "rate_limited", 1),  # the wait does not fit
        ([error(429), error(429)], "rate_limited", 2),  # one retry, no more
        ([error(500), error(503)], "server_error", 2),
        ([error(400)], "refused", 1),
        ([error(401)], "auth", 1),
        ([error(404)], "refused", 1),
        ([Reply("a b c d", fault="cut")], "cut", 1),  # the connection breaks
        ([Reply("a b c d", fault="unfinished")], "cut", 1),  # no finish reason
        ([BROKEN, BROKEN], "malformed", 2),  # one re-ask, no more
        ([Reply("a b c d", fault="bad_json")] * 2, "malformed", 2),
        ([Reply("no", fault="refusal")], "refused", 1),
        ([Reply("")] * 2, "malformed", 2),  # nothing said
        ([call("drop_table")] * 2, "malformed", 2),  # not offered
        ([Reply(calls=(("get_order", ["10482"]),))] * 2, "malformed", 2),  # type: ignore[list-item]  # no object
    ],
)
async def test_each_fault_has_its_cause_and_the_keyless_model_answers(
    script: Sequence[Reply], cause: str, requests: int
) -> None:
    async with OpenAIServer(script) as server:
        done = await roster(server).complete("fast", ASK, tools=[TOOL])
        assert (done.message.content, done.model) == ("from keyless", "keyless")
        assert done.failures == (f"fast/{cause}",)
        assert len(server.requests) == requests


async def test_nobody_at_home_is_a_connection_fault() -> None:
    async with OpenAIServer() as server:
        gone = roster(server)
    done = await gone.complete("fast", ASK)
    assert (done.model, done.failures) == ("keyless", ("fast/connection",))


@pytest.mark.parametrize(
    ("script", "waits"),
    [
        ([error(429, retry_after="0.25"), Reply("ok")], [0.25]),  # the provider says how long
        ([error(500), Reply("ok")], [0.5]),  # our own pause
        ([error(429, retry_after="soon"), Reply("ok")], [0.5]),  # unreadable
        ([BROKEN, Reply("ok")], []),  # asked again at once
    ],
)
async def test_a_passing_fault_is_tried_once_more(script: Sequence[Reply], waits: list[float]) -> None:
    async with OpenAIServer(script) as server:
        models = roster(server)
        done = await models.complete("fast", ASK, tools=[TOOL])
        assert (done.message.content, done.model, done.failures) == ("ok", "openai:first", ())
        assert isinstance(models.sleep, Waits)
        assert models.sleep.seconds == waits


async def test_the_second_question_says_what_was_wrong() -> None:
    async with OpenAIServer([BROKEN, Reply("ok")]) as server:
        await roster(server).complete("fast", ASK, tools=[TOOL])
        first, second = (request.body["messages"] for request in server.requests)
        # one system message, and it comes first: a second one, or one behind the customer's, many models do not take
        assert [message["role"] for message in second] == ["system", *(message["role"] for message in first)]
        assert second[1:] == first
        assert "not valid JSON" in second[0]["content"]


@pytest.mark.parametrize(
    "reply",
    [SLOW, Reply("word " * 500, pace=0.01)],
    ids=["silence", "drip"],  # a drip never pauses long, so only a clock over the whole stream sees it
)
async def test_the_time_budget_covers_the_whole_stream(reply: Reply) -> None:
    async with OpenAIServer([reply]) as server:
        models = roster(server)
        await models.warm()
        started = time.monotonic()
        done = await models.complete("fast", ASK, seconds=0.2)
        assert time.monotonic() - started < 0.5
        assert (done.model, done.failures) == ("keyless", ("fast/timeout",))


async def test_a_slow_first_link_leaves_time_for_the_second() -> None:
    async with OpenAIServer([SLOW, Reply("from second")]) as server:
        models = roster(server, fast="openai:first", reasoning="openai:second")
        await models.warm()
        done = await models.complete("fast", ASK, seconds=1.0)
        assert (done.message.content, done.model) == ("from second", "openai:second")
        assert done.failures == ("fast/timeout",)


async def test_every_link_down_still_answers() -> None:
    async with OpenAIServer([error(401), error(400)]) as server:
        done = await roster(server, fast="openai:first", reasoning="openai:second").complete("reasoning", ASK)
    assert done.message.content == "from keyless"
    assert done.failures == ("reasoning/auth", "fast/refused")


async def test_no_time_left_goes_straight_to_the_keyless_model() -> None:
    async with OpenAIServer() as server:
        models = roster(server)
        await models.warm()
        done = await models.complete("fast", ASK, seconds=0.0)
        assert (done.model, done.failures, server.requests) == ("keyless", ("fast/timeout",), [])


def unused(_: Link) -> BaseChatModel:
    raise AssertionError("no model may be built")


@pytest.mark.parametrize(
    ("specs", "role", "chain"),
    [
        ({}, "fast", []),
        ({"fast": "a:b"}, "keyless", []),
        ({"fast": "a:b", "reasoning": "a:c"}, "fast", ["fast", "reasoning"]),
        ({"fast": "a:b", "reasoning": "a:c"}, "reasoning", ["reasoning", "fast"]),
        ({"fast": "a:b", "reasoning": "a:b"}, "fast", ["fast"]),  # the same model is not asked twice
        ({"fast": "a:b"}, "reasoning", ["fast"]),
        ({"fast": "a:b"}, "guard", []),  # a guard is never replaced by a model that was not chosen as one
        ({"fast": None, "summary": "a:b"}, "summary", ["summary"]),
        ({"fast": ["a:b", "a:c"], "reasoning": "a:d"}, "fast", ["fast", "fast", "reasoning"]),  # its own ones first
        ({"fast": ["a:b", "a:b"], "reasoning": ["a:c", "a:b"]}, "fast", ["fast", "reasoning"]),  # once, first place
        ({"fast": ["a:b", Link(model="a:b", key="OTHER")]}, "fast", ["fast", "fast"]),  # another account
        ({"fast": ["a:b", Link(model="a:b", base_url="http://x")]}, "fast", ["fast", "fast"]),  # another place
        ({"fast": ["a:b", "keyless"]}, "fast", ["fast"]),  # which ends every chain
        ({"fast": []}, "fast", []),
    ],
)
def test_chains(specs: dict[str, Chain], role: Any, chain: list[str]) -> None:
    models = ModelRoster(specs, ScriptedModel(), unused)
    assert [name for name, _ in models.chain(role)] == chain
    assert models.describe(role) == (models.chain(role)[0][1].model if chain else "keyless")


@pytest.mark.parametrize(("role", "text"), [("fast", "from keyless"), ("guard", ""), ("summary", "")])
async def test_without_a_model_the_keyless_one_serves_what_it_can(role: Any, text: str) -> None:
    done = await ModelRoster({}, ScriptedModel("from keyless"), unused).complete(role, ASK)
    assert (done.message.content, done.model, done.failures) == (text, "keyless", ())


@pytest.mark.parametrize("build", [ValueError, ImportError, RuntimeError])
async def test_a_model_that_cannot_be_built_is_tried_once_and_skipped(build: Callable[[], Exception]) -> None:
    tried: list[str] = []

    def factory(link: Link) -> BaseChatModel:
        tried.append(link.model)
        raise build()

    models = ModelRoster({"fast": "a:b"}, ScriptedModel("one", "two"), factory)
    await models.warm()  # a desk opens without its model: a key may be missing on a laptop, a provider be down
    for text in ("one", "two"):
        done = await models.complete("fast", ASK)
        assert (done.message.content, done.failures) == (text, ("fast/auth",))
    assert tried == ["a:b"]


async def test_logs_carry_no_words_of_the_customer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="frontdesk")
    async with OpenAIServer([error(500), Reply("secret-word again", fault="cut")]) as server:
        await roster(server).complete("fast", ASK)
    told = [record.getMessage() for record in caplog.records if record.name.startswith("frontdesk")]
    assert any("cut" in line for line in told)
    assert not any("secret-word" in line for line in told)


async def test_a_model_without_streaming_is_served_too() -> None:
    class Whole(ScriptedModel):
        """Answers in one piece."""

        _stream = BaseChatModel._stream

    for reason in ("stop", "stopstop"):  # langchain joins the words of a server that says it in two chunks
        answer = AIMessage("ok", response_metadata={"finish_reason": reason})
        models = ModelRoster({"fast": "a:b"}, ScriptedModel(), lambda _, one=answer: Whole(one))  # type: ignore[misc]
        assert (await models.complete("fast", ASK)).message.content == "ok"


class Counting:
    """A meter that lets everything through, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Call] = []

    async def reserve(self, call: Call) -> Free:
        self.asked.append(call)
        return Free()

    def aside(self, caller: Any) -> None:
        return None


async def test_a_link_that_cannot_be_built_takes_no_time_of_the_one_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECOND_KEY", raising=False)
    chain: Chain = ["openai:first", Link(model="openai:second", key="SECOND_KEY")]
    meter = Counting()
    async with OpenAIServer([Reply("ok")]) as server:
        made = ModelRoster({"fast": chain}, ScriptedModel(), hosted_factory(server.url, 5.0), timeout=5.0, meter=meter)
        await made.warm()
        await made.complete("fast", ASK, seconds=5.0)
    assert [round(call.seconds, 1) for call in meter.asked] == [5.0]


async def test_each_call_has_the_price_of_its_own_link() -> None:
    meter = Counting()
    async with OpenAIServer([Reply("", fault="refusal")]) as dear, OpenAIServer([Reply("ok")]) as own:
        chain: Chain = [
            Link(model="openai:a", base_url=dear.url, price=Price(input=5, output=20)),
            Link(model="openai:a", base_url=own.url, price=Price(input=0, output=0)),
            Link(model="openai:a"),
        ]
        made = ModelRoster({"fast": chain}, ScriptedModel(), hosted_factory(None, 5.0), timeout=5.0, meter=meter)
        await made.complete("fast", ASK)
    assert [call.price.input if call.price else None for call in meter.asked] == [5.0, 0.0]
