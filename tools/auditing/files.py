"""Checking an exported audit: line by line, in constant memory."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import orjson

from frontdesk.errors import AuditError
from frontdesk.tools.auditing.chain import Link, Macs, Mark, digest_of
from frontdesk.tools.auditing.exporting import FORMAT
from frontdesk.tools.auditing.heads import FORMAT as SIGNED
from frontdesk.tools.auditing.heads import Head, read_head
from frontdesk.tools.auditing.verifying import Fault, Told, Verifier

_SEQ = re.compile(rb'"seq":(\d{1,18})[,}]')
_AHEAD = 1000
"""Lines that are looked through for a record that is missed: it may only stand in another place."""
_LINK = ("hash", "key", "mac")


def verify_file(
    lines: Iterable[bytes], keys: Sequence[bytes], macs: Macs | None = None, anchor: Head | None = None
) -> Told:
    """Check an exported file.

    Args:
        lines: With their line ends.
        keys: Raw public keys to accept (``frontdesk audit key``).
        macs: The deployment's own keys, where they are at hand: then each record's MAC is checked, too.
        anchor: A signed head that was kept elsewhere.

    Returns:
        What there is. ``fault`` names the first record at which the chain breaks.

    Raises:
        AuditError: Not an export at all, a last line that was not signed with one of the keys, or lines that were
            altered without breaking the chain (a body taken out, an entry from before the chain).
    """
    source = iter(lines)
    first = next(source, b"")
    start = _start(first)
    verifier = Verifier(macs, start, anchor.mark if anchor else None)
    summed, count, unchained, end = hashlib.sha256(first), 1, 0, b""
    for line, ahead in _with_ahead(source):
        found = _parsed(line)
        if end:
            break  # something stands after the signed line, which ends the file
        if found.get("format") == SIGNED:
            end = line
            continue
        summed.update(line)
        count += 1
        if set(found) == {"unchained"}:
            unchained += 1
        elif verifier.feed(_link(found, verifier.follows), map(_number, ahead)):
            return verifier.told
    else:
        verifier.told.unchained = unchained
        if not end:
            verifier.told.fault = Fault(verifier.follows, "truncated")
            return verifier.told
        return _ended(verifier, read_head(end, keys), start, count, summed.hexdigest())
    raise AuditError("lines stand after the signed head, which must be the last")


def _ended(verifier: Verifier, head: Head, start: Mark, count: int, sha256: str) -> Told:
    """Compare what was read with what was signed."""
    if head.before != start:
        verifier.told.fault = Fault(
            min(head.follows, start.seq) + 1, "removed" if head.follows < start.seq else "changed"
        )
        return verifier.told
    told = verifier.end(head.mark, signed=True)
    if told.fault is None and (head.lines, head.sha256) != (count, sha256):
        raise AuditError(
            "the file was altered after it was signed, though its chain is whole: a body was taken out, or an entry "
            "that stands outside of the chain was changed"
        )
    return told


def _with_ahead(source: Iterator[bytes]) -> Iterator[tuple[bytes, deque[bytes]]]:
    """Yield each line with those that follow it, as far as they are looked at."""
    ahead = deque(islice(source, _AHEAD))
    while ahead:
        line = ahead.popleft()
        ahead.extend(islice(source, 1))
        yield line, ahead


def _number(line: bytes) -> int:
    found = _SEQ.search(line)
    return int(found[1]) if found else 0


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _start(line: bytes) -> Mark:
    found = _parsed(line)
    seq, start = found.get("follows"), found.get("start")
    if found.get("format") != FORMAT or not isinstance(seq, int) or not isinstance(start, str):
        raise AuditError("not an exported audit: its first line must name the format " + FORMAT)
    return Mark(seq, start)


def _link(line: dict[str, Any], follows: int) -> Link:
    """Return a line as a link; one that is malformed fits nothing and so is found as changed."""
    seq, own = line.get("seq"), [line.get(name) for name in _LINK]
    if type(seq) is not int or not all(isinstance(part, str) for part in own):
        return Link(follows, "", "", "", "", "", body={})
    hash, key, mac = map(str, own)
    body, salt, digest = line.get("body"), line.get("salt"), line.get("digest")
    if isinstance(body, dict) and isinstance(salt, str):
        return Link(seq, str(line.get("prev")), digest_of(salt, body), hash, key, mac, body, salt)
    if line.get("left_out") is True:
        return Link(seq, "", str(digest), hash, key, mac, left_out=True)
    return Link(seq, "", str(digest), hash, key, mac, gone=str(line.get("gone")), seal=str(line.get("seal")))
