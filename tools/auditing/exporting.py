"""Exporting the audit as JSON Lines, and checking such a file.

First line: ``{"format", "follows", "start"}``. Then one line per place of the chain: a record with its body, one that
was left out by a filter (its digest alone), or what is left of one that is gone; entries from before the chain as
``{"unchained": …}``. Last line: the signed head. With the public key alone everybody can tell that nothing was
changed, removed, added or put in another order; with the deployment's key also every record's own MAC is checked.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from frontdesk.errors import AuditError
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import LINKED, Mark
from frontdesk.tools.auditing.heads import Head, moment, sign
from frontdesk.tools.auditing.reading import Entry, RedisLog
from frontdesk.tools.auditing.resealing import macs_of
from frontdesk.tools.auditing.walking import TRIES, Check, Step, walk

FORMAT = "frontdesk-audit/1"
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records go into the file with their bodies."""

    since: float | None = None
    """Unix time in seconds, inclusive."""
    until: float | None = None
    """Unix time in seconds, exclusive."""
    fields: Mapping[str, str] | None = None
    """Fields of the body and the text that each must be."""

    def has(self, entry: Entry) -> bool:
        """Tell whether a record is wanted; one without a time is, whatever the times."""
        at = entry.at
        timely = at is None or ((self.since is None or at >= self.since) and (self.until is None or at < self.until))
        return timely and all(entry.fields.get(name) == text for name, text in (self.fields or {}).items())


async def export(client: Redis, sealer: Sealer, wanted: Wanted, now: float) -> AsyncIterator[str]:
    """Yield the lines of an export, without line ends; the chain is verified on the way.

    Args:
        client: A binary client.
        sealer: The deployment's sealer, whose key signs the last line.
        wanted: Which bodies to include.
        now: Unix time in seconds.

    Raises:
        AuditError: The chain is broken; the lines so far are good, and the signed head is missing.
    """
    log, macs = RedisLog(client), await macs_of(client, sealer)
    base, before = await log.base(), await log.head()
    check, count, summed = Check(macs, base), 0, hashlib.sha256()
    start = check.verifier.last

    def said(line: Line) -> str:
        nonlocal count
        text = _text(line)
        summed.update(text.encode() + b"\n")
        count += 1
        return text

    yield said({"format": FORMAT, "follows": start.seq, "start": start.hash})
    async for steps in walk(log, start.seq + 1):
        good = check.page(steps)
        for step in steps[:good]:
            yield said(_line(step, wanted))
        if good < len(steps):
            break
    told = check.verifier.end(before, await log.head())
    if told.fault:
        again = " (a sweep ran meanwhile; try again)" if await log.base() != base else ""
        raise AuditError(f"the audit is not exported any further: {told.fault}{again}")
    end = check.verifier.last
    head = Head(
        at=moment(now), seq=end.seq, hash=end.hash, follows=start.seq, start=start.hash, lines=count,
        sha256=summed.hexdigest(),
    )  # fmt: skip
    yield sign(head, sealer).text()


async def anchor(client: Redis, sealer: Sealer, now: float) -> Head:
    """Return the signed head of the chain as it is now: to be kept where who can write to Redis cannot.

    Raises:
        AuditError: The head is not the deployment's; nothing is signed that was not checked.
    """
    log, macs = RedisLog(client), await macs_of(client, sealer)
    for _ in range(TRIES):
        base, head = await log.base(), await log.head()
        for kind, mark in (("base", base), ("head", head)):
            if mark and macs.proves(kind, mark) != "good":
                raise AuditError(f"the audit's {kind} is not this deployment's; run `frontdesk audit verify`")
        if await log.base() == base:
            break
    end, start = head or Mark(), base or Mark()
    return sign(Head(at=moment(now), seq=end.seq, hash=end.hash, follows=start.seq, start=start.hash), sealer)


def _line(step: Step, wanted: Wanted) -> Line:
    link, entry = step.link, step.entry
    if link is None:
        texts = entry.fields.items() if entry else ()
        return {"unchained": {name: text.encode("utf-8", "replace").decode() for name, text in texts}}
    own = {"seq": link.seq, "hash": link.hash, "key": link.key, "mac": link.mac}
    if entry is None:
        return {**own, "digest": link.digest, "gone": link.gone, "seal": link.seal}
    if not wanted.has(entry):
        return {**own, "digest": link.digest, "left_out": True}
    return {**own, "prev": link.prev, "salt": link.salt, "body": dict(link.body or {})}


def _text(line: Line) -> str:
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False, sort_keys=True)


async def found(client: Redis, threads: Collection[str], call: str, last: int) -> list[dict[str, Any]]:
    """Return records for people and programs: number and body, without what proves them, oldest first.

    Args:
        client: A binary client.
        threads: Pseudonyms of a thread; empty: of any.
        call: Digest of a call; empty: any.
        last: How many at most, the newest.
    """
    log = RedisLog(client)
    if not threads and not call:
        return [_shown(entry) for entry in await log.newest(last)]
    newest: deque[Entry] = deque(maxlen=last)
    async for page in log.entries():
        newest.extend(
            entry
            for entry in page
            if (not threads or entry.fields.get("thread") in threads) and (not call or entry.fields.get("call") == call)
        )
    return [_shown(entry) for entry in newest]


def _shown(entry: Entry) -> dict[str, Any]:
    texts = {
        name: text.encode("utf-8", "replace").decode() for name, text in entry.fields.items() if name not in LINKED
    }
    return {"seq": entry.link.seq if entry.link else None, **texts}
