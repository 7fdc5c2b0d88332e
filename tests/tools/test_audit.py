"""The audit trail: every decision, in order, with nobody's data."""

from __future__ import annotations

from redis.asyncio import Redis

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.audit import STREAM, RedisAudit
from tests.support.tools import THREAD, Shop


async def test_a_confirmed_call_leaves_its_trail(redis_client: Redis) -> None:
    sealer = Sealer.generate()
    shop = Shop(audit=RedisAudit(redis_client, sealer))
    proposal = await shop.proposed()
    await shop.call("cancel_order", turn="turn-2", approved=proposal)
    await shop.call("get_order", {"order_id": "nonsense"})
    records = [fields for _, fields in await redis_client.xrange(STREAM)]
    assert [(line[b"decision"], line[b"reason"]) for line in records] == [
        (b"proposed", b""),
        (b"confirmed", b""),
        (b"executing", b""),
        (b"done", b""),
        (b"refused", b"not_valid"),
    ]
    assert len({line[b"call"] for line in records[:4]}) == 1, "one call, from proposal to effect"
    assert {line[b"subject"] for line in records} == {sealer.pseudonym("C-1").encode()}
    assert [line.get(b"by") for line in records] == [None, sealer.pseudonym("C-1").encode(), None, None, None]
    assert [b"result" in line for line in records] == [False, False, False, True, False]


async def test_no_words_and_no_ids_in_clear(redis_client: Redis) -> None:
    shop = Shop(audit=RedisAudit(redis_client, Sealer.generate()))
    await shop.call("get_order", {"order_id": "10482"})
    await shop.call("what about 10482", {})
    raw = repr(await redis_client.xrange(STREAM))
    assert not any(word in raw for word in ("10482", "C-1'", THREAD, "what about"))
