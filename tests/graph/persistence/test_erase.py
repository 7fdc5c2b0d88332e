"""The machinery of erasure on a real Redis: what goes, what stays, what comes in between."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

import pytest
from langgraph.checkpoint.base import empty_checkpoint
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose, Retention
from frontdesk.errors import PersonError, ThreadBusyError, ThreadErasedError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.memories import Note
from frontdesk.graph.persistence.erasure.eraser import Eraser
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.holdings import Holding, KeyHolding, Person, place
from frontdesk.graph.persistence.inbox import RedisInbox
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.retention import lifetimes
from frontdesk.graph.persistence.lock import RedisLocks
from frontdesk.graph.persistence.saver import SealedRedisSaver
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending import Bound, Entry, RedisSpendings
from frontdesk.graph.persistence.threads import RedisThreads, subject_mark
from frontdesk.holdings import register
from frontdesk.nodes.handoff.desk import RedisHandoffDesk
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.remember.prepared import RedisPrepared
from frontdesk.nodes.scrub.vault import RedisVault
from frontdesk.tools.approvals_redis import RedisApprovals
from frontdesk.tools.audit import Record, RedisAudit
from frontdesk.tools.ledger import CallId, RedisLedger
from tests.graph.persistence.conftest import Clock

ANNA = Principal("C-1042", "retail")
BEN = Principal("C-1043", "retail")
ANNA_ELSEWHERE = Principal("C-1042", "bank")
NOBODY = Principal(tenant="retail")


class World:
    """All stores on one Redis, as a desk makes them."""

    def __init__(self, client: Redis, sealer: Sealer, clock: Clock) -> None:
        lives = lifetimes(Retention())
        self.client, self.sealer = client, sealer
        self.saver = SealedRedisSaver(client, sealer, seconds=600)
        self.threads = RedisThreads(client, sealer, 600, clock)
        self.inbox = RedisInbox(client, sealer, 600, clock)
        self.vault = RedisVault(client, sealer, 600)
        self.consents = RedisConsents(client, sealer, {"memory": Purpose(default="granted")}, 600, clock)
        self.archive = RedisArchive(client, sealer, 600, self.consents, clock)
        self.handoff = RedisHandoffDesk(client, sealer, 600, clock)
        self.ledger = RedisLedger(client, sealer, 600)
        self.audit = RedisAudit(client, sealer)
        self.spendings = RedisSpendings(client, sealer)
        self.locks = RedisLocks(client, wait=0.2, lease=0.6)
        holdings: tuple[Holding, ...] = register(
            client, sealer, lives, saver=self.saver, vault=self.vault, handoff=self.handoff, archive=self.archive,
            consents=self.consents, ledger=self.ledger, prepared=RedisPrepared(client, sealer, 600),
            approvals=RedisApprovals(client, sealer, 600),
        )  # fmt: skip
        self.eraser = Eraser(client, sealer, self.threads, self.locks, holdings, patience=0.2, clock=clock)

    async def live(self, principal: Principal, name: str) -> str:
        """Leave something in every store."""
        thread = await self.threads.resolve(principal, name)
        await self.write(thread)
        caller = Caller(principal, thread, "turn-1")
        await self.inbox.accept(caller, "hello")
        await self.vault.store(caller, {"<EMAIL_1>": "anna@example.org"})
        await self.archive.add(principal, thread, "asked for an invoice")
        fact = Note(kind="fact", about=f"size.{name}", text="wears 42", confidence=0.9, source="customer")
        await self.archive.learn(principal, thread, 1, [fact])
        with contextlib.suppress(Exception):  # an anonymous caller's word is not kept
            await self.consents.record(principal, "memory", granted=True, how="chat")
        ticket = await self.handoff.open(caller, "asked", {"transcript": []})
        await self.handoff.relay(caller, ticket, "are you there?")
        call = CallId(caller, "turn-1", "cancel_order", "{}")
        await self.ledger.reserve(call, 0.0)
        await self.audit.record(Record(1.0, call, "executing"))
        spent = Bound("thread", seconds=600), Bound("principal", "2027-01-15", seconds=600)
        await self.spendings.settle(caller, spent, "call", 10, 10, Entry("retail", "2027-01-15", "m", "fast", ""))
        return thread

    async def write(self, thread: str) -> dict[str, Any]:
        await self.saver.asetup()
        names = {"configurable": {"thread_id": thread, "checkpoint_ns": ""}}
        at = await self.saver.aput(names, empty_checkpoint(), {"source": "loop"}, {})
        await self.saver.aput_writes(at, [("v", 1)], "task")
        return dict(at)

    async def dump(self) -> dict[bytes, Any]:
        """Every key with its value as Redis has it; streams by their entries, which DUMP counts deleted ones of, too."""
        kept: dict[bytes, Any] = {}
        async for key in self.client.scan_iter(count=1000):
            if key.startswith((b"fd:erased:", b"fd:keyring", b"fd:audit:")):
                continue  # the audit's head moves with every record; tests/tools/auditing looks at it
            stream = await self.client.type(key) == b"stream"
            kept[key] = await self.client.xrange(key) if stream else await self.client.dump(key)
        return kept


@pytest.fixture
def world(redis_client: Redis, sealer: Sealer, clock: Clock) -> World:
    return World(redis_client, sealer, clock)


def without_receipts(dump: Mapping[bytes, Any]) -> dict[bytes, Any]:
    """The audit's own entries of erasures stay: they name nobody."""
    audit = [entry for entry in dump.get(b"fd:audit", []) if b"receipt" not in entry[1]]
    return {**dump, b"fd:audit": audit}


async def test_a_person_goes_from_every_store_and_the_others_stay(world: World) -> None:
    await world.live(BEN, "chat")
    await world.live(ANNA_ELSEWHERE, "chat")
    before = await world.dump()
    for name in ("one", "two"):
        await world.live(ANNA, name)
    receipt = await world.eraser.erase(ANNA)
    assert receipt.outcome == "erased"
    assert receipt.threads == 2
    assert receipt.removed == {
        "conversations": 4, "inbox": 4, "ledger": 2, "tickets": 8, "audit": 2, "episodes": 2, "consents": 1,
        "memories": 2, "summaries": 0, "approvals": 0, "rates": 0, "reads": 0,
        "vault": 2, "spending": 3, "register": 3, "unregistered": 0,
    }  # fmt: skip
    assert set(receipt.remaining.values()) == {0}
    assert without_receipts(await world.dump()) == without_receipts(before)


async def test_every_key_of_a_full_life_belongs_to_a_store(world: World) -> None:
    from frontdesk.holdings import IMPERSONAL

    await world.live(ANNA, "chat")
    known = IMPERSONAL.union(*(holding.kinds for holding in world.eraser.holdings))
    kinds = {place(key.decode())[0] for key in await world.dump()}
    assert kinds - known == set()
    assert kinds & IMPERSONAL == set()
    assert len(kinds) >= 10


async def test_no_two_stores_share_a_kind(world: World) -> None:
    kinds = [kind for holding in world.eraser.holdings for kind in holding.kinds]
    assert len(kinds) == len(set(kinds))


async def test_one_thread_goes_and_the_persons_others_stay(world: World) -> None:
    kept = await world.live(ANNA, "kept")
    before = await world.dump()
    gone = await world.live(ANNA, "gone")
    receipt = await world.eraser.erase(ANNA, [gone], deep=True)
    assert (receipt.outcome, receipt.subject, receipt.threads) == ("erased", "", 1)
    # expiry is not part of a dump, and the consent was given anew
    mark = subject_mark(world.sealer, ANNA).encode()
    after = without_receipts(await world.dump())
    assert {key for key in after if mark not in key} == {key for key in before if mark not in key}
    assert await world.threads.threads_of(ANNA) == [kept]
    assert await world.threads.resolve(ANNA, "gone") != gone
    assert await world.archive.recent(ANNA, 9) == ["asked for an invoice"]


async def test_anonymous_people_are_never_erased_together(world: World) -> None:
    first, second = await world.live(NOBODY, "first"), await world.live(NOBODY, "second")
    with pytest.raises(PersonError, match="name a thread"):
        await world.eraser.erase(NOBODY)
    assert (await world.eraser.erase(NOBODY, [first])).outcome == "erased"
    assert await world.threads.threads_of(NOBODY) == [second]
    assert await world.client.exists(f"fd:{{{second}}}:vault")


ODD = ["a", "*", "a,b", "x:y", "{x}", "a}b", "}:vault", "Groß", "x/y", "A", " ", "ё\n", "a" * 300]


@pytest.mark.parametrize("name", ODD)
async def test_an_odd_thread_id_erases_only_itself(world: World, name: str) -> None:
    others = [other for other in [*ODD, f"{name}x", name.upper() + "!"] if other != name]
    for thread in others:
        await world.write(thread)
        await world.vault.store(Caller(ANNA, thread, "t"), {"<EMAIL_1>": "v"})
    before = await world.dump()
    await world.write(name)
    await world.vault.store(Caller(ANNA, name, "t"), {"<EMAIL_1>": "v"})
    receipt = await world.eraser.erase(NOBODY, [name], anywhere=True)
    assert (receipt.outcome, receipt.removed["conversations"], receipt.removed["vault"]) == ("erased", 2, 1)
    after = await world.dump()
    after.pop(b"fd:audit")
    assert after == before


async def test_a_thread_of_nobody_known_is_found_under_everybodys_mark(world: World) -> None:
    thread = await world.live(ANNA, "chat")
    assert (await world.eraser.erase(NOBODY, [thread], anywhere=True, deep=True)).outcome == "erased"
    assert await world.threads.threads_of(ANNA) == []
    assert await world.archive.recent(ANNA, 9) == []


async def test_what_no_store_knows_goes_too(world: World) -> None:
    mark = subject_mark(world.sealer, ANNA)
    await world.client.set(f"fd:{{{mark}}}:forgotten-store", "x")
    receipt = await world.eraser.erase(ANNA)
    assert (receipt.removed["unregistered"], receipt.outcome) == (1, "erased")
    assert not await world.client.exists(f"fd:{{{mark}}}:forgotten-store")


LEFT = [
    ("name of a key", lambda client, thread, mark: client.set(f"fd:index:{thread}", "x"), False),
    ("field of a shared hash", lambda client, thread, mark: client.hset("fd:index", mark, "x"), False),
    ("member of a shared set", lambda client, thread, mark: client.zadd("fd:index", {f"{thread}/x": 1}), False),
    ("entry of a stream", lambda client, thread, mark: client.xadd("fd:index", {"of": mark}), False),
    ("item of a list", lambda client, thread, mark: client.rpush("fd:index", thread), False),
    ("value of a shared text", lambda client, thread, mark: client.set("fd:index", f"see {thread}"), False),
    ("somebody else's key", lambda client, thread, mark: client.hset("fd:{other}:vault", "x", thread), True),
]


@pytest.mark.parametrize(("where", "leave", "deep"), LEFT, ids=[where for where, *_ in LEFT])
async def test_what_cannot_be_removed_is_counted(world: World, where: str, leave: Any, deep: bool) -> None:
    thread = await world.live(ANNA, "chat")
    await leave(world.client, thread, subject_mark(world.sealer, ANNA))
    receipt = await world.eraser.erase(ANNA, deep=deep)
    assert (receipt.outcome, receipt.remaining["elsewhere"]) == ("incomplete", 1)
    assert [request.id for request in await world.eraser.queue.waiting()] == [receipt.id]


async def test_more_rows_than_one_search_returns(world: World) -> None:
    thread = await world.live(ANNA, "chat")
    async with world.client.pipeline(transaction=False) as pipe:
        for number in range(10_500):
            pipe.hset(f"fd:checkpoint:{{{thread}}}:.:{number:08d}", "w:x:0", "stub")
        await pipe.execute()
    receipt = await world.eraser.erase(ANNA)
    assert (receipt.outcome, receipt.removed["conversations"]) == ("erased", 10_502)


async def test_nothing_is_written_to_an_erased_thread(world: World) -> None:
    thread = await world.live(ANNA, "chat")
    at = await world.write(thread)
    await world.eraser.erase(ANNA)
    before = await world.dump()
    with pytest.raises(ThreadErasedError):
        await world.write(thread)
    with pytest.raises(ThreadErasedError):
        await world.saver.aput_writes(at, [("v", 2)], "task")  # type: ignore[arg-type]
    with pytest.raises(ThreadErasedError):
        await world.inbox.accept(Caller(ANNA, thread, "late"), "hello")
    assert await world.dump() == before
    assert await world.client.ttl(tomb(world.sealer, thread)) > 60
    assert thread not in tomb(world.sealer, thread)


async def test_a_turn_that_does_not_end_is_stopped(world: World) -> None:
    thread = await world.live(ANNA, "chat")
    inside, stopped = asyncio.Event(), asyncio.Event()

    async def turn() -> None:
        try:
            async with world.locks.hold(thread):
                inside.set()
                await asyncio.Event().wait()
        except ThreadBusyError:
            stopped.set()

    task = asyncio.create_task(turn())
    await inside.wait()
    receipt = await world.eraser.erase(ANNA)
    assert stopped.is_set()
    assert receipt.outcome == "erased"
    await task


async def test_a_message_waits_for_the_erasure_and_starts_afresh(world: World) -> None:
    old = await world.live(ANNA, "chat")
    async with world.locks.hold(subject_mark(world.sealer, ANNA)):  # as an erasure holds it
        task = asyncio.create_task(world.threads.resolve(ANNA, "chat"))
        done, _ = await asyncio.wait([task], timeout=0.1)
        assert not done
    assert await task == old
    await world.eraser.erase(ANNA)
    assert await world.threads.resolve(ANNA, "chat") != old


async def test_two_erasures_at_once_and_one_request_twice(world: World) -> None:
    for name in ("one", "two", "three"):
        await world.live(ANNA, name)
    receipts = await asyncio.gather(*(wide(world).erase(ANNA) for _ in range(2)))
    assert {receipt.outcome for receipt in receipts} == {"erased"}
    assert sorted(receipt.removed["vault"] for receipt in receipts) == [0, 3]
    id = await world.eraser.request(BEN)
    done = await asyncio.gather(*(wide(world).carry_out(id) for _ in range(2)))
    assert sum(receipt is not None for receipt in done) == 1


def wide(world: World) -> Eraser:
    """An eraser of another process, which waits longer."""
    locks = RedisLocks(world.client, wait=10, lease=5)
    return Eraser(world.client, world.sealer, world.threads, locks, world.eraser.holdings, patience=10)


class Breaking:
    """A store that fails once."""

    def __init__(self, holding: Holding) -> None:
        self.name, self.kinds, self.seconds, self._holding, self.broken = "b", frozenset({"b"}), None, holding, True

    async def erase(self, person: Person) -> int:
        if self.broken:
            raise ConnectionError
        return 0

    async def export(self, person: Person) -> list[dict[str, Any]]:
        return []

    async def remaining(self, person: Person) -> int:
        return 0

    async def keys(self, person: Person) -> list[str]:
        return []


async def test_a_crash_in_the_middle_loses_no_request(world: World) -> None:
    await world.live(ANNA, "one")
    breaking = Breaking(world.eraser.holdings[0])
    # after the stores that lead to the person, so that only the request still knows the threads
    world.eraser.holdings = [*world.eraser.holdings[-2:], breaking, *world.eraser.holdings[:-2]]
    with pytest.raises(ConnectionError):
        await world.eraser.erase(ANNA)
    assert await world.eraser.run_waiting() == []
    breaking.broken = False
    [receipt] = await world.eraser.run_waiting()
    assert (receipt.outcome, receipt.removed["conversations"]) == ("erased", 2)
    assert await world.eraser.run_waiting() == []


async def test_requests_name_nobody_in_clear(world: World) -> None:
    id = await world.eraser.request(ANNA)
    stored = await world.client.hgetall("fd:erasures")
    assert list(stored) == [id.encode()]
    assert b"C-1042" not in b"".join(stored.values())
    assert world.eraser.fresh == {id}


async def test_an_anonymous_key_holding_scans_by_itself(redis_client: Redis) -> None:
    await redis_client.set(tagged("t", "vault"), "x")
    holding = KeyHolding(redis_client, "vault", frozenset({"vault"}))
    person = Person(NOBODY, ("t",))
    assert await holding.remaining(person) == 1
    assert await holding.erase(person) == 1
    assert await holding.remaining(person) == 0
