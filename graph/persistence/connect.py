"""Finding the Redis to work with: a named one, the embedded one, or none (memory)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from frontdesk.errors import RedisUnavailableError, SettingsError
from frontdesk.graph.persistence.embedded import REMEDY, EmbeddedRedis

MODES = ("auto", "memory")
PROBE_SECONDS = 2.0
"""For the first contact; redis-py's defaults make a refused connection take 4.4 s."""
ANSWER_SECONDS = 5.0
"""After which a command counts as failed: above the slowest failover that was seen (4 s); the few commands of a turn
that wait for it one after the other stay within the turn's budget."""
RETRIES = 3
"""Of a command whose connection broke, 0.35 s in all; every command used here may be sent twice."""
CONNECTIONS = 100
"""At most, per process. What comes beyond waits for one: redis-py's own pool would fail the turn instead."""
NEEDED = {"search": "Search", "rejson": "JSON"}


@dataclass(frozen=True, slots=True)
class Connection:
    """A Redis that answers and has what is needed, or the decision to do without."""

    client: Redis | None
    """None for ``memory``."""
    kind: Literal["named", "embedded", "memory"]
    where: str
    """For people: an address without user or password, or a folder."""


@asynccontextmanager
async def connect(
    url: str | None, mode: str, home: Path, *, seconds: float = ANSWER_SECONDS
) -> AsyncIterator[Connection]:
    """Connect, and disconnect at the end (the embedded server stops with its last user).

    Args:
        url: ``REDIS_URL``: ``redis://``, ``rediss://`` or ``unix://``; None or empty for the embedded server.
        mode: ``FRONTDESK_REDIS``: ``auto`` or ``memory``. The latter wins over a URL.
        home: The data folder; the embedded server lives in its ``redis``.
        seconds: After which a command counts as failed.

    Raises:
        SettingsError: Another mode, or a malformed URL.
        RedisUnavailableError: Not reachable, without the modules, or no embedded server starts.
    """
    if mode not in MODES:
        raise SettingsError(f"FRONTDESK_REDIS: expected one of {', '.join(MODES)}")
    if mode == "memory":
        yield Connection(None, "memory", "this process; nothing is kept")
    elif url:
        where = address(url)
        await probe(url, where)
        async with _client(url, seconds) as client:
            yield Connection(client, "named", where)
    else:
        server = await asyncio.to_thread(EmbeddedRedis, home / "redis")
        try:
            async with _client(server.url, seconds) as client:
                yield Connection(client, "embedded", str(server.folder))
        finally:
            await asyncio.to_thread(server.close)


def address(url: str) -> str:
    """Return a Redis URL without user, password and options."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SettingsError("REDIS_URL: the port or host is malformed") from error
    if parts.scheme == "unix":
        return f"unix://{parts.path}"
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise SettingsError("REDIS_URL: expected redis://host:port/db, rediss://host:port/db or unix:///path")
    return f"{parts.scheme}://{parts.hostname}:{port or 6379}{parts.path}"


async def probe(url: str, where: str) -> None:
    """Ask a server once, without retries, whether it is there and has the modules.

    Raises:
        RedisUnavailableError: It is not, or has not; the text names ``where``, never the URL.
    """
    client = Redis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=PROBE_SECONDS,
        socket_timeout=PROBE_SECONDS,
    )
    try:
        await client.ping()
        listing = await client.module_list()
    except (RedisError, OSError) as error:
        raise RedisUnavailableError(
            f"The Redis of REDIS_URL ({where}) does not answer: {type(error).__name__}. {REMEDY}"
        ) from error
    finally:
        await client.aclose()
    loaded = repr(listing).lower()  # the shape differs between protocol versions; the names do not
    if missing := [name for module, name in NEEDED.items() if f"'{module}'" not in loaded]:
        raise RedisUnavailableError(
            f"The Redis of REDIS_URL ({where}) lacks: {', '.join(missing)} module. It takes Redis 8 or later, or Redis "
            f"Stack. {REMEDY}"
        )


def _client(url: str, seconds: float) -> Redis:
    pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=seconds,
        # A server that is silent is not asked again: redis-py nests its retries (command, connection, handshake), and
        # with time-outs among them a stopped server kept a customer waiting for more than four minutes.
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), RETRIES, supported_errors=(RedisConnectionError,)),
        socket_connect_timeout=PROBE_SECONDS,
        socket_timeout=seconds,
        health_check_interval=30,
    )
    return Redis.from_pool(pool)
