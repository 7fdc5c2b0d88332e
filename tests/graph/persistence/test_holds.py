"""Legal holds: nothing goes and nothing expires while one is set."""

from __future__ import annotations

import asyncio

import pytest
from redis.asyncio import Redis

from frontdesk.errors import PersonError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.holds import parse_reason
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark
from tests.graph.persistence.conftest import Clock
from tests.graph.persistence.test_erase import ANNA, BEN, NOBODY, World

REASON, CASE = "litigation:2026-0042", "2026-0042"


@pytest.fixture
def world(redis_client: Redis, sealer: Sealer, clock: Clock) -> World:
    return World(redis_client, sealer, clock)


async def expiring(world: World) -> dict[str, int]:
    """Key to its time to live, for keys that have one."""
    found = [key.decode() async for key in world.client.scan_iter("fd:*") if b"fd:erased:" not in key]
    times = {key: await world.client.ttl(key) for key in found}
    return {key: seconds for key, seconds in times.items() if seconds >= 0}


async def test_a_held_person_is_not_erased_until_the_hold_is_lifted(world: World) -> None:
    await world.live(ANNA, "chat")
    await world.eraser.holds.put(ANNA, REASON)
    before = await world.dump()
    receipt = await world.eraser.erase(ANNA)
    assert (receipt.outcome, receipt.removed, receipt.scanned) == ("held", {}, 0)
    assert await world.eraser.run_waiting() == []
    after = await world.dump()
    assert {key for key, value in before.items() if after.get(key) != value} == {b"fd:audit"}
    assert await world.eraser.holds.lift(ANNA, CASE)
    [done] = await world.eraser.run_waiting()
    assert (done.id, done.outcome) == (receipt.id, "erased")
    assert await world.eraser.queue.waiting() == []
    assert not any(subject_mark(world.sealer, ANNA).encode() in key for key in await world.dump())


async def test_nothing_of_a_held_person_runs_out_of_time(world: World) -> None:
    thread = await world.live(ANNA, "chat")
    await world.live(BEN, "chat")
    both = await expiring(world)
    await world.eraser.holds.put(ANNA, REASON)
    bens = await expiring(world)
    annas = set(both) - set(bens)
    assert len(annas) >= 8
    assert any("ticket:T-" in key for key in annas)
    assert any(key.endswith(":alias:" + world.sealer.pseudonym("chat")) for key in annas)
    # a turn while it is held
    await world.threads.resolve(ANNA, "chat")
    await world.write(thread)
    await world.vault.store(Caller(ANNA, thread, "t2"), {"<EMAIL_2>": "x"})
    await world.eraser.holds.refresh()
    assert set(await expiring(world)) == set(bens)
    await world.eraser.holds.lift(ANNA, CASE)
    after = await expiring(world)
    assert set(after) >= annas | set(bens)
    assert min(after[key] for key in annas) > 600  # the full time of its kind, from the lifting on


async def test_the_register_of_a_held_person_forgets_no_thread(world: World, clock: Clock) -> None:
    old = await world.live(ANNA, "old")
    await world.eraser.holds.put(ANNA, REASON)
    clock.now += 700
    new = await world.threads.resolve(ANNA, "new")
    assert await world.threads.threads_of(ANNA) == [new, old]


async def test_two_cases_hold_until_both_are_lifted(world: World) -> None:
    await world.eraser.holds.put(ANNA, REASON)
    await world.eraser.holds.put(ANNA, "regulator:A/7")
    await world.eraser.holds.put(BEN, "audit:1")
    assert [(hold.subject, hold.code, hold.case) for hold in await world.eraser.holds.every()] == [
        ("C-1042", "litigation", "2026-0042"), ("C-1042", "regulator", "A/7"), ("C-1043", "audit", "1"),
    ]  # fmt: skip
    assert await world.eraser.holds.lift(ANNA, CASE)
    assert await world.eraser.holds.held(ANNA)
    assert not await world.eraser.holds.lift(ANNA, CASE)
    assert await world.eraser.holds.lift(ANNA, "A/7")
    assert not await world.eraser.holds.held(ANNA)
    assert await world.eraser.holds.held(BEN)


async def test_one_thread_of_a_held_person_is_held_too(world: World) -> None:
    thread = await world.live(ANNA, "chat")
    await world.eraser.holds.put(ANNA, REASON)
    assert (await world.eraser.erase(ANNA, [thread])).held
    assert (await world.eraser.erase(NOBODY, [thread], anywhere=True)).held
    assert not (await world.eraser.erase(NOBODY, ["another"], anywhere=True)).held


async def test_a_hold_comes_before_an_erasure_or_after_it(world: World) -> None:
    await world.live(ANNA, "chat")
    receipt, _ = await asyncio.gather(world.eraser.erase(ANNA), world.eraser.holds.put(ANNA, REASON))
    left = [key for key in await world.dump() if subject_mark(world.sealer, ANNA).encode() in key]
    assert receipt.held == bool(left)


async def test_holds_are_sealed_and_written_down(world: World) -> None:
    await world.eraser.holds.put(ANNA, REASON)
    await world.eraser.holds.lift(ANNA, CASE)
    await world.eraser.holds.put(BEN, REASON)
    stored = await world.client.hgetall("fd:holds")
    assert not any(b"C-1043" in part or CASE.encode() in part for pair in stored.items() for part in pair)
    entries = [fields for _, fields in await world.client.xrange("fd:audit")]
    assert [fields[b"decision"] for fields in entries] == [b"hold_set", b"hold_lifted", b"hold_set"]
    assert entries[0][b"case"] == entries[1][b"case"]
    assert not any(b"subject" in fields for fields in entries)


@pytest.mark.parametrize("reason", ["", "litigation", "litigation:", ":1", "because:1", "litigation:the Smith case",
                                    "litigation:smith", "litigation:a:1", "LITIGATION:1", "litigation:" + "1" * 65])  # fmt: skip
def test_free_text_is_no_reason(reason: str) -> None:
    with pytest.raises(PersonError, match="CODE:CASE"):
        parse_reason(reason)


async def test_nobody_in_particular_cannot_be_held(world: World) -> None:
    with pytest.raises(PersonError, match="share one subject"):
        await world.eraser.holds.put(Principal(tenant="retail"), REASON)
