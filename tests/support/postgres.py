"""A PostgreSQL of the tests' own, and one whose answers to COMMIT are lost on the way."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from frontdesk.evals.crash.databases import postgres, programs

SOCKET = ".s.PGSQL.5432"


@contextmanager
def server() -> Iterator[Path]:
    """Run a server; give the folder of its socket. Skips where PostgreSQL is not installed."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="fdpg"))  # short: a socket's path has at most 107 characters
    try:
        with postgres(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url(folder: Path) -> str:
    """Return the URL of the server whose socket is in the folder."""
    return f"postgresql+asyncpg://postgres@/postgres?host={folder}"


@asynccontextmanager
async def losing_commits(folder: Path) -> AsyncIterator[str]:
    """Stand between client and server: a COMMIT is passed on and done, and then the connection is cut, unanswered."""
    own = Path(tempfile.mkdtemp(prefix="fdpx"))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_server = await asyncio.open_unix_connection(str(folder / SOCKET))
        answers = asyncio.create_task(_copied(there, writer))
        while data := await reader.read(65_536):
            if b"COMMIT" in data:
                answers.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await answers
                to_server.write(data)
                await there.read(65_536)  # the server's answer: it is committed
                break
            to_server.write(data)
        answers.cancel()
        writer.close()
        to_server.close()

    listening = await asyncio.start_unix_server(serve, str(own / SOCKET))
    try:
        yield url(own)
    finally:
        listening.close()
        shutil.rmtree(own, ignore_errors=True)


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
