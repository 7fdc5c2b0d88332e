"""Going on after the chain's head was lost: nothing is appended without one, so a person has to say so."""

from __future__ import annotations

from typing import Any

from redis.asyncio import Redis

from frontdesk.errors import AuditError
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.appending import RedisChain
from frontdesk.tools.auditing.chain import Mark
from frontdesk.tools.auditing.keys import BUCKET, HEAD
from frontdesk.tools.auditing.reading import PAGE, RedisLog
from frontdesk.tools.auditing.resealing import macs_of

_SET = """
-- KEYS: head. ARGV: head as it was found, new head
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
"""


async def resume(client: Redis, sealer: Sealer, now: float) -> int:
    """Seal a new head behind the newest record that the deployment wrote, and append a record that says so.

    Records that were cut off together with the head cannot be told from there on, but against an anchor: that is why
    the record stays. What else is broken stays broken, and `frontdesk audit verify` goes on to name it.

    Args:
        client: A binary client.
        sealer: The deployment's sealer.
        now: Unix time in seconds.

    Returns:
        The number of the record that says so.

    Raises:
        AuditError: The head is in order, or none of the newest entries is a record of this deployment.
    """
    log, macs, any_client = RedisLog(client), await macs_of(client, sealer), client
    found: Any = await any_client.get(HEAD)
    head = await log.head()
    if head and macs.proves("head", head) != "bad":
        raise AuditError("the audit's head is in order, or sealed with a key that is not configured; nothing was done")
    links = [entry.link for entry in await log.newest(PAGE) if entry.link]
    good = [link for link in links if macs.check("record", link.key, link.mac, link.hash) == "good"]
    base = await log.base()
    last = Mark(good[-1].seq, good[-1].hash) if good else base
    if last is None:
        raise AuditError(f"none of the newest {PAGE} entries is a record of this deployment; nothing was done")
    async for rest in log.rests(last.seq + 1, last.seq + BUCKET):
        last = Mark(rest.seq, rest.hash)
    new = macs.mark("head", last.seq, last.hash)
    if not await client.register_script(_SET)(keys=[HEAD], args=[found or b"", new.text()]):
        raise AuditError("the head changed meanwhile; nothing was done")
    reason = "head_changed" if found else "head_missing"
    await RedisChain(client, sealer).append({"at": f"{now:.3f}", "decision": "resumed", "reason": reason})
    return last.seq + 1
