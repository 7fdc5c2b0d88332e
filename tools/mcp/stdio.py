"""A server that is a process of ours: JSON-RPC messages, one per line, over its standard input and output.

The SDK's own transport gives the process variables that nobody named, logs every line that is no message, and reads a
line of any length; this one does none of that.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
from mcp.shared.message import SessionMessage
from mcp.types import JSONRPCMessage
from pydantic import ValidationError

GRACE = 2.0
"""Seconds in which a server leaves once its input is closed; then it is told to (SIGTERM), then it has to (SIGKILL)."""

Streams = tuple[Any, Any]
"""What ``mcp.ClientSession`` reads from and writes to."""
Gone = Callable[[], None]
"""Called once the server is gone."""


@asynccontextmanager
async def stdio(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, max_bytes: int, gone: Gone
) -> AsyncIterator[Streams]:
    """Start a server, and stop it with everything that it started when the context ends.

    Args:
        command: Program and arguments.
        environment: All that the process sees of ours.
        folder: Where it starts.
        max_bytes: Of one line; with a longer one the output counts as ended.
        gone: Called when the output ends, and when no input is taken any more.

    Raises:
        OSError: It cannot be started.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=dict(environment),
        cwd=folder,
        limit=max_bytes,
        start_new_session=True,
    )
    incoming, read = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    write, outgoing = anyio.create_memory_object_stream[SessionMessage](0)
    tasks = [
        asyncio.create_task(_listen(process, incoming, gone)),
        asyncio.create_task(_speak(process, outgoing, gone)),
    ]
    try:
        yield read, write
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for stream in (incoming, read, write, outgoing):
            stream.close()
        await _end(process)


async def _listen(process: asyncio.subprocess.Process, incoming: Any, gone: Gone) -> None:
    assert process.stdout is not None
    async with incoming:
        with contextlib.suppress(ValueError, anyio.BrokenResourceError):  # a line that is too long ends it
            while line := await process.stdout.readline():
                try:
                    message = JSONRPCMessage.model_validate_json(line)
                except ValidationError:
                    continue  # a print of the program's: no message, and nobody's to read
                await incoming.send(SessionMessage(message))
    gone()


async def _speak(process: asyncio.subprocess.Process, outgoing: Any, gone: Gone) -> None:
    assert process.stdin is not None
    async with outgoing:
        with contextlib.suppress(OSError):
            async for item in outgoing:
                text = item.message.model_dump_json(by_alias=True, exclude_none=True)
                process.stdin.write(text.encode() + b"\n")
                await process.stdin.drain()
    gone()


async def _end(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    # one that is still writing would wait for us, and not see that its input is closed
    rest = asyncio.create_task(_drain(process.stdout))
    for number in (None, signal.SIGTERM, signal.SIGKILL):
        if number is not None:
            # its whole group: a shell script's own children would stay otherwise
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, number)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await process.wait()
                break
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    rest.cancel()
    await asyncio.gather(rest, return_exceptions=True)


async def _drain(output: asyncio.StreamReader) -> None:
    while await output.read(65_536):
        pass
