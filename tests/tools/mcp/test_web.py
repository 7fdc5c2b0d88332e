"""The mcp connector over streamable HTTP: a FastMCP server on loopback, and doors that behave badly."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from frontdesk.desk.connecting import Connection
from frontdesk.errors import ToolError, ToolFailedError, ToolUnknownError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.connectors.mcp import McpBackend, build
from frontdesk.tools.contract import ToolContract

pytest.importorskip("mcp")
App = Callable[[Any, Any, Any], Awaitable[None]]


def contract(tool: str, effect: str = "read") -> ToolContract:
    return ToolContract.model_validate(
        {
            "name": f"{tool}_it",
            "description": "Does something on the server.",
            "effect": effect,
            "input": {"type": "object"},
            "output": {"type": "object"},
            "connector": {"kind": "mcp", "connection": "shop", "options": {"tool": tool}},
        }
    )


async def run(backend: McpBackend, tool: str, effect: str = "read", **given: Any) -> dict[str, Any]:
    made = contract(tool, effect)
    assert backend.check(made) == []
    return await backend.run(made.connector.options, Invocation(made.name, given, "C-1", 0.0, "ab" * 16))


def connected(port: int, **options: Any) -> McpBackend:
    given = {"url": f"http://127.0.0.1:{port}/mcp", "private": True, "auth": {"bearer": "TOKEN"}, **options}
    resources = Resources(connections={"shop": Connection(kind="mcp", options=given)}, environment={"TOKEN": "t0ken"})
    return build(resources)


@asynccontextmanager
async def serving(app: Any, port: int = 0) -> AsyncIterator[int]:
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", ws="none", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", port)) as listening:
        task = asyncio.create_task(server.serve(sockets=[listening]))
        yield listening.getsockname()[1]
        server.should_exit = True
        await task


def app() -> Any:
    from tests.tools.mcp.shop import shop

    return shop().streamable_http_app()


async def test_calls_and_a_server_that_is_started_anew() -> None:
    async with contextlib.AsyncExitStack() as stack:
        port = await stack.enter_async_context(serving(app()))
        backend = connected(port)
        assert await run(backend, "quote", weight=2) == {"price": 4.0, "days": 2}
        assert await run(backend, "book", "write", weight=2) == {"reference": "P-1"}
        with pytest.raises(ToolUnknownError):
            await run(backend, "book", "write", weight=31)
    with pytest.raises(ToolFailedError):
        await run(backend, "book", "write", weight=2)
    async with serving(app(), port):
        # the new one does not know the session: it is opened again, and the call is made once
        assert await run(backend, "book", "write", weight=2) == {"reference": "P-1"}
    await backend.close()


class Door:
    """Speaks just enough of the protocol, until a tool is called."""

    def __init__(self, answer: Callable[[Any], Awaitable[None]]) -> None:
        self.answer = answer
        self.calls = 0
        self.tokens: set[str] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            for kind in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{kind}.complete"})
            return
        self.tokens.update(value.decode() for name, value in scope["headers"] if name == b"authorization")
        body = (await receive())["body"]
        message = json.loads(body) if body else {}
        results: dict[str, Any] = {
            "initialize": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "serverInfo": {"name": "door", "version": "1"},
            },
            "tools/list": {"tools": [{"name": "book", "inputSchema": {"type": "object"}}]},
        }
        if message.get("method") == "tools/call":
            self.calls += 1
            await self.answer(send)
        elif message.get("method") in results:
            answer = {"jsonrpc": "2.0", "id": message["id"], "result": results[message["method"]]}
            await say(send, 200, json.dumps(answer).encode())
        else:
            await say(send, 202)


async def say(send: Any, status: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> None:
    pairs = {"content-type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in pairs.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


ANSWERS: list[tuple[str, Callable[[Any], Awaitable[None]], type[ToolError]]] = [
    ("server's fault", lambda send: say(send, 500), ToolUnknownError),
    ("gateway's time is over", lambda send: say(send, 504), ToolUnknownError),
    ("does not know us", lambda send: say(send, 401), ToolFailedError),
    ("not now", lambda send: say(send, 503), ToolFailedError),
    ("too often", lambda send: say(send, 429), ToolFailedError),
    ("elsewhere", lambda send: say(send, 307, location="http://127.0.0.1:9/mcp"), ToolUnknownError),
    ("no JSON", lambda send: say(send, 200, b"<html>C-1042"), ToolUnknownError),
    ("another type", lambda send: say(send, 200, b"{}", "text/html"), ToolUnknownError),
    ("too long", lambda send: say(send, 200, b'"' + b"x" * 20_000 + b'"'), ToolUnknownError),
    ("packed", lambda send: say(send, 200, b"{}", content_encoding="gzip"), ToolUnknownError),
    ("events without an answer", lambda send: say(send, 200, b": still there\n\n", "text/event-stream"), ToolUnknownError),
    ("events that are too long", lambda send: say(send, 200, b"data: " + b"x" * 20_000, "text/event-stream"), ToolUnknownError),
]  # fmt: skip


@pytest.mark.parametrize(("word", "answer", "error"), ANSWERS, ids=[row[0] for row in ANSWERS])
async def test_what_an_answer_means_for_a_write(
    word: str, answer: Callable[[Any], Awaitable[None]], error: type[ToolError]
) -> None:
    door = Door(answer)
    async with serving(door) as port:
        backend = connected(port, max_bytes=10_000)
        with pytest.raises(error):
            await run(backend, "book", "write")
        with pytest.raises(ToolFailedError):
            await run(backend, "book", "read")
        await backend.close()
    assert door.calls == 2
    assert door.tokens == {"Bearer t0ken"}


async def test_no_private_address_unless_allowed() -> None:
    asked: list[str] = []

    async def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.7"]

    options = {"url": "https://shop.example/mcp"}
    backend = build(Resources(connections={"shop": Connection(kind="mcp", options=options)}), lookup)
    with pytest.raises(ToolFailedError):
        await run(backend, "book", "write")
    assert asked == ["shop.example"]
    await backend.close()
