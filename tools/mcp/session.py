"""One session with a server, in a task of its own: the SDK's contexts must be left by the task that entered them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

from mcp import ClientSession, McpError, types
from mcp.shared.session import RequestResponder

from frontdesk.tools.mcp.stdio import Gone, Streams

logger = logging.getLogger(__name__)

PAGES = 20
"""Pages of a list of tools that are read at most."""
_FORGOTTEN = 32600
"""The SDK's code for a server (404) that knows the session no more, and therefore did nothing."""
_LAST_WORDS = 0.2
"""Seconds in which an answer may still be read that came before the server went."""

Opening = Callable[[Gone], AbstractAsyncContextManager[Streams]]


class NoSessionError(Exception):
    """There is no session with the server, and nothing was sent."""


def digest(tool: types.Tool) -> str:
    """Return what a contract pins: SHA-256 over name, descriptions, schemas and annotations, 32 hex digits."""
    told = tool.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"meta", "icons"})
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class LostError(Exception):
    """The server went while a call was under way: it may have happened."""


class Peer:
    """A session that is open, until its server goes."""

    def __init__(self, opening: Opening, seconds: float) -> None:
        """Take what opens the streams, and the seconds for opening and for a list of tools."""
        self._opening = opening
        self._seconds = seconds
        self._session: ClientSession | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._stop = asyncio.Event()
        self._task = asyncio.create_task(self._live())
        self._tools: dict[str, types.Tool] = {}
        self._listed = -float("inf")
        self.doubtful = False
        """Whether a call was not answered in time: whoever comes next asks first whether the server is there."""

    @property
    def alive(self) -> bool:
        """Whether calls may be sent."""
        return not self._task.done() and not self._stop.is_set()

    async def opened(self) -> None:
        """Wait until the session is open. NoSessionError: it could not be."""
        await asyncio.shield(self._ready)

    async def close(self) -> None:
        """End the session, and its server where that is a process of ours."""
        self._stop.set()
        await asyncio.wait({self._task})

    async def tools(self, believed: float) -> dict[str, types.Tool]:
        """Return the server's tools by name, asked for again after ``believed`` seconds. NoSessionError: none came."""
        if time.monotonic() - self._listed > believed:
            found: dict[str, types.Tool] = {}
            cursor: str | None = None
            began = time.monotonic()
            for _ in range(PAGES):
                page = await self._asked(types.ListToolsRequest(params=_page(cursor)), types.ListToolsResult)
                found.update({tool.name: tool for tool in page.tools})
                cursor = page.nextCursor
                if not cursor:
                    break
            self._tools, self._listed = found, began
        return self._tools

    async def ping(self) -> None:
        """See that the server answers. NoSessionError: it does not."""
        await self._asked(types.PingRequest(), types.EmptyResult)
        self.doubtful = False

    async def call(self, name: str, arguments: dict[str, Any], meta: dict[str, Any]) -> types.CallToolResult:
        """Call a tool. The server's own schemas are not looked at: the contract's count.

        Raises:
            NoSessionError: The session was over; nothing was sent.
            LostError: The server went meanwhile.
            McpError: The server answered with an error of the protocol.
            Exception: Whatever else an answer in a wrong form leads to; the call was sent.
        """
        if self._session is None or not self.alive:
            raise NoSessionError
        told = types.RequestParams.Meta(**meta) if meta else None
        params = types.CallToolRequestParams(name=name, arguments=arguments, _meta=told)
        request = types.ClientRequest(types.CallToolRequest(params=params))
        sending = asyncio.create_task(self._session.send_request(request, types.CallToolResult))
        gone = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not sending.done():
                await asyncio.wait({sending}, timeout=_LAST_WORDS)
            if not sending.done():
                raise LostError
            return sending.result()
        except McpError as error:
            if error.error.code == _FORGOTTEN:
                self._stop.set()
                raise NoSessionError from None
            raise
        except asyncio.CancelledError:
            self.doubtful = True
            raise
        finally:
            sending.cancel()
            gone.cancel()

    async def _asked(self, request: Any, form: type[Any]) -> Any:
        if self._session is None or not self.alive:
            raise NoSessionError
        try:
            async with asyncio.timeout(self._seconds):
                return await self._session.send_request(types.ClientRequest(request), form)
        except Exception:  # noqa: BLE001 - anything may come of a strange server's answer; there is no session then
            self._stop.set()
            raise NoSessionError from None

    async def _live(self) -> None:
        try:
            async with AsyncExitStack() as stack:
                async with asyncio.timeout(self._seconds):
                    read, write = await stack.enter_async_context(self._opening(self._stop.set))
                    session = ClientSession(read, write, message_handler=self._heard)
                    self._session = await stack.enter_async_context(session)
                    await self._session.initialize()
                self._ready.set_result(None)
                await self._stop.wait()
        except Exception as error:  # noqa: BLE001 - whatever a server does ends its session, and nothing else
            # its words may hold anything
            logger.warning("an MCP session ended: %s", type(error).__name__)
        finally:
            self._stop.set()
            if not self._ready.done():
                self._ready.set_exception(NoSessionError())
                self._ready.exception()  # whoever waited may have left

    async def _heard(self, message: RequestResponder[Any, Any] | types.ServerNotification | Exception) -> None:
        """Note that the list of tools changed. Requests of the server are refused by the SDK: we offer it nothing."""
        if isinstance(message, types.ServerNotification) and isinstance(
            message.root, types.ToolListChangedNotification
        ):
            self._listed = -float("inf")


def _page(cursor: str | None) -> types.PaginatedRequestParams | None:
    return types.PaginatedRequestParams(cursor=cursor) if cursor else None
