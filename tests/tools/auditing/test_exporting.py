"""Exported files: checked with the public key alone; whatever is done to one is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.errors import AuditError
from frontdesk.graph.persistence.erasure.shared import AuditHolding
from frontdesk.graph.persistence.holdings import Person
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import Macs
from frontdesk.tools.auditing.exporting import Wanted, anchor, export
from frontdesk.tools.auditing.files import verify_file
from frontdesk.tools.auditing.heads import Head, publics, read_head
from frontdesk.tools.auditing.keys import STREAM
from frontdesk.tools.auditing.verifying import Told
from tests.support.audits import ANNA, BEN, THREADS, Log, said

Lines = list[bytes]


@dataclass
class File:
    """An export and what an auditor has."""

    lines: Lines
    keys: tuple[bytes, ...]
    log: Log
    kept: Head

    def verify(self, *, full: bool = False, anchored: Head | None = None) -> Told:
        return verify_file(self.lines, self.keys, Macs(self.log.sealer) if full else None, anchored)


async def exported(log: Log, wanted: Wanted | None = None) -> Lines:
    return [line.encode() + b"\n" async for line in export(log.client, log.sealer, wanted or Wanted(), 1_800_000_100.0)]


@pytest.fixture
async def file(redis_client: Redis) -> File:
    """Eight records, two of them erased; one from before the chain; an anchor taken in between."""
    log = Log(redis_client)
    await redis_client.xadd(STREAM, {"at": "1.0", "decision": "done"})
    await log.write(3, BEN)
    await log.write(2, ANNA)
    kept = await anchor(redis_client, log.sealer, 1.0)
    await log.write(2, BEN)
    await AuditHolding(redis_client, log.sealer).erase(Person(ANNA, (THREADS[ANNA],), mark="m", erasure="R-1"))
    return File(await exported(log), publics(log.sealer), log, kept)


@pytest.mark.parametrize("full", [False, True], ids=["public key alone", "deployment"])
def test_a_file_is_checked(file: File, full: bool) -> None:
    told = file.verify(full=full, anchored=file.kept)
    assert (said(told), told.records, told.erased, told.unchained, told.anchored) == (("whole", 8), 6, 2, 1, True)


def _json(line: bytes, **changes: Any) -> bytes:
    return json.dumps({**json.loads(line), **changes}, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _alter(lines: Lines, place: int, **changes: Any) -> None:
    lines[place] = _json(lines[place], **changes)


def _emptied(lines: Lines, place: int) -> None:
    """Take a body out as if a filter had."""
    from frontdesk.tools.auditing.chain import digest_of

    line = json.loads(lines[place])
    digest = digest_of(line.pop("salt"), line.pop("body"))
    line.pop("prev")
    lines[place] = json.dumps({**line, "digest": digest, "left_out": True}).encode() + b"\n"


def _swap(lines: Lines, one: int, two: int) -> None:
    lines[one], lines[two] = lines[two], lines[one]


# line 0 is the first line, 1 the entry from before the chain, 2 record 1, 5 and 6 … 10 the signed head
TAMPERED: dict[str, tuple[Callable[[Lines], Any], str | tuple[str, int]]] = {
    "a body": (lambda lines: _alter(lines, 3, body={"decision": "done"}), ("changed", 2)),
    "a hash": (lambda lines: _alter(lines, 3, hash="0" * 64), ("changed", 2)),
    "a salt": (lambda lines: _alter(lines, 3, salt="0"), ("changed", 2)),
    "the digest of an erased one": (lambda lines: _alter(lines, 6, digest="0" * 64), ("changed", 5)),
    "a line that is not JSON": (lambda lines: lines.__setitem__(4, b"{\n"), ("changed", 3)),
    "drop one": (lambda lines: lines.pop(4), ("removed", 3)),
    "drop the first record": (lambda lines: lines.pop(2), ("removed", 1)),
    "drop the last record": (lambda lines: lines.pop(9), ("truncated", 8)),
    "drop the end": (lambda lines: lines.__delitem__(slice(7, None)), ("truncated", 6)),
    "drop the signed head": (lambda lines: lines.pop(), ("truncated", 9)),
    "swap two": (lambda lines: _swap(lines, 3, 8), ("reordered", 2)),
    "one twice": (lambda lines: lines.insert(4, lines[3]), ("inserted", 2)),
    "a MAC": (lambda lines: _alter(lines, 3, mac="0" * 64), "altered after it was signed"),
    "an entry from before the chain": (lambda lines: _alter(lines, 1, unchained={"a": "b"}), "altered after"),
    "drop that": (lambda lines: lines.pop(1), "altered after"),
    "empty a record": (lambda lines: _emptied(lines, 3), "altered after"),
    "a white space": (lambda lines: lines.__setitem__(3, b" " + lines[3]), "altered after"),
    "the signed number": (lambda lines: _alter(lines, 10, seq=9), "signature does not fit"),
    "the signature": (lambda lines: _alter(lines, 10, signature="AAAA"), "signature does not fit"),
    "the signing key": (lambda lines: _alter(lines, 10, key="0" * 64), "another key"),
    "a field of the head twice": (
        lambda lines: lines.__setitem__(10, lines[10].replace(b'"seq":8', b'"seq":9,"seq":8')),
        "a name comes twice",
    ),
    "a line behind the head": (lambda lines: lines.append(lines[3]), "must be the last"),
    "two heads": (lambda lines: lines.append(lines[10]), "must be the last"),
    "the first line": (lambda lines: lines.pop(0), "first line"),
    "another start": (lambda lines: _alter(lines, 0, start="1" * 64), ("changed", 1)),
    "a later start": (lambda lines: (_alter(lines, 0, follows=1, start=json.loads(lines[2])["hash"]), lines.pop(2)),
                      ("removed", 1)),
    "nothing is left": (lambda lines: lines.clear(), "not an exported audit"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_every_tampering_is_found_with_the_public_key_alone(file: File, name: str) -> None:
    change, expected = TAMPERED[name]
    change(file.lines)
    if isinstance(expected, tuple):
        assert said(file.verify()) == expected
    else:
        with pytest.raises(AuditError, match=expected):
            file.verify()


def test_every_flipped_byte_is_found(file: File) -> None:
    """Every twentieth byte of every line: a fault or an error, never a good file."""
    good = list(file.lines)
    for number, line in enumerate(good):
        for place in range(number % 20, len(line) - 1, 20):
            flipped = bytearray(line)
            flipped[place] ^= 1
            file.lines = [*good[:number], bytes(flipped), *good[number + 1 :]]
            try:
                found = said(file.verify())[0]
            except AuditError:
                found = "error"
            assert found != "whole", (number, place)


def test_a_file_of_an_older_state_is_not_the_anchors(file: File) -> None:
    other = Head(at="x", seq=5, hash="0" * 64)
    assert said(file.verify(anchored=other)) == ("rolled_back", 5)
    assert said(file.verify(anchored=Head(at="x", seq=20, hash="0" * 64))) == ("rolled_back", 9)


@pytest.mark.parametrize(
    ("wanted", "bodies"),
    [
        (Wanted(), [1, 2, 3, 4, 7, 8]),
        (Wanted(fields={"tenant": "shop"}), [2, 3, 4, 7, 8]),
        (Wanted(fields={"decision": "nothing"}), []),
        (Wanted(since=1_800_000_001.0), [3, 4, 8]),
        (Wanted(until=1_800_000_001.0), [1, 2, 7]),
        (Wanted(since=1_800_000_001.0, until=1_800_000_002.0, fields={"tool": "cancel_order"}), [3, 8]),
    ],
    ids=["all", "a tenant", "no such decision", "since", "until", "all of them"],
)
@pytest.mark.parametrize("full", [False, True], ids=["public key alone", "deployment"])
async def test_a_part_is_checked_as_well(file: File, wanted: Wanted, bodies: list[int], full: bool) -> None:
    file.lines = await exported(file.log, wanted)
    lines = [json.loads(line) for line in file.lines]
    assert [line["seq"] for line in lines if "body" in line] == bodies
    told = file.verify(full=full)
    assert (said(told), told.records, told.records + told.left_out) == (("whole", 8), len(bodies), 6)


async def test_a_broken_chain_is_not_signed(file: File) -> None:
    entries = await file.log.entries()
    entries[3][b"reason"] = b"nothing"
    await file.log.put(entries)
    with pytest.raises(AuditError, match="changed at record 3"):
        await exported(file.log)


async def test_a_forged_record_does_not_pass_the_deployments_own_check(file: File) -> None:
    """Somebody with another key signs a whole file of their own: foreign to the auditor, forged to the deployment."""
    other = Log(file.log.client, Sealer([b"\x09" * 32]))
    await other.client.flushall()
    await other.write(3)
    lines = await exported(other)
    with pytest.raises(AuditError, match="another key"):
        verify_file(lines, file.keys)
    assert said(verify_file(lines, publics(other.sealer), Macs(file.log.sealer))) == ("wrong_key", 1)


async def test_an_anchor_is_signed_and_only_of_our_own_head(file: File) -> None:
    assert read_head(file.kept.text(), file.keys) == file.kept
    assert file.kept.seq == 6
    with pytest.raises(AuditError, match="does not fit"):
        read_head(file.kept.text().replace('"seq":6', '"seq":5'), file.keys)
    with pytest.raises(AuditError, match="wrong or missing: lines"):
        read_head(file.kept.text().replace('"lines":0', '"lines":"0"'), file.keys)
    with pytest.raises(AuditError, match="not this deployment's"):
        await anchor(file.log.client, Sealer.generate(), 1.0)
