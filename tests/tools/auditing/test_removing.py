"""Erasure and retention: bodies go without a trace, and the chain still proves that nothing else is missing."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from frontdesk.desk.config import Retention
from frontdesk.graph.persistence.erasure.shared import AuditHolding
from frontdesk.graph.persistence.holdings import Person
from frontdesk.graph.persistence.life.held import HeldEntries
from frontdesk.graph.persistence.life.retention import DAY, lifetimes
from frontdesk.graph.persistence.life.sweep import Sweeper
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import digest_of
from frontdesk.tools.auditing.keys import BASE, BUCKET, STREAM, bucket
from frontdesk.tools.ledger import RedisLedger
from tests.support.audits import ANNA, BEN, THREADS, Log, said

NOW = 1_800_000_000.0
OLD = NOW - 400 * DAY
RECEIPT = "R-0000-1111-2222-3333"


def person(of: Log) -> Person:
    return Person(ANNA, (THREADS[ANNA],), mark="mark-of-anna", erasure=RECEIPT)


@pytest.fixture
async def log(redis_client: Redis) -> Log:
    made = Log(redis_client)
    for who in (BEN, ANNA, BEN, ANNA):
        await made.write(3, who)
    return made


async def test_an_erased_person_leaves_places_only(log: Log) -> None:
    before = await log.entries()
    holding = AuditHolding(log.client, log.sealer)
    assert (await holding.erase(person(log)), await holding.remaining(person(log))) == (6, 0)
    told = await log.verify()
    assert (said(told), told.records, told.erased) == (("whole", 12), 6, 6)
    assert await log.entries() == [*before[:3], *before[6:9]]
    rests = await log.client.hgetall(bucket(0))
    assert sorted(map(int, rests)) == [4, 5, 6, 10, 11, 12]
    assert all(RECEIPT.encode() in rest for rest in rests.values())
    await log.write(2, BEN)
    assert said(await log.verify()) == ("whole", 14)


async def test_what_is_left_fits_no_guess_at_the_body(log: Log) -> None:
    """Whoever knows the very words of an erased record, and has the key, cannot show that they stood there."""
    theirs = (await log.entries())[3]
    await AuditHolding(log.client, log.sealer).erase(person(log))
    body = {
        n.decode(): t.decode()
        for n, t in theirs.items()
        if n not in {b"seq", b"prev", b"salt", b"key", b"hash", b"mac"}
    }
    rest = (await log.client.hgetall(bucket(0)))[b"4"].decode()
    assert digest_of(theirs[b"salt"].decode(), body) in rest, "with the salt it would"
    contents = rest.encode() + b"".join(part for fields in await log.entries() for part in fields.values())
    assert [
        name for name, text in theirs.items() if name in {b"salt", b"subject", b"thread", b"call"} and text in contents
    ] == []


@pytest.mark.parametrize("place", [0, 6, 9])
async def test_nobody_without_the_key_lets_a_record_go(log: Log, place: int) -> None:
    """A record is replaced by the very rest that it would leave, but for the deployment's seal."""
    entries = await log.entries()
    taken = entries.pop(place)
    body = {
        n.decode(): t.decode() for n, t in taken.items() if n not in {b"seq", b"prev", b"salt", b"key", b"hash", b"mac"}
    }
    digest = digest_of(taken[b"salt"].decode(), body)
    texts = [taken[name].decode() for name in (b"hash", b"key", b"mac")]
    rest = ":".join((digest, *texts, RECEIPT, f"{texts[1]}.{'0' * 64}"))
    await log.put(entries)
    await log.client.hset(bucket(0), taken[b"seq"].decode(), rest)
    assert said(await log.verify()) == ("forged", place + 1)


async def test_an_altered_record_is_not_made_good_by_an_erasure(log: Log) -> None:
    entries = await log.entries()
    entries[4][b"reason"] = b"nothing"
    await log.put(entries)
    await AuditHolding(log.client, log.sealer).erase(person(log))
    assert said(await log.verify()) == ("changed", 5)


async def test_the_newest_and_the_oldest_and_all_may_go(redis_client: Redis) -> None:
    log = Log(redis_client)
    await log.write(4)
    await AuditHolding(log.client, log.sealer).erase(person(log))
    told = await log.verify()
    assert (said(told), told.records, told.erased, await redis_client.xlen(STREAM)) == (("whole", 4), 0, 4, 0)
    await log.client.hdel(bucket(0), "4")
    assert said(await log.verify()) == ("truncated", 4)


def sweeper(log: Log) -> Sweeper:
    ledger = RedisLedger(log.client, log.sealer, lifetimes(Retention()).ledger, lambda: NOW)
    return Sweeper(log.client, log.sealer, ledger, Retention(), lambda: NOW)


async def test_the_oldest_part_is_cut_off_up_to_a_sealed_mark(redis_client: Redis) -> None:
    log = Log(redis_client)
    await log.write(5, at=OLD)
    await log.write(2, at=NOW)
    done = await sweeper(log).sweep()
    told = await log.verify()
    assert (done.deleted["audit"], done.upto) == (5, 5)
    assert (said(told), told.first, told.records) == (("whole", 8), 6, 3)
    last = (await log.entries())[-1]
    assert (last[b"tool"], last[b"upto"]) == (b"sweep", b"5")
    await redis_client.delete(BASE)
    assert said(await log.verify()) == ("removed", 1)
    await redis_client.set(BASE, f"6:{last[b'prev'].decode()}:{log.sealer.current}:{'0' * 64}")
    assert said(await log.verify()) == ("base_changed", 6)


async def test_a_hold_keeps_its_records_and_the_chain_is_cut_later(redis_client: Redis) -> None:
    log = Log(redis_client)
    for who in (BEN, ANNA, BEN):
        await log.write(2, who, at=OLD)
    await log.write(1, at=NOW)
    held = HeldEntries(redis_client, log.sealer, [ANNA], [THREADS[ANNA]])
    done = await sweeper(log).sweep(spares=held.keeps)
    assert (done.deleted["audit"], done.spared, done.upto) == (4, 2, 2)
    told = await log.verify()
    assert (said(told), told.first, told.erased, told.records) == (("whole", 8), 3, 2, 4)
    await sweeper(log).sweep()  # the hold was lifted
    told = await log.verify()
    assert (said(told), told.first, told.erased) == (("whole", 9), 5, 2)
    log_later = await sweeper(log).sweep()
    assert log_later.count == 0


async def test_a_broken_chain_is_not_cut_off_and_the_bodies_go_in_time(redis_client: Redis) -> None:
    log = Log(redis_client)
    await log.write(6, at=OLD)
    entries = await log.entries()
    entries[3][b"reason"] = b"nothing"
    await log.put(entries)
    done = await sweeper(log).sweep()
    assert (done.deleted["audit"], done.upto, await redis_client.xlen(STREAM)) == (6, 3, 1)
    assert said(await log.verify()) == ("changed", 4)


async def test_rests_that_lie_before_the_mark_go_too(redis_client: Redis) -> None:
    from frontdesk.tools.auditing.appending import RedisChain

    log, chain = Log(redis_client), RedisChain(redis_client, Sealer([b"\x07" * 32]))
    bodies = [{"at": str(OLD), "decision": "done", "subject": log.sealer.pseudonym(ANNA.subject), "tenant": "shop"}]
    await chain.append(*bodies * 10)
    await AuditHolding(redis_client, log.sealer).erase(person(log))
    await chain.append(*[{"at": str(OLD), "decision": "done"}] * BUCKET)
    assert await redis_client.exists(bucket(0)) == 1
    done = await sweeper(log).sweep(limit=20_000)
    assert (done.upto, await redis_client.exists(bucket(0))) == (BUCKET + 10, 0)
    assert said(await log.verify()) == ("whole", BUCKET + 11)
