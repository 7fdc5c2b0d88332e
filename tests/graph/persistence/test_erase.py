from __future__ import annotations

import json

from langgraph.checkpoint.base import empty_checkpoint
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erase import Erased, erase_subject, erase_thread
from frontdesk.graph.persistence.inbox import RedisInbox
from frontdesk.graph.persistence.saver import SealedRedisSaver
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import RedisThreads

ANNA = Principal("C-1042", "retail")
BEN = Principal("C-1043", "retail")


async def fill(client: Redis, sealer: Sealer, principal: Principal, name: str) -> str:
    saver = SealedRedisSaver(client, sealer, seconds=600)
    await saver.asetup()
    thread = await RedisThreads(client, sealer, 600).resolve(principal, name)
    at = await saver.aput(
        {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}, empty_checkpoint(), {"source": "loop"}, {}
    )
    await saver.aput_writes(at, [("v", 1)], "task")
    await RedisInbox(client, sealer, 600).accept(Caller(principal, thread, "turn-1"), "hello")
    await client.hset(f"fd:{{{thread}}}:vault", mapping={"a": "b"})
    await client.hset(f"fd:ticket:T-{thread}", mapping={"thread": thread, "status": "closed"})
    await client.rpush(f"fd:ticket:T-{thread}:messages", "x")
    return thread


async def keys(client: Redis) -> set[bytes]:
    return {key async for key in client.scan_iter()}


async def test_a_thread_goes_and_the_others_stay(redis_client: Redis, sealer: Sealer) -> None:
    other = await fill(redis_client, sealer, BEN, "chat")
    before = await keys(redis_client)
    thread = await fill(redis_client, sealer, ANNA, "chat")
    erased = await erase_thread(redis_client, thread)
    assert erased == Erased({"checkpoint": 1, "history": 1, "inbox": 2, "vault": 1, "ticket": 2}, 0)
    assert not any(thread.encode() in key for key in await keys(redis_client))
    assert before <= await keys(redis_client)
    assert await redis_client.zcard("fd:inbox:open") == 1
    assert await redis_client.exists(f"fd:{{{other}}}:vault")


async def test_a_person_goes_and_the_others_stay(redis_client: Redis, sealer: Sealer) -> None:
    await fill(redis_client, sealer, BEN, "chat")
    bens = await keys(redis_client)
    for name in ("one", "two"):
        await fill(redis_client, sealer, ANNA, name)
    await redis_client.set(f"fd:{{{sealer.pseudonym(json.dumps(['retail', 'C-1042']))}}}:episodes", "sealed")
    threads = RedisThreads(redis_client, sealer, 600)
    erased = await erase_subject(redis_client, sealer, threads, ANNA)
    assert erased.removed["checkpoint"] == 2
    assert erased.removed["threads"] == 1
    assert erased.removed["alias"] == 2
    assert erased.removed["episodes"] == 1
    assert erased.remaining == 0
    assert await keys(redis_client) == bens
    assert (await erase_subject(redis_client, sealer, threads, ANNA)).removed == {}


async def test_other_stores_patterns_go_too(redis_client: Redis, sealer: Sealer) -> None:
    await redis_client.set("fd:elsewhere:anna", "x")
    erased = await erase_subject(
        redis_client, sealer, RedisThreads(redis_client, sealer, 600), ANNA, ["fd:elsewhere:anna"]
    )
    assert erased == Erased({"elsewhere": 1}, 0)


async def test_a_thread_id_full_of_glob_signs_erases_only_itself(redis_client: Redis) -> None:
    await redis_client.set("fd:{abc}:vault", "x")
    await redis_client.set("fd:{*}:vault", "x")
    assert await erase_thread(redis_client, "*") == Erased({"vault": 1}, 0)
    assert await keys(redis_client) == {b"fd:{abc}:vault"}
