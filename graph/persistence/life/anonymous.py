"""What is left of a record when its time is over: closed codes, counts and the hour, in the stream ``fd:anonymous``.

A ticket leaves its reason, its status and how many messages it had; an executed call its tool and what it came to; a
decision of the gateway its tool, decision and reason; a verdict of the guards its check, channel, decision and rules.
No id, no mark, no digest goes along, and times are cut to the hour, so that nothing leads back to a person or a
conversation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from redis.asyncio import Redis

from frontdesk.graph.persistence.life.retention import GRACE

STREAM = "fd:anonymous"
LENGTH = 1_000_000
"""Approximate bound of the stream; about 100 bytes an entry."""
_DECISION = ("tenant", "tool", "check", "channel", "decision", "reason")
"""Fields of an audit record that stay: an allow-list."""

_REPLACE = """
-- KEYS: stream, record, what belongs to it. ARGV: grace in milliseconds, stream's length, fields and values
local left = redis.call('PTTL', KEYS[2])
if left < 0 or left > tonumber(ARGV[1]) then return 0 end  -- gone, under a legal hold, or in use again
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', unpack(ARGV, 3))
redis.call('DEL', unpack(KEYS, 2))
return 1
"""


def hour(seconds: float | str | bytes) -> str:
    """Return the hour in which a Unix time lies, in UTC; empty for something else."""
    try:
        return datetime.fromtimestamp(float(seconds), UTC).strftime("%Y-%m-%dT%H")
    except (ValueError, OverflowError, OSError):
        return ""


def of_decision(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what is left of an audit record."""
    kept = {name: fields[name] for name in _DECISION if fields.get(name)}
    return {"kind": "decision", "hour": hour(fields.get("at", "")), **kept}


def of_ticket(fields: Mapping[bytes, bytes], messages: int) -> dict[str, str]:
    """Return what is left of a ticket."""
    kept = {name: fields.get(name.encode(), b"").decode() for name in ("tenant", "reason", "status")}
    return {"kind": "ticket", "hour": hour(fields.get(b"opened_at", b"")), **kept, "messages": str(messages)}


def of_call(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return what is left of an executed call (``RedisLedger.entries``)."""
    return {"kind": "call", "hour": hour(entry["at"]), "tool": str(entry["tool"]), "state": str(entry["state"])}


async def replace(client: Redis, keys: Sequence[bytes | str], left: Mapping[str, str]) -> bool:
    """Put what is left in place of a record whose time is over, in one step.

    Args:
        client: A Redis client.
        keys: The record, whose time to live says whether it is due, and what belongs to it.
        left: Fields of the anonymous entry.

    Returns:
        False where it is not due: its time to live is longer than the grace, or it has none (a legal hold).
    """
    flat = [part for pair in left.items() for part in pair]
    script = client.register_script(_REPLACE)
    return bool(await script(keys=[STREAM, *keys], args=[GRACE * 1000, LENGTH, *flat]))
