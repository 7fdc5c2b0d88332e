"""Appending: several writers make one chain, and a Redis that refuses breaks nothing."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from frontdesk.errors import AuditError, ToolFailedError
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.audit import Record, RedisAudit
from frontdesk.tools.auditing.appending import RedisChain
from frontdesk.tools.auditing.keys import HEAD, STREAM
from frontdesk.tools.auditing.resuming import resume
from tests.support.audits import Log, call, said

CHILD = Path(__file__).with_name("appending_child.py")


def child(url: str, number: int) -> subprocess.Popen[bytes]:
    started = subprocess.Popen([sys.executable, str(CHILD), url, str(number)], stdout=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stdout.readline() == b"ready\n"
    return started


def end(*children: subprocess.Popen[bytes]) -> list[int]:
    codes = [each.wait(timeout=60) for each in children]
    for each in children:
        assert each.stdout is not None
        each.stdout.close()
    return codes


async def test_two_processes_make_one_chain(redis_client: Redis, redis_url: str) -> None:
    started = [await asyncio.to_thread(child, redis_url, 500) for _ in range(2)]
    assert await asyncio.to_thread(end, *started) == [0, 0]
    told = await Log(redis_client).verify()
    assert (said(told), told.records) == (("whole", 1000), 1000)
    reasons = [fields[b"reason"] for fields in await Log(redis_client).entries()]
    assert sorted(map(int, reasons)) == sorted([*range(500), *range(500)])


async def test_a_killed_writer_leaves_a_whole_chain(redis_client: Redis, redis_url: str) -> None:
    log = Log(redis_client)
    for _ in range(3):
        started = await asyncio.to_thread(child, redis_url, 1_000_000)
        before = await redis_client.xlen(STREAM)
        while await redis_client.xlen(STREAM) < before + 20:
            pass  # asking Redis lets the child go on
        started.kill()
        assert await asyncio.to_thread(end, started) == [-9]
        length = await redis_client.xlen(STREAM)
        assert said(await log.verify()) == ("whole", length)
        await log.write(1)
    assert said(await log.verify())[0] == "whole"


async def test_appends_that_come_together_go_together(redis_client: Redis) -> None:
    chain = RedisChain(redis_client, Log(redis_client).sealer)
    await chain.append({"at": "1.0"})
    calls = (await redis_client.info("commandstats"))["cmdstat_evalsha"]["calls"]
    await asyncio.gather(*(chain.append({"at": "1.0", "reason": str(n)}) for n in range(50)))
    after = (await redis_client.info("commandstats"))["cmdstat_evalsha"]["calls"]
    assert after - calls <= 2
    assert said(await Log(redis_client).verify()) == ("whole", 51)


async def test_a_caller_who_is_stopped_stops_nobody_else(redis_client: Redis) -> None:
    chain = RedisChain(redis_client, Log(redis_client).sealer)
    tasks = [asyncio.create_task(chain.append({"at": "1.0", "reason": str(n)})) for n in range(5)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(each) for each in done[1:]] == [type(None)] * 4
    assert said(await Log(redis_client).verify()) == ("whole", 5)


async def refuse(client: Redis, how: str) -> dict[str, Any]:
    """Make Redis refuse writes; return the settings that end it."""
    if how == "full":
        await client.config_set("maxmemory", 1)
        return {"maxmemory": 0}
    await client.execute_command("REPLICAOF", "127.0.0.1", "1")
    return {}


@pytest.mark.parametrize("how", ["full", "read only"])
async def test_a_redis_that_refuses_is_an_error_and_breaks_nothing(redis_client: Redis, how: str) -> None:
    log = Log(redis_client)
    audit = RedisAudit(redis_client, log.sealer)
    await audit.record(Record(1.0, call(), "executing"))
    back = await refuse(redis_client, how)
    try:
        tries = (audit.record(Record(1.0, call(), "done", f"r{n}")) for n in range(5))
        found = await asyncio.gather(*tries, return_exceptions=True)
    finally:
        for name, value in back.items():
            await redis_client.config_set(name, value)
        await redis_client.execute_command("REPLICAOF", "NO", "ONE")
    assert [type(error) for error in found] == [ToolFailedError] * 5
    assert {getattr(error, "reason", "") for error in found} == {"audit_unavailable"}
    await audit.record(Record(1.0, call(), "done"))
    assert said(await log.verify()) == ("whole", 2)


async def test_a_redis_that_is_down_is_an_error(redis_client: Redis) -> None:
    nowhere = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))
    with pytest.raises(RedisError):
        await RedisChain(nowhere, Sealer.generate()).append({"at": "1.0"})
    await nowhere.aclose()


async def test_records_from_before_the_chain_are_named_and_kept(redis_client: Redis) -> None:
    log = Log(redis_client)
    for number in range(3):
        await redis_client.xadd(STREAM, {"at": "1.0", "decision": "done", "reason": str(number)})
    await log.write(2)
    told = await log.verify()
    assert (said(told), told.unchained, told.records) == (("whole", 3), 3, 3)
    assert (await log.entries())[3][b"reason"] == b"unchained:3"
    assert said(await log.tamper(lambda found: found.insert(0, dict(found[0])))) == ("inserted", 1)


@pytest.mark.parametrize("head", [None, b"nonsense", b"1:" + b"0" * 64 + b":0:0"], ids=["gone", "nonsense", "forged"])
async def test_nothing_is_built_on_a_head_that_is_not_ours(redis_client: Redis, head: bytes | None) -> None:
    log = Log(redis_client)
    await log.write(3)
    await (redis_client.delete(HEAD) if head is None else redis_client.set(HEAD, head))
    with pytest.raises(ToolFailedError):
        await log.write(1)
    assert await redis_client.xlen(STREAM) == 3


@pytest.mark.parametrize("head", [None, b"nonsense"], ids=["gone", "nonsense"])
async def test_a_person_may_go_on_and_the_log_says_so(redis_client: Redis, head: bytes | None) -> None:
    log = Log(redis_client)
    await log.write(3)
    with pytest.raises(AuditError, match="in order"):
        await resume(redis_client, log.sealer, 1.0)
    anchor = await log.head()
    await log.put((await log.entries())[:2])  # the last record went with it: only the anchor tells
    await (redis_client.delete(HEAD) if head is None else redis_client.set(HEAD, head))
    assert await resume(redis_client, log.sealer, 1.0) == 3
    await log.write(1)
    assert (await log.entries())[2][b"decision"] == b"resumed"
    assert said(await log.verify()) == ("whole", 4)
    assert said(await log.verify(anchor)) == ("rolled_back", 3)
