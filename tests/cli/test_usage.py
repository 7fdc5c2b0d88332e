"""``frontdesk usage`` as an operator runs it."""

from __future__ import annotations

import asyncio
import json

import pytest
import redis as plain_redis
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending import Entry, RedisSpendings
from tests.cli.conftest import Command

DAY = "2025-11-22"
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
COUNTS = {"calls": 2, "input": 1000, "cached": 400, "output": 100, "nano": 2_500_000}


@pytest.fixture
def spent(redis_url: str) -> dict[str, str]:
    """A store with figures of two days and two tenants, as variables for a command."""

    async def fill() -> None:
        async with Redis.from_url(redis_url) as client:
            store = RedisSpendings(client, Sealer([b"\x07" * 32]))
            for tenant, day, role, intent in (
                ("retail", DAY, "fast", "warranty"),
                ("retail", DAY, "guard", ""),
                ("retail", "2025-11-21", "fast", "warranty"),
                ("other", DAY, "fast", "returns"),
            ):
                caller = Caller(Principal("C-1042", tenant), "f" * 32, "t")
                await store.settle(caller, [], "x", 1100, 0, Entry(tenant, day, "openai:mini", role, intent, COUNTS))

    plain_redis.Redis.from_url(redis_url).flushall()
    asyncio.run(fill())
    return {"REDIS_URL": redis_url, "FRONTDESK_KEY": KEY}


ASKED = [
    ("a day", ["--day", DAY], [("fast", "warranty"), ("guard", "")], 0.005),
    ("two days", ["--day", DAY, "--days", "2"], [("fast", "warranty"), ("fast", "warranty"), ("guard", "")], 0.0075),
    ("another tenant", ["--day", DAY, "--tenant", "other"], [("fast", "returns")], 0.0025),
    ("a day without any", ["--day", "2025-11-20"], [], 0.0),
    ("today", [], [], 0.0),
]


@pytest.mark.parametrize(("options", "rows", "cost"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_figures_as_json(
    command: Command, spent: dict[str, str], options: list[str], rows: list[tuple[str, str]], cost: float
) -> None:
    done = command("usage", "--json", *options, **spent)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [(row["role"], row["intent"]) for row in report["rows"]] == rows
    assert report["total"]["cost"] == cost
    assert report["total"]["calls"] == 2 * len(rows)
    assert report["currency"] == "USD"
    assert "C-1042" not in done.stdout


def test_figures_to_read(command: Command, spent: dict[str, str]) -> None:
    done = command("usage", "--day", DAY, COLUMNS="140", **spent)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [DAY, "openai:mini", "fast", "warranty", "2", "1000", "400", "100", "0.002500"] in lines
    assert ["total", "4", "2000", "800", "200", "0.005000"] in lines


def test_a_day_that_is_none(command: Command) -> None:
    done = command("usage", "--day", "yesterday", FRONTDESK_REDIS="memory")
    assert done.returncode == 2
    assert "write 2025-11-22" in done.stderr
