"""A server over streamable HTTP: the SDK's transport over our guarded connections, with bounded answers.

With the SDK one request that fails ends the session for all others, or is waited for until its time is over. The door
below answers such a request itself, with an error of the protocol that says whether anything was sent.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpcore
import httpx
from mcp.client.streamable_http import streamable_http_client

from frontdesk.tools.http.auth import NoTokenError, Signing, signing
from frontdesk.tools.http.options import HttpConnection
from frontdesk.tools.http.transport import Resolve, open_client, resolve
from frontdesk.tools.mcp.stdio import Gone, Streams

NOT_SENT = -32990
"""JSON-RPC code of our own: the server did not get the request, or did not take it."""
LOST = -32991
"""JSON-RPC code of our own: the server may have carried the request out."""
_NOT_TAKEN = frozenset({400, 401, 403, 405, 406, 415, 421, 425, 429, 501, 503})
"""Statuses with which a server takes no request (RFC 9110, 15.5 and 15.6; RFC 6585; RFC 8470)."""
_UNSENT = (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, httpcore.UnsupportedProtocol)
_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpx.HTTPError)


class TooLongError(httpx.ReadError):
    """An answer that is longer than the connection allows; no byte beyond that was read."""


class _Body(httpx.AsyncByteStream):
    """An answer's events, bounded; where they end without an answer, an error takes its place."""

    def __init__(self, stream: Any, limit: int, instead: bytes) -> None:
        self._stream = stream
        self._limit = limit
        self._instead = instead

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in bounded(self._stream, self._limit):
                yield chunk
        except _BROKEN:
            pass  # the lines below say so
        yield b"\n\nevent: message\ndata: " + self._instead + b"\n\n"

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Door(httpx.AsyncBaseTransport):
    """Says who we are, bounds every answer, and listens to nothing that nobody asked for."""

    def __init__(self, client: httpx.AsyncClient, who: Signing, limit: int) -> None:
        self._client = client
        self._who = who
        self._limit = limit

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            # the standing stream of a server: what it would ask there (sampling, roots) is refused anyway
            return httpx.Response(405, request=request)
        asked = _asked(await request.aread())
        try:
            request.headers.update(await self._who.headers(self._client))
            answer = await self._client.send(request, stream=True)
        except (*_UNSENT, NoTokenError):
            return _error(request, asked, NOT_SENT)
        except _BROKEN:
            return _error(request, asked, LOST)
        if asked is None or answer.status_code == 404:
            # a notification's answer has nothing to say; a 404 is how a server tells that it knows the session no more
            await answer.aclose()
            return httpx.Response(answer.status_code if answer.status_code == 404 else 202, request=request)
        return await self._answered(request, asked, answer)

    async def _answered(self, request: httpx.Request, asked: Any, answer: httpx.Response) -> httpx.Response:
        if answer.status_code != 200:
            await answer.aclose()
            if answer.status_code == 401:
                self._who.rejected()
            return _error(request, asked, NOT_SENT if answer.status_code in _NOT_TAKEN else LOST)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        headers = {name: value for name, value in answer.headers.items() if name in {"content-type", "mcp-session-id"}}
        if answer.headers.get("content-encoding", "identity") != "identity":
            kind = ""  # packed although we asked for it as it is: it might unpack to anything
        if kind == "text/event-stream":
            body = _Body(answer.stream, self._limit, _text(asked, LOST))
            return httpx.Response(200, headers=headers, stream=body, request=request)
        try:
            content = b"".join([chunk async for chunk in bounded(answer.stream, self._limit)])
            json.loads(content)
        except (*_BROKEN, ValueError, RecursionError):
            kind = ""
        finally:
            await answer.aclose()
        if kind != "application/json":
            return _error(request, asked, LOST)
        return httpx.Response(200, headers=headers, content=content, request=request)

    async def aclose(self) -> None:
        await self._client.aclose()


@asynccontextmanager
async def web(
    options: HttpConnection, environment: Mapping[str, str], root: Path, gone: Gone, lookup: Resolve = resolve
) -> AsyncIterator[Streams]:
    """Open the streams of a server.

    Args:
        options: Of the connection.
        environment: Where secrets stand.
        root: The desk's folder.
        gone: Not called: a server over HTTP shows only when it is asked.
        lookup: Resolver of names; private addresses are refused unless the connection allows them.

    Raises:
        ConfigurationError: A secret is not set, or a certificate cannot be used.
    """
    door = _Door(open_client(options, root, lookup), signing(options.auth, environment), options.max_bytes)
    parts = options.timeouts
    timeout = httpx.Timeout(parts.read, connect=parts.connect, pool=parts.pool)
    headers = {"accept-encoding": "identity", "user-agent": "frontdesk"}
    async with (
        httpx.AsyncClient(transport=door, timeout=timeout, headers=headers, trust_env=False) as client,
        streamable_http_client(options.url, http_client=client) as (read, write, _),
    ):
        yield read, write


async def bounded(stream: Any, limit: int) -> AsyncIterator[bytes]:
    """Yield a stream's bytes. TooLongError: there are more than ``limit``."""
    left = limit
    async for chunk in stream:
        left -= len(chunk)
        if left < 0:
            raise TooLongError("too long")
        yield chunk


def _asked(content: bytes) -> Any:
    """Return the id of a request; None for a notification."""
    try:
        message = json.loads(content)
    except ValueError:
        return None
    return message.get("id") if isinstance(message, dict) and "method" in message else None


def _text(asked: Any, code: int) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": asked, "error": {"code": code, "message": "no answer"}}).encode()


def _error(request: httpx.Request, asked: Any, code: int) -> httpx.Response:
    if asked is None:
        return httpx.Response(202, request=request)
    headers = {"content-type": "application/json"}
    return httpx.Response(200, headers=headers, content=_text(asked, code), request=request)
