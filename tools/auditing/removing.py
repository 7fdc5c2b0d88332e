"""Taking records out of the chain in Redis without breaking it: one by one, or the oldest part as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import Link, Macs, Mark
from frontdesk.tools.auditing.keys import BASE, BUCKET, STREAM, bucket, buckets
from frontdesk.tools.auditing.reading import Entry

PORTION = 500
"""Records that one script call takes out."""

_BURY = """
-- KEYS: stream, hashes of rests. ARGV, for each record: its entry, the place of its hash (0: leaves nothing), its
-- number, and what is left of it
local gone = 0
for i = 1, #ARGV, 4 do
  if redis.call('XDEL', KEYS[1], ARGV[i]) == 1 then
    gone = gone + 1
    if ARGV[i + 1] ~= '0' then redis.call('HSET', KEYS[tonumber(ARGV[i + 1])], ARGV[i + 2], ARGV[i + 3]) end
  end
end
return gone
"""
_CUT = """
-- KEYS: stream, base, hashes of rests that lie wholly before the new base. ARGV: base as it was, new base, entries
if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return 0 end
local gone = 0
for i = 3, #ARGV do gone = gone + redis.call('XDEL', KEYS[1], ARGV[i]) end
if ARGV[2] ~= ARGV[1] then redis.call('SET', KEYS[2], ARGV[2]) end
for i = 3, #KEYS do redis.call('UNLINK', KEYS[i]) end
return gone
"""


class Removal:
    """Lets records go, under the deployment's key."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a client and the deployment's sealer."""
        self._client: Any = client
        self._macs = Macs(sealer)
        self._bury = client.register_script(_BURY)
        self._cut = client.register_script(_CUT)

    async def bury(self, entries: Sequence[Entry], why: str, pipe: Any = None) -> int:
        """Take the bodies of some records; in the same step what proves their places is kept.

        Args:
            entries: Of the stream; those from before the chain just go.
            why: Id of the erasure, or ``chain.RETENTION``.
            pipe: A pipeline to do it in, with what belongs to it; then nothing is known of the count yet.

        Returns:
            How many were there.
        """
        gone = 0
        for start in range(0, len(entries), PORTION):
            part = entries[start : start + PORTION]
            numbers = buckets(entry.link.seq for entry in part if entry.link)
            places = {number: place for place, number in enumerate(numbers, start=2)}
            arguments: list[Any] = []
            for entry in part:
                if entry.link:
                    rest = self._macs.buried(entry.link, why)
                    arguments += [entry.id, places[rest.seq // BUCKET], rest.seq, rest.rest()]
                else:
                    arguments += [entry.id, 0, 0, ""]
            answer = await self._bury(keys=[STREAM, *map(bucket, numbers)], args=arguments, client=pipe)
            gone += answer if pipe is None else 0
        return gone

    async def cut(self, base: Mark | None, entries: Sequence[Entry], pipe: Any = None) -> Mark | None:
        """Take the oldest part off: everything up to the last of these entries.

        Args:
            base: As it is; where somebody else moved it, nothing is done.
            entries: The oldest of the stream, all of them, in order; at most a page.
            pipe: See :meth:`bury`.

        Returns:
            The new base.
        """
        links: list[Link] = [entry.link for entry in entries if entry.link]
        new = self._macs.mark("base", links[-1].seq, links[-1].hash) if links else base
        before = base.text() if base else ""
        passed = range((base.seq if base else 0) // BUCKET, (new.seq + 1) // BUCKET if new else 0)
        keys = [STREAM, BASE, *map(bucket, passed)]
        arguments: list[Any] = [before, new.text() if new else before, *(entry.id for entry in entries)]
        await self._cut(keys=keys, args=arguments, client=pipe)
        return new
