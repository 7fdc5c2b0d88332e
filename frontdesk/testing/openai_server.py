"""A loopback server that speaks OpenAI's chat completions and moderations, with every fault a provider has shown.

Plain asyncio, because a fault such as a connection that breaks in the middle of a stream needs the transport itself.

Example::

    async with OpenAIServer([error(429, retry_after="0"), Reply("Hello")]) as server:
        model = init_chat_model("openai:any", base_url=server.url, api_key="loopback")
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from frontdesk.testing.replies import Reply, moderated, whole
from frontdesk.testing.sending import plain, send, stream

_ERROR = {"error": {"message": "scripted fault", "type": "scripted", "param": None, "code": None}}


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server read it."""

    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def tools(self) -> list[str]:
        """Names of the offered tools."""
        return [tool["function"]["name"] for tool in self.body.get("tools", [])]


class OpenAIServer:
    """Serves ``script`` one reply per request, then ``default`` for ever; ``requests`` records what came in."""

    def __init__(
        self, script: Iterable[Reply] = (), default: Reply | None = None, moderations: Iterable[Reply] = ()
    ) -> None:
        """Take the replies to play and the one that follows them (a short text when none is given).

        ``moderations`` are those of the path ``/moderations``, in their order; afterwards nothing is flagged.
        """
        self.script = deque(script)
        self.default = default or Reply(text="All good.")
        self.moderations = deque(moderations)
        self.requests: list[Request] = []
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Base URL for an OpenAI client, such as ``http://127.0.0.1:40001/v1``."""
        if self._server is None:
            msg = "the server runs inside `async with` only"
            raise RuntimeError(msg)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def __aenter__(self) -> Self:
        """Listen on a free loopback port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection, also those that a slow answer keeps open."""
        assert self._server is not None
        self._server.close()
        for task in tuple(self._clients):
            task.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    def reply_to(self, request: Request) -> Reply:
        """Return the next reply of the script; a subclass may look at the request instead."""
        return self.script.popleft() if self.script else self.default

    def _moderation(self) -> Reply:
        return self.moderations.popleft() if self.moderations else Reply()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._clients.add(task)
        try:
            while (request := await _read(reader)) is not None:
                self.requests.append(request)
                if not await self._answer(request, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away: its right
        except asyncio.CancelledError:
            writer.transport.abort()  # the server is closing; there is nobody to hand the cancellation to
        finally:
            self._clients.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Play the next reply; False when the connection must end."""
        judging = request.path.endswith("/moderations")
        if not judging and not request.path.endswith("/chat/completions"):
            send(writer, 404, _ERROR)
            await writer.drain()
            return True
        reply = self._moderation() if judging else self.reply_to(request)
        if reply.fault == "hang_up":
            return False
        if reply.fault == "status":
            send(writer, reply.status, _ERROR, reply.headers)
        elif reply.fault == "html":
            send(writer, 200, b"<html><body>Down for maintenance</body></html>", reply.headers, kind="text/html")
        elif request.body.get("stream"):
            return await stream(writer, reply, request.body)
        else:
            answer = moderated(reply, request.body) if judging else whole(reply, request.body.get("model", ""))
            return await plain(writer, reply, answer)
        await writer.drain()
        return True


async def _read(reader: asyncio.StreamReader) -> Request | None:
    first = await reader.readline()
    if not first:
        return None
    method, path, _ = first.decode("latin-1").split(" ", 2)
    headers: dict[str, str] = {}
    while (line := (await reader.readline()).decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method=method, path=path, headers=headers, body=json.loads(raw) if raw else {})
