"""The sweep: what is over its time goes, or leaves what says nothing of anybody; what is not, or is held, stays."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import orjson
import pytest
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose, Retention
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.life.anonymous import STREAM as ANONYMOUS
from frontdesk.graph.persistence.life.anonymous import hour, of_decision
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.due import Swept
from frontdesk.graph.persistence.life.held import HeldEntries
from frontdesk.graph.persistence.life.retention import DAY, GRACE, lifetimes
from frontdesk.graph.persistence.life.sweep import CURSOR, LOCK, Sweeper
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import Ticket
from frontdesk.nodes.handoff.desk import RedisHandoffDesk
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.tools.audit import STREAM as AUDIT
from frontdesk.tools.audit import Record, RedisAudit
from frontdesk.tools.ledger import CallId, Entry, RedisLedger
from tests.graph.persistence.conftest import Clock

ANNA, BEN = Principal("C-1042", "shop"), Principal("C-1043", "shop")
THREAD = "0123456789abcdef0123456789abcdef"
CALLER = Caller(ANNA, THREAD, "turn-1")
BENS = Caller(BEN, "f" * 32, "turn-1")
ALL = Retention(anonymise=["ledger", "tickets", "audit"])
NONE = Retention()


def sweeper(client: Redis, sealer: Sealer, clock: Clock, rules: Retention = ALL) -> Sweeper:
    ledger = RedisLedger(client, sealer, lifetimes(rules).ledger, clock)
    return Sweeper(client, sealer, ledger, rules, clock)


def counts(done: Swept) -> tuple[dict[str, int], dict[str, int]]:
    return done.as_dict()["deleted"], done.as_dict()["anonymised"]


async def left(client: Redis) -> list[dict[str, str]]:
    """What the anonymous stream holds."""
    entries = await client.xrange(ANONYMOUS)
    return [{name.decode(): value.decode() for name, value in fields.items()} for _, fields in entries]


async def a_ticket(client: Redis, sealer: Sealer, clock: Clock, caller: Caller = CALLER) -> Ticket:
    desk = RedisHandoffDesk(client, sealer, lifetimes(ALL).tickets, clock)
    ticket = await desk.open(caller, "unresolved", {"transcript": ["<NAME_1> wants a lamp"]})
    for text in ("hello?", "anybody there?"):
        await desk.relay(caller, ticket, text)
    return ticket


async def over(client: Redis, *keys: str | bytes) -> None:
    """Let all but half of the grace pass for some keys."""
    for key in keys:
        assert await client.expire(key, GRACE // 2), key


async def a_call(client: Redis, sealer: Sealer, clock: Clock, caller: Caller = CALLER) -> str:
    ledger = RedisLedger(client, sealer, lifetimes(ALL).ledger, clock)
    call = CallId(caller, "turn-1", "cancel_order", '{"order_id":"10482"}')
    entry, _ = await ledger.reserve(call, clock() + 10)
    await ledger.swap(call, entry, Entry("settled", content=orjson.dumps({"order_id": "10482"}).decode()))
    return f"fd:{{{caller.thread_id}}}:call:{ledger.key(call)}"


async def old_first(client: Redis, sealer: Sealer, clock: Clock, old: int, new: int, caller: Caller = CALLER) -> None:
    """Audit records of 400 days ago and of now, in the order in which they were written."""
    await _at(client, sealer, clock() - 400 * DAY, old, caller)
    await _at(client, sealer, clock(), new, caller)


async def _at(client: Redis, sealer: Sealer, at: float, number: int, caller: Caller) -> None:
    audit, call = RedisAudit(client, sealer), CallId(caller, "t", "cancel_order", "{}")
    await asyncio.gather(*(audit.record(Record(at, call, "done", f"r{index}")) for index in range(number)))


@pytest.mark.parametrize(
    ("rules", "kind", "seconds"),
    [
        (NONE, "thread", 30 * DAY),
        (NONE, "inbox", DAY),
        (NONE, "ledger", 90 * DAY),
        (ALL, "ledger", 90 * DAY + GRACE),
        (NONE, "tickets", 180 * DAY),
        (ALL, "tickets", 180 * DAY + GRACE),
        (Retention(thread_days=0.5), "thread", DAY // 2),
        (Retention(episode_days=1e-9), "episodes", 1),
        (Retention(consent_days=10), "consents", 10 * DAY),
        (Retention(ledger_days=400), "register", 400 * DAY),
        (ALL, "register", 180 * DAY + GRACE + 30 * DAY),
        (ALL, "audit", 365 * DAY),
    ],
)
def test_how_long_each_kind_lives(rules: Retention, kind: str, seconds: int) -> None:
    assert getattr(lifetimes(rules), kind) == seconds


async def test_a_ticket_leaves_reason_status_count_and_hour(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    ticket = await a_ticket(redis_client, sealer, clock)
    record = f"fd:ticket:{ticket['id']}"
    await over(redis_client, record)
    done = await sweeper(redis_client, sealer, clock).sweep()
    assert counts(done) == ({}, {"tickets": 1})
    assert await left(redis_client) == [
        {"kind": "ticket", "hour": hour(clock.now), "tenant": "shop", "reason": "unresolved", "status": "open",
         "messages": "2"}
    ]  # fmt: skip
    keys = [record, f"{record}:messages", f"fd:{{{THREAD}}}:ticket"]
    assert await redis_client.exists(*keys) == 0


async def test_the_pointer_to_a_newer_ticket_stays(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    desk = RedisHandoffDesk(redis_client, sealer, lifetimes(ALL).tickets, clock)
    old = await desk.open(CALLER, "asked", {})
    await desk.close(CALLER, old["id"])
    new = await desk.open(CALLER, "asked", {})
    await over(redis_client, f"fd:ticket:{old['id']}")
    await sweeper(redis_client, sealer, clock).sweep()
    assert await redis_client.get(f"fd:{{{THREAD}}}:ticket") == new["id"].encode()
    assert await desk.read(old["id"]) == {}
    assert (await desk.read(new["id"]))["status"] == "open"


async def test_a_customer_who_writes_again_keeps_the_whole_ticket(
    redis_client: Redis, sealer: Sealer, clock: Clock
) -> None:
    ticket = await a_ticket(redis_client, sealer, clock)
    keys = [f"fd:ticket:{ticket['id']}", f"fd:ticket:{ticket['id']}:messages", f"fd:{{{THREAD}}}:ticket"]
    await over(redis_client, *keys)
    await RedisHandoffDesk(redis_client, sealer, lifetimes(ALL).tickets, clock).relay(CALLER, ticket, "still here")
    done = await sweeper(redis_client, sealer, clock).sweep()
    assert counts(done) == ({}, {})
    assert all([await redis_client.ttl(key) > GRACE for key in keys])


async def test_a_call_leaves_tool_state_and_hour(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    key = await a_call(redis_client, sealer, clock)
    await over(redis_client, key)
    assert counts(await sweeper(redis_client, sealer, clock).sweep()) == ({}, {"ledger": 1})
    expected = {"kind": "call", "hour": hour(clock.now), "tool": "cancel_order", "state": "settled"}
    assert await left(redis_client) == [expected]
    assert not await redis_client.exists(key)


async def test_a_call_under_a_lost_key_is_left_to_its_time(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    key = await a_call(redis_client, Sealer.generate(), clock)
    await over(redis_client, key)
    assert counts(await sweeper(redis_client, sealer, clock).sweep()) == ({}, {})
    assert 0 < await redis_client.ttl(key) <= GRACE


async def test_without_the_rule_redis_itself_forgets(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    ticket, key = await a_ticket(redis_client, sealer, clock), await a_call(redis_client, sealer, clock)
    await over(redis_client, key, f"fd:ticket:{ticket['id']}")
    assert counts(await sweeper(redis_client, sealer, clock, NONE).sweep()) == ({}, {})
    assert await left(redis_client) == []


async def test_what_is_not_over_stays(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    await a_ticket(redis_client, sealer, clock)
    await a_call(redis_client, sealer, clock)
    await old_first(redis_client, sealer, clock, 0, 3)
    before = {key: await redis_client.dump(key) for key in await redis_client.keys("fd:*")}
    assert counts(await sweeper(redis_client, sealer, clock).sweep()) == ({}, {})
    assert all([await redis_client.dump(key) == dump for key, dump in before.items()])


async def test_a_hold_keeps_keys_and_entries(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    ticket, bens = await a_ticket(redis_client, sealer, clock), await a_ticket(redis_client, sealer, clock, BENS)
    key = await a_call(redis_client, sealer, clock)
    await redis_client.persist(f"fd:ticket:{ticket['id']}")
    await redis_client.persist(key)
    await over(redis_client, f"fd:ticket:{bens['id']}")
    await _at(redis_client, sealer, clock() - 400 * DAY, 2, CALLER)
    await _at(redis_client, sealer, clock() - 400 * DAY, 3, BENS)
    announced = await redis_client.xrange("fd:tickets")
    clock.now += 20_000 * DAY  # the announcements have the server's own time
    held = HeldEntries(redis_client, sealer, [ANNA], [THREAD])
    done = await sweeper(redis_client, sealer, clock).sweep(spares=held.keeps)
    assert counts(done) == ({"tickets": 1}, {"audit": 3, "tickets": 1})
    assert done.spared == 3
    assert await redis_client.exists(key, f"fd:ticket:{ticket['id']}") == 2
    assert [entry for entry, _ in await redis_client.xrange("fd:tickets")] == [announced[0][0]]
    audited = [fields for _, fields in await redis_client.xrange(AUDIT) if fields.get(b"tool") != b"sweep"]
    assert {fields[b"subject"].decode() for fields in audited} == {sealer.pseudonym("C-1042")}


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"subject": "C-1042", "tenant": "shop"}, True),
        ({"subject": "C-1042", "tenant": "other"}, False),
        ({"subject": "C-1043", "tenant": "shop"}, False),
        ({"subject": "C-1043", "thread": THREAD}, True),
        ({"thread": "another"}, False),
        ({}, False),
    ],
    ids=["subject", "another tenant", "another subject", "thread", "another thread", "nobody's"],
)
async def test_whose_entries_a_hold_keeps(
    redis_client: Redis, sealer: Sealer, fields: dict[str, str], kept: bool
) -> None:
    marked = {name: value if name == "tenant" else sealer.pseudonym(value) for name, value in fields.items()}
    assert await HeldEntries(redis_client, sealer, [ANNA], [THREAD]).keeps(marked) is kept
    assert await HeldEntries(redis_client, sealer, [], []).keeps(marked) is False


@pytest.mark.parametrize(
    ("rules", "deleted", "anonymised"), [(NONE, {"audit": 5}, {}), (ALL, {}, {"audit": 5})], ids=["delete", "anonymise"]
)
async def test_old_decisions_go(
    redis_client: Redis,
    sealer: Sealer,
    clock: Clock,
    rules: Retention,
    deleted: dict[str, int],
    anonymised: dict[str, int],
) -> None:
    await old_first(redis_client, sealer, clock, 5, 2)
    done = await sweeper(redis_client, sealer, clock, rules).sweep()
    assert counts(done) == (deleted, anonymised)
    entries = [fields for _, fields in await redis_client.xrange(AUDIT)]
    assert [fields[b"tool"] for fields in entries] == [b"cancel_order", b"cancel_order", b"sweep"]
    assert len(await left(redis_client)) == sum(anonymised.values())


async def test_what_is_left_names_nobody(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    ticket, key = await a_ticket(redis_client, sealer, clock), await a_call(redis_client, sealer, clock)
    await over(redis_client, key, f"fd:ticket:{ticket['id']}")
    await old_first(redis_client, sealer, clock, 1, 0)
    marks = {value.decode() for _, fields in await redis_client.xrange(AUDIT) for value in fields.values()}
    marks = {mark for mark in marks if len(mark) == 32} | {THREAD, "C-1042", "10482", ticket["id"], str(clock.now)}
    await sweeper(redis_client, sealer, clock).sweep()
    text = repr(await left(redis_client))
    assert len(await left(redis_client)) == 3
    assert [mark for mark in marks if mark in text] == []


async def test_a_sweep_goes_on_where_the_last_one_stopped(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    await old_first(redis_client, sealer, clock, 1100, 0)
    tickets = [await a_ticket(redis_client, sealer, clock, replace(CALLER, thread_id=f"{n:032x}")) for n in range(700)]
    await over(redis_client, *(f"fd:ticket:{ticket['id']}" for ticket in tickets))
    runs: list[Swept] = []
    while not runs or not runs[-1].complete:
        runs.append(await sweeper(redis_client, sealer, clock).sweep(limit=400))  # each as after a restart
    assert len(runs) >= 4
    assert sum(run.anonymised["audit"] for run in runs) == 1100
    assert sum(run.anonymised["tickets"] for run in runs) == 700
    assert len(await left(redis_client)) == 1800
    assert await redis_client.get(CURSOR) == b"0"


async def test_one_at_a_time(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    await old_first(redis_client, sealer, clock, 3, 0)
    await redis_client.set(LOCK, "somebody", ex=60)
    done = await sweeper(redis_client, sealer, clock).sweep()
    assert (done.busy, done.count, await redis_client.xlen(AUDIT)) == (True, 0, 3)
    await redis_client.delete(LOCK)
    both = await asyncio.gather(*(sweeper(redis_client, sealer, clock).sweep() for _ in range(2)))
    assert sum(run.anonymised["audit"] for run in both) == 3
    assert not await redis_client.exists(LOCK)


async def test_one_server_an_hour(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    asked = [await sweeper(redis_client, sealer, clock).due() for _ in range(3)]
    assert asked == [True, False, False]


async def test_counts_are_written_down(redis_client: Redis, sealer: Sealer, clock: Clock) -> None:
    await old_first(redis_client, sealer, clock, 2, 0)
    await sweeper(redis_client, sealer, clock).sweep()
    ((_, line),) = await redis_client.xrange(AUDIT)
    assert (line[b"tool"], line[b"reason"]) == (b"sweep", b"anonymised:audit=2")
    await sweeper(redis_client, sealer, clock).sweep()
    assert await redis_client.xlen(AUDIT) == 1, "nothing done, nothing said"


async def test_an_old_episode_goes_though_newer_ones_keep_the_key(
    redis_client: Redis, sealer: Sealer, clock: Clock
) -> None:
    consents = RedisConsents(redis_client, sealer, {"memory": Purpose(default="granted")}, 7200, clock)
    archive = RedisArchive(redis_client, sealer, 30 * DAY, consents, clock)
    await archive.add(ANNA, "t1", "old")
    clock.now += 20 * DAY
    await archive.add(ANNA, "t2", "newer")
    clock.now += 20 * DAY
    assert counts(await sweeper(redis_client, sealer, clock).sweep()) == ({"episodes": 1}, {})
    hashes = [key for key in await redis_client.keys("*:episodes")]
    assert [await redis_client.hkeys(key) for key in hashes] == [[b"memory/t2"]]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"at": "1800000000.5", "tool": "t", "decision": "done", "reason": "", "subject": "x", "receipt": "R-1"},
            {"kind": "decision", "hour": "2027-01-15T08", "tool": "t", "decision": "done"},
        ),
        ({"at": "soon"}, {"kind": "decision", "hour": ""}),
        ({}, {"kind": "decision", "hour": ""}),
    ],
    ids=["a decision", "no time", "nothing"],
)
def test_what_is_left_of_a_decision(fields: Mapping[str, str], expected: dict[str, str]) -> None:
    assert of_decision(fields) == expected
