"""A chain over Anthropic's protocol, where its client is installed: it is no dependency of frontdesk."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from frontdesk.desk.modelling import Link
from frontdesk.models.caching import PromptCache
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import hosted_factory
from frontdesk.testing.scripted import ScriptedModel
from tests.models.test_chain import TOOL

pytest.importorskip("langchain_anthropic", reason="langchain-anthropic is not installed")

USAGE = {"input_tokens": 20, "cache_read_input_tokens": 1000, "cache_creation_input_tokens": 0, "output_tokens": 9}
ASKED = [SystemMessage("Rules.\nToday is Monday."), HumanMessage("where is order 10482?")]
CALL = ({"type": "tool_use", "id": "t1", "name": "get_order", "input": {}}, "input_json_delta", "partial_json")
WORDS = ({"type": "text", "text": ""}, "text_delta", "text")
TOOL_USE = (CALL, ['{"order_id": "10', '482"}'], "tool_use")
SPOKEN = (WORDS, ["On its ", "way."], "end_turn")


def events(content: Any, reason: str | None, usage: dict[str, int]) -> bytes:
    (block, kind, key), pieces = content
    message = {"id": "m", "type": "message", "role": "assistant", "model": "x", "content": [], "stop_reason": None}
    made: list[dict[str, Any]] = [{"type": "message_start", "message": {**message, "usage": {**USAGE, **usage}}}]
    made.append({"type": "content_block_start", "index": 0, "content_block": block})
    made += [{"type": "content_block_delta", "index": 0, "delta": {"type": kind, key: piece}} for piece in pieces]
    if reason:
        delta = {"stop_reason": reason, "stop_sequence": None}
        made += [{"type": "content_block_stop", "index": 0}, {"type": "message_delta", "delta": delta, "usage": usage}]
        made.append({"type": "message_stop"})
    return "".join(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n" for one in made).encode()


class AnthropicServer:
    """Answers every request with the same stream, or with the same status."""

    def __init__(self, body: bytes, status: int = 200, missing: int = 0) -> None:
        self.body, self.status, self.missing = body, status, missing
        self.asked: list[dict[str, Any]] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        self.asked.append(json.loads(await reader.readexactly(length)))
        lines = [f"HTTP/1.1 {self.status} X", "Content-Type: text/event-stream", "Connection: close"]
        lines += ["Retry-After: 60", f"Content-Length: {len(self.body) + self.missing}"]
        writer.write("\r\n".join([*lines, "", ""]).encode() + self.body)
        await writer.drain()
        writer.close()


def roster(server: AnthropicServer) -> ModelRoster:
    specs = {"fast": Link(model="anthropic:claude-x", base_url=server.url)}
    factory = hosted_factory("http://127.0.0.1:9/v1", 5.0, api_key="test")
    return ModelRoster(specs, ScriptedModel("from keyless"), factory, cache=PromptCache(("Rules.\n",)))


async def test_the_beginning_is_marked_and_what_was_cached_is_counted() -> None:
    async with AnthropicServer(events(SPOKEN[:2], "end_turn", USAGE)) as server:
        done = await roster(server).complete("fast", ASKED, tools=[TOOL])
    assert (done.message.text, done.failures) == ("On its way.", ())
    assert (done.input_tokens, done.cached_tokens, done.output_tokens) == (1020, 1000, 9)
    (asked,) = server.asked
    assert asked["system"] == [
        {"type": "text", "text": "Rules.\n", "cache_control": {"type": "ephemeral"}},
        {"type": "text", "text": "Today is Monday."},
    ]
    assert [tool["name"] for tool in asked["tools"]] == ["get_order"]


async def test_a_tool_call_comes_whole() -> None:
    async with AnthropicServer(events(TOOL_USE[:2], "tool_use", {"output_tokens": 9})) as server:
        done = await roster(server).complete("fast", ASKED, tools=[TOOL])
    assert [(call["name"], call["args"]) for call in done.message.tool_calls] == [("get_order", {"order_id": "10482"})]
    assert done.input_tokens > 0  # also where the client reports the end of the answer alone


@pytest.mark.parametrize(
    ("word", "body", "status", "missing", "cause"),
    [
        ("overloaded", b"{}", 529, 0, "server_error"),
        ("rate limited", b"{}", 429, 0, "rate_limited"),
        ("a wrong key", b"{}", 401, 0, "auth"),
        ("cut", events(SPOKEN[:2], None, {}), 200, 500, "cut"),
        ("no end", events(SPOKEN[:2], None, {}), 200, 0, "cut"),
        ("a refusal", events(SPOKEN[:2], "refusal", USAGE), 200, 0, "refused"),
        ("too long", events(SPOKEN[:2], "max_tokens", USAGE), 200, 0, "cut"),
    ],
)
async def test_its_faults_have_our_causes(word: str, body: bytes, status: int, missing: int, cause: str) -> None:
    async with AnthropicServer(body, status, missing) as server:
        done = await roster(server).complete("fast", ASKED)
    assert (done.model, done.failures) == ("keyless", (f"fast/{cause}",)), word


async def test_a_broken_call_is_asked_again_in_the_one_system_message() -> None:
    broken = (CALL, ['{"order_id": "10'])
    async with AnthropicServer(events(broken, "tool_use", USAGE)) as server:
        done = await roster(server).complete("fast", ASKED, tools=[TOOL])
    assert done.failures == ("fast/malformed",)
    first, second = (asked["system"] for asked in server.asked)
    assert second[0] == first[0]  # what is cached stays as it was
    assert "not valid JSON" in second[1]["text"]
