"""The audit while the deployment's key changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from frontdesk.errors import AuditError
from frontdesk.graph.persistence.rotation import rewrap, usage
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.appending import RedisChain
from frontdesk.tools.auditing.chain import Macs
from frontdesk.tools.auditing.exporting import Wanted, export
from frontdesk.tools.auditing.heads import publics, read_head
from frontdesk.tools.auditing.keys import HEAD
from frontdesk.tools.auditing.resealing import macs_of
from frontdesk.tools.auditing.walking import check
from tests.support.audits import Log, said


async def test_a_rotation_carries_the_chain_over(redis_client: Redis) -> None:
    """`frontdesk key rewrap`: the older key may be destroyed, and the chain is written and checked as before."""
    old, new = b"\x07" * 32, b"\x08" * 32
    await Log(redis_client, Sealer([old])).write(3)
    turning, alone = Sealer([new, old]), Sealer([new])
    with pytest.raises(AuditError, match="not configured"):
        await RedisChain(redis_client, alone).append({"at": "1"})
    assert (await usage(redis_client)).ids == [Sealer([old]).current]
    done = await rewrap(redis_client, turning)
    assert (done.moved["audit"], done.left["audit"]) == (1, 0)
    assert (await usage(redis_client)).ids == [alone.current]
    await Log(redis_client, alone).write(2)
    told = await check(redis_client, await macs_of(redis_client, alone))
    assert (said(told), told.records) == (("whole", 5), 5)
    [*_, last] = [line async for line in export(redis_client, alone, Wanted(), 1.0)]
    assert read_head(last, publics(alone)).seq == 5


async def test_a_rotation_seals_no_forged_head(redis_client: Redis) -> None:
    old, new = b"\x07" * 32, b"\x08" * 32
    await Log(redis_client, Sealer([old])).write(3)
    forged = replace(Macs(Sealer([old])).mark("head", 2, "0" * 64), mac="0" * 64)
    await redis_client.set(HEAD, forged.text())
    done = await rewrap(redis_client, Sealer([new, old]))
    assert (done.moved["audit"], done.left["audit"]) == (0, 1)
    assert await redis_client.get(HEAD) == forged.text().encode()


async def test_a_head_put_back_to_an_earlier_one_is_noticed(redis_client: Redis) -> None:
    log = Log(redis_client)
    await log.write(5)
    earlier = await redis_client.get(HEAD)
    assert earlier is not None
    await log.write(5)
    await redis_client.set(HEAD, earlier)
    assert said(await log.verify()) == ("inserted", 6)
