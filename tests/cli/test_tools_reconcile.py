"""``frontdesk tools reconcile`` as an operator runs it, on a store in which a process died between sending and hearing."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis
from typer.testing import CliRunner, Result

from frontdesk import Desk
from frontdesk.cli.app import app
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.keys import find_sealer
from frontdesk.graph.persistence.life.retention import lifetimes
from frontdesk.tools.ledger import CallId, Entry, RedisLedger
from tests.support.small import settings_for, small_desk

CALL = CallId(
    Caller(Principal("C-1042", "retail"), "0f" * 16, "turn-1"), "turn-1", "request_refund", '{"order_id":"10482"}'
)


@pytest.fixture
def frontdesk(redis_url: str, tmp_path: Path) -> Callable[..., Result]:
    """Runs a command on a store in which one call stands open."""
    Redis.from_url(redis_url).flushall()
    settings = settings_for(tmp_path / "home", redis_url)
    assert settings.key is not None
    variables = {
        "REDIS_URL": redis_url,
        "FRONTDESK_HOME": str(tmp_path / "home"),
        "FRONTDESK_KEY": settings.key.get_secret_value(),
        "FRONTDESK_MODEL": "keyless",
    }

    async def died() -> None:
        desk: Desk = small_desk()
        async with connect(redis_url, settings.redis, settings.home) as connection:
            assert connection.client is not None
            sealer = await find_sealer(settings.key_environment(), settings.home, connection.client, local=False)
            ledger = RedisLedger(connection.client, sealer, lifetimes(desk.config.retention).ledger)
            entry, _ = await ledger.reserve(CALL, time.time())
            begun = time.time() - 3600
            assert await ledger.swap(CALL, entry, Entry("executing", begun + 10, begun=begun, token=entry.token))

    asyncio.run(died())
    return lambda *given: CliRunner().invoke(app, given, env=variables)


def test_list_and_reconcile(frontdesk: Callable[..., Result]) -> None:
    only = frontdesk("tools", "reconcile", "--list", "--json")
    [call] = json.loads(only.stdout)
    assert (call["tool"], len(call["key"]), call["became"], only.exit_code) == ("request_refund", 32, "open", 1)
    assert "C-1042" not in only.stdout
    looked = frontdesk("tools", "reconcile", "--json")
    assert (json.loads(looked.stdout)[0]["became"], looked.exit_code) == ("no_lookup", 1)
    sent = frontdesk("tools", "reconcile", "--send", "--json")
    assert json.loads(sent.stdout)[0]["key"] == call["key"]
