"""``frontdesk usage --intents`` as an operator runs it."""

from __future__ import annotations

import asyncio
import json

import pytest
import redis as plain_redis
from redis.asyncio import Redis

from frontdesk.cli.endings import endings_table
from frontdesk.graph.persistence.outcomes import RedisEndings
from tests.cli.conftest import Command
from tests.cli.test_usage import DAY, KEY


@pytest.fixture
def ended(redis_url: str) -> dict[str, str]:
    """A store with ended requests of two days, as variables for a command."""

    async def fill() -> None:
        async with Redis.from_url(redis_url) as client:
            store = RedisEndings(client, 90)
            await store.add("retail", DAY, "warranty", {"settled": 9, "handed": 1})
            await store.add("retail", "2025-11-21", "warranty", {"settled": 1})
            await store.add("retail", DAY, "returns", {"dropped": 1})
            await store.add("other", DAY, "warranty", {"dropped": 5})

    plain_redis.Redis.from_url(redis_url).flushall()
    asyncio.run(fill())
    return {"REDIS_URL": redis_url, "FRONTDESK_KEY": KEY}


def test_endings_as_json(command: Command, ended: dict[str, str]) -> None:
    done = command("usage", "--intents", "--json", "--day", DAY, "--days", "2", **ended)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        {"intent": "returns", "settled": 0, "handed": 0, "dropped": 1, "share": 0.818},
        {"intent": "warranty", "settled": 10, "handed": 1, "dropped": 0, "share": 0.905},
    ]


def test_endings_to_read(command: Command, ended: dict[str, str]) -> None:
    done = command("usage", "--intents", "--day", DAY, **ended)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["warranty", "9", "1", "0", "0.90"] in lines
    assert ["returns", "0", "0", "1", "0.82"] in lines


def test_no_requests() -> None:
    assert list(endings_table([])) == ["no request has ended in these days"]
