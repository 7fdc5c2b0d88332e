"""One MCP server of a desk: opened when first asked, opened again after it went, closed once."""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from mcp import types

from frontdesk.errors import ConfigurationError
from frontdesk.tools.http.auth import signing
from frontdesk.tools.http.transport import Resolve, resolve
from frontdesk.tools.mcp.options import McpConnection
from frontdesk.tools.mcp.session import NoSessionError, Opening, Peer, digest
from frontdesk.tools.mcp.stdio import Gone, Streams, stdio
from frontdesk.tools.mcp.web import web

logger = logging.getLogger(__name__)

REST = 1.0
"""Seconds for which a server that could not be opened is left alone."""


class ChangedError(Exception):
    """The tool is not there any more, or not the one that was reviewed; nothing was sent."""


class Link:
    """Sends calls of one connection."""

    def __init__(
        self,
        name: str,
        options: McpConnection,
        environment: Mapping[str, str],
        root: Path,
        lookup: Resolve = resolve,
    ) -> None:
        """Contact nothing.

        Raises:
            ConfigurationError: A variable that the connection names is not set.
        """
        self.options = options
        self._name = name
        self._opening = _opening(options, environment, root, lookup)
        self._peer: Peer | None = None
        self._lock = asyncio.Lock()
        self._tried = -float("inf")
        self._closed = False

    async def tools(self) -> dict[str, types.Tool]:
        """Return the server's tools by name. NoSessionError: it cannot be asked."""
        return await (await self._open()).tools(self.options.listed_seconds)

    async def call(
        self, name: str, pinned: str, arguments: dict[str, Any], meta: dict[str, Any], deadline: float
    ) -> types.CallToolResult:
        """Call a tool, once.

        Args:
            name: Its name on the server.
            pinned: The digest that it must have; empty: any.
            arguments: Real values.
            meta: For the server beside the arguments (``_meta``).
            deadline: ``time.monotonic()`` seconds from which nothing is begun.

        Raises:
            NoSessionError: Nothing was sent.
            ChangedError: Nothing was sent.
            Exception: As for ``Peer.call``; it was sent.
        """
        try:
            return await self._call(name, pinned, arguments, meta, deadline)
        except NoSessionError:
            # a server that was started anew knows the session no more, and has done nothing
            return await self._call(name, pinned, arguments, meta, deadline)

    async def _call(
        self, name: str, pinned: str, arguments: dict[str, Any], meta: dict[str, Any], deadline: float
    ) -> types.CallToolResult:
        peer = await self._open()
        tool = (await peer.tools(self.options.listed_seconds)).get(name)
        if tool is None or (pinned and digest(tool) != pinned):
            logger.warning("connection %s: a tool is not the one that was reviewed", self._name)
            raise ChangedError
        if time.monotonic() >= deadline:
            raise NoSessionError
        return await peer.call(name, arguments, meta)

    async def warm(self) -> None:
        """Open the session ahead of the first call; a server that is not there yet is asked again then."""
        try:
            await self.tools()
        except NoSessionError:
            logger.warning("connection %s: the server does not answer yet", self._name)

    async def close(self) -> None:
        """End the session."""
        self._closed = True
        async with self._lock:
            if self._peer is not None:
                await self._peer.close()

    async def _open(self) -> Peer:
        async with self._lock:
            peer = self._peer
            if peer is not None and peer.alive and await _answers(peer):
                return peer
            if peer is not None:
                await peer.close()
            if self._closed or time.monotonic() - self._tried < REST:
                raise NoSessionError
            self._peer = Peer(self._opening, self.options.start_seconds)
            try:
                await self._peer.opened()
            except NoSessionError:
                self._tried = time.monotonic()
                raise
            return self._peer


async def _answers(peer: Peer) -> bool:
    try:
        await peer.opened()
        if peer.doubtful:
            await peer.ping()
    except NoSessionError:
        return False
    return True


def _opening(options: McpConnection, environment: Mapping[str, str], root: Path, lookup: Resolve) -> Opening:
    if options.url:
        http = options.http
        signing(http.auth, environment)  # says now which variable is not set

        def by_web(gone: Gone) -> AbstractAsyncContextManager[Streams]:
            return web(http, environment, root, gone, lookup)

        return by_web
    missing = sorted(variable for variable in options.env.values() if not environment.get(variable))
    if missing:
        raise ConfigurationError(f"the environment has no {', '.join(missing)}")
    named = {name: environment[variable] for name, variable in options.env.items()}

    # our PATH finds the program; the process itself gets only what is named
    command = [shutil.which(options.command[0]) or options.command[0], *options.command[1:]]

    def by_process(gone: Gone) -> AbstractAsyncContextManager[Streams]:
        return stdio(command, named, root, options.max_bytes, gone)

    return by_process
