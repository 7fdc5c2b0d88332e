"""``frontdesk cache`` as an operator runs it."""

from __future__ import annotations

import asyncio

import pytest
import redis as plain_redis
from redis.asyncio import Redis

from frontdesk.cli.cache import table
from frontdesk.desk.load import Desk
from frontdesk.graph.answers import Kept
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.cached.build import answer_store
from tests.cli.conftest import Command

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@pytest.fixture
def filled(redis_url: str) -> dict[str, str]:
    """A store with one answer and three looks, as variables for a command."""

    async def fill() -> None:
        async with Redis.from_url(redis_url) as client:
            store = answer_store(client, Sealer([b"\x07" * 32]), Desk.load("retail").config)
            await store.put("a" * 32, Kept("Two years.", {"warranty": "d"}, 0.0), None)
            for code in ("hit", "hit", "none"):
                await store.count(code)

    plain_redis.Redis.from_url(redis_url).flushall()
    asyncio.run(fill())
    return {"REDIS_URL": redis_url, "FRONTDESK_KEY": KEY}


def test_it_counts_and_clears(command: Command, filled: dict[str, str]) -> None:
    told = command("cache", "stats", **filled)
    assert told.returncode == 0
    assert [line.split() for line in told.stdout.splitlines()] == [
        ["entries", "1"],
        ["looks", "3"],
        ["hit", "2", "66.7%"],
        ["none", "1", "33.3%"],
    ]
    assert command("cache", "clear", **filled).stdout == "1 answer forgotten\n"
    assert command("cache", "stats", **filled).stdout.split()[:4] == ["entries", "0", "looks", "0"]


def test_nothing_was_looked_for_yet() -> None:
    assert [line.split() for line in table({"entries": 0})] == [["entries", "0"], ["looks", "0"]]
