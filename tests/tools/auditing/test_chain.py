"""The chain in Redis: whatever is done to it without the key is found, and named where it begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.audit import MemoryAudit, Record
from frontdesk.tools.auditing.chain import LINKED, Macs, Mark, chained, hash_of, record_of
from frontdesk.tools.auditing.keys import HEAD, STREAM
from frontdesk.tools.auditing.verifying import Told, verify
from frontdesk.tools.ledger import CallId
from tests.support.audits import ANNA, BEN, Fields, Log, call, said

SEALER = Sealer([b"\x07" * 32])
BODIES = [{"at": f"{n}.000", "decision": "done", "tool": "cancel_order", "reason": f"r{n}"} for n in range(5)]


@pytest.fixture
async def log(redis_client: Redis) -> Log:
    """Ten records of two people."""
    made = Log(redis_client)
    await made.write(5)
    await made.write(5, BEN)
    return made


async def test_what_was_written_is_whole(log: Log) -> None:
    told = await log.verify()
    assert (said(told), told.records, told.erased, told.unchained) == (("whole", 10), 10, 0, 0)


def _swap(entries: list[Fields], one: int, two: int) -> None:
    entries[one], entries[two] = entries[two], entries[one]


def _forge(entries: list[Fields], place: int, **more: str) -> None:
    """Write a record as well as it can be written without the key."""
    before = entries[place - 1]
    body = {b"at": b"1.0", b"decision": b"done", b"tool": b"issue_refund"}
    made: Fields = {**before, **body, b"seq": str(place + 1).encode(), b"prev": before[b"hash"]}
    link = record_of({name.decode(): text.decode() for name, text in made.items()})
    assert link is not None
    made[b"hash"] = hash_of(link.seq, link.prev, link.digest).encode()
    entries.insert(place, made | {name.encode(): text.encode() for name, text in more.items()})


TAMPERED: dict[str, tuple[Callable[[list[Fields]], Any], str, int]] = {
    "drop the first": (lambda found: found.pop(0), "removed", 1),
    "drop one in the middle": (lambda found: found.pop(4), "removed", 5),
    "drop two in the middle": (lambda found: (found.pop(4), found.pop(4)), "removed", 5),
    "drop the last": (lambda found: found.pop(), "truncated", 10),
    "cut the end off": (lambda found: found.__delitem__(slice(3, None)), "truncated", 4),
    "drop everything but the head": (lambda found: found.clear(), "truncated", 1),
    "swap two neighbours": (lambda found: _swap(found, 3, 4), "reordered", 4),
    "swap two far apart": (lambda found: _swap(found, 1, 8), "reordered", 2),
    "turn round": (lambda found: found.reverse(), "reordered", 1),
    "write one twice": (lambda found: found.insert(6, dict(found[5])), "inserted", 6),
    "write an old one at the end": (lambda found: found.append(dict(found[0])), "inserted", 1),
    "put one in without a chain": (lambda found: found.insert(5, {b"decision": b"done"}), "inserted", 6),
    "put one before the chain": (lambda found: found.insert(0, {b"decision": b"done"}), "inserted", 1),
    "forge one in the middle": (lambda found: _forge(found, 5), "forged", 6),
    "forge one at the end": (lambda found: _forge(found, 10), "forged", 11),
    "forge one with an unknown key": (lambda found: _forge(found, 10, key="0" * 16), "wrong_key", 11),
    "exchange two contents": (
        lambda found: found.__setitem__(2, {**found[3], **{name: found[2][name] for name in (b"seq", b"prev")}}),
        "changed",
        3,
    ),
    "take a field out": (lambda found: found[2].pop(b"reason"), "changed", 3),
    "put a field in": (lambda found: found[2].update({b"by": b"somebody"}), "changed", 3),
    "number far beyond": (lambda found: found[2].update({b"seq": b"9" * 18}), "removed", 3),
    "bytes that are no text": (lambda found: found[2].update({b"reason": b"\xff\xfe"}), "changed", 3),
}


@pytest.mark.parametrize("name", TAMPERED)
async def test_every_tampering_is_found_and_named(log: Log, name: str) -> None:
    change, what, seq = TAMPERED[name]
    assert said(await log.tamper(change)) == (what, seq)


async def test_a_field_that_comes_twice_is_no_field(log: Log) -> None:
    """The right value comes last, where most readers look; the first one says something else."""
    entries = await log.entries()
    await log.client.delete(STREAM)
    for number, fields in enumerate(entries):
        twice = [b"reason", b"approved"] if number == 2 else []
        await log.client.execute_command(
            "XADD", STREAM, "*", *twice, *(part for pair in fields.items() for part in pair)
        )
    assert said(await log.verify()) == ("changed", 3)


async def test_nothing_is_there_any_more(log: Log) -> None:
    anchor = await log.head()
    await log.client.flushall()
    assert said(await log.verify()) == ("whole", 0), "without an anchor it cannot be told from a new log"
    assert said(await log.verify(anchor)) == ("rolled_back", 1)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (None, ("head_missing", 10)),
        (b"", ("head_changed", 0)),
        (b"nonsense", ("head_changed", 0)),
        (f"10:{'0' * 64}:{SEALER.current}:{'0' * 64}".encode(), ("head_changed", 10)),
        (f"4:{'0' * 64}:{'0' * 16}:{'0' * 64}".encode(), ("wrong_key", 4)),
    ],
    ids=["deleted", "empty", "nonsense", "forged", "another key"],
)
async def test_a_head_that_is_not_ours(log: Log, head: bytes | None, expected: tuple[str, int]) -> None:
    await (log.client.delete(HEAD) if head is None else log.client.set(HEAD, head))
    assert said(await log.verify()) == expected


async def test_a_log_that_was_put_back_as_a_whole_is_found_with_an_anchor_only(log: Log) -> None:
    stream, head = await log.client.dump(STREAM), await log.client.get(HEAD)
    await log.write(3)
    anchor = await log.head()
    assert (await log.verify(anchor)).anchored is True
    await log.client.restore(STREAM, 0, stream, replace=True)  # type: ignore[arg-type]
    await log.client.set(HEAD, head)  # type: ignore[arg-type]
    assert said(await log.verify()) == ("whole", 10)
    assert said(await log.verify(anchor)) == ("rolled_back", 11)
    await log.write(5, BEN)  # and goes on with other records
    assert said(await log.verify()) == ("whole", 15)
    assert said(await log.verify(anchor)) == ("rolled_back", 13)


def links() -> list[Any]:
    return chained(Macs(SEALER), Mark(), BODIES)


FLAT = [link.fields() for link in links()]
PLACES = [(number, name) for number, fields in enumerate(FLAT) for name in fields]


def checked(entries: list[dict[str, str]]) -> Told:
    head = Mark(len(FLAT), FLAT[-1]["hash"])
    return verify(
        [record_of(fields) for fields in entries], Macs(SEALER), None, Macs(SEALER).mark("head", head.seq, head.hash)
    )


def test_the_small_log_is_whole() -> None:
    assert said(checked(FLAT)) == ("whole", 5)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(where=st.sampled_from(PLACES), byte=st.integers(0, 10_000), bit=st.integers(0, 6), name=st.booleans())
def test_a_flipped_bit_in_any_field_of_any_record(where: tuple[int, str], byte: int, bit: int, name: bool) -> None:
    number, field = where
    text = bytearray((field if name else FLAT[number][field]).encode() or b"\0")
    text[byte % len(text)] ^= 1 << bit
    flipped = text.decode()
    changed = {key: value for key, value in FLAT[number].items() if not name or key != field}
    changed[flipped if name else field] = FLAT[number][field] if name else flipped
    told = checked([*FLAT[:number], changed, *FLAT[number + 1 :]])
    assert told.fault is not None
    assert told.fault.seq in (number + 1, int(changed.get("seq", "0")) if changed.get("seq", "").isdigit() else 0)


@pytest.mark.parametrize("name", LINKED)
def test_every_field_of_the_chain_counts(name: str) -> None:
    other = {**FLAT[2], name: FLAT[1][name] + "0" if name == "key" else FLAT[1][name] + ("0" if name == "salt" else "")}
    assert checked([*FLAT[:2], other, *FLAT[3:]]).fault is not None


async def test_two_keys_and_a_lost_one(redis_client: Redis) -> None:
    old, new = b"\x07" * 32, b"\x08" * 32
    await Log(redis_client, Sealer([old])).write(3)
    rotated = Log(redis_client, Sealer([new, old]))
    await rotated.write(3)
    assert said(await rotated.verify()) == ("whole", 6)
    assert said(await rotated.verify(sealer=Sealer([new]))) == ("wrong_key", 1)
    assert said(await rotated.verify(sealer=Sealer([old]))) == ("wrong_key", 4)


async def test_memory_keeps_the_same_chain() -> None:
    audit = MemoryAudit(limit=6)
    for number in range(9):
        await audit.record(Record(float(number), call(BEN if number % 3 else ANNA), "done"))
    told = audit.chain.verify()
    assert (said(told), told.first, told.records) == (("whole", 9), 4, 6)
    assert audit.forget(ANNA, []) == 2
    told = audit.chain.verify()
    assert (said(told), told.records, told.erased) == (("whole", 9), 4, 2)
    del audit.chain.links[3]
    assert said(audit.chain.verify()) == ("removed", 7)


async def test_arguments_may_be_any_text() -> None:
    audit = MemoryAudit()
    await audit.record(Record(1.0, CallId(call().caller, "t", "cancel_order", '{"a":"\ud800"}'), "done", "r\ud800"))
    assert said(audit.chain.verify()) == ("whole", 1)
