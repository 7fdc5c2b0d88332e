from __future__ import annotations

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.inbox import Inbox, RedisInbox
from frontdesk.graph.persistence.inbox_memory import MemoryInbox
from frontdesk.graph.persistence.sealer import Sealer

CALLER = Caller(Principal("C-1042", "retail", frozenset({"orders:read"})), "0123456789abcdef0123456789abcdef", "turn-1")
REPLY = {"text": "It is on its way.", "citations": [], "usage": {"calls": 1}}


@pytest.fixture(params=["redis", "memory"])
def inbox(request: pytest.FixtureRequest, sealer: Sealer) -> Inbox:
    if request.param == "memory":
        return MemoryInbox()
    return RedisInbox(request.getfixturevalue("redis_client"), sealer, seconds=600)


async def test_the_same_turn_gets_the_first_answer(inbox: Inbox) -> None:
    assert await inbox.accept(CALLER, "where is it?") is None
    await inbox.settle(CALLER, REPLY)
    assert await inbox.accept(CALLER, "where is it?") == REPLY
    assert await inbox.accept(replace(CALLER, turn_id="turn-2"), "where is it?") is None
    assert await inbox.accept(replace(CALLER, thread_id="f" * 32), "where is it?") is None


async def test_an_unanswered_turn_is_found_with_its_caller(inbox: Inbox) -> None:
    second = replace(CALLER, turn_id="turn-2")
    for caller, text in ((CALLER, "first"), (second, "second")):
        assert await inbox.accept(caller, text) is None
    assert await inbox.accept(CALLER, "first") == {}
    assert await inbox.unfinished() == [(CALLER, "first"), (second, "second")]
    await inbox.settle(CALLER, REPLY)
    assert await inbox.unfinished() == [(second, "second")]


async def test_without_a_thread_nothing_is_kept(inbox: Inbox) -> None:
    stateless = replace(CALLER, thread_id="")
    assert await inbox.accept(stateless, "where is it?") is None
    await inbox.settle(stateless, REPLY)
    assert await inbox.accept(stateless, "where is it?") is None
    assert await inbox.unfinished() == []


async def test_words_and_ids_are_sealed_and_expire(redis_client: Redis, sealer: Sealer) -> None:
    inbox = RedisInbox(redis_client, sealer, seconds=600)
    await inbox.accept(replace(CALLER, turn_id="anna@example.org"), "my card is lost")
    records = [key async for key in redis_client.scan_iter(match="fd:{*")]
    assert len(records) == 1
    stored = (
        records[0]
        + (await redis_client.get(records[0]) or b"")
        + b"".join(await redis_client.zrange("fd:inbox:open", 0, -1))
    )
    assert not any(word in stored for word in (b"anna", b"card", b"C-1042", b"retail"))
    assert 0 < await redis_client.ttl(records[0]) <= 600


async def test_an_expired_turn_is_dropped_from_the_open_ones(redis_client: Redis, sealer: Sealer) -> None:
    inbox = RedisInbox(redis_client, sealer, seconds=600)
    await inbox.accept(CALLER, "where is it?")
    async for key in redis_client.scan_iter(match="fd:{*"):
        await redis_client.delete(key)
    assert await inbox.unfinished() == []
    assert await redis_client.exists("fd:inbox:open") == 0


async def test_a_turn_sealed_with_a_lost_key_is_said_and_kept(
    redis_client: Redis, sealer: Sealer, caplog: pytest.LogCaptureFixture
) -> None:
    await RedisInbox(redis_client, Sealer.generate(), seconds=600).accept(CALLER, "where is it?")
    assert await RedisInbox(redis_client, sealer, seconds=600).unfinished() == []
    assert await redis_client.zcard("fd:inbox:open") == 1
    assert "cannot be opened" in caplog.text


async def test_an_unanswered_turn_carries_who_asked(redis_client: Redis) -> None:
    who = Principal("C-1042", "retail", {"orders:read"}, {"gold"}, "strong", 2e9)  # type: ignore[arg-type]
    caller = Caller(who, CALLER.thread_id, "turn-9")
    inbox = RedisInbox(redis_client, Sealer.generate(), 60)
    await inbox.accept(caller, "hello")
    assert await inbox.unfinished() == [(caller, "hello")]


def test_a_record_of_an_earlier_version_opens() -> None:
    record = {"subject": "C-1042", "tenant": "retail", "scopes": ["orders:read"]}
    assert Principal.of(record) == CALLER.principal
