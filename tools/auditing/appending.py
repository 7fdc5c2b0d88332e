"""Appending to the chain in Redis: one script compares the head and appends, so replicas share one chain.

Appends of one process that come while another is on its way go together in the next script call. Where the answer to a
call is lost, its records may stand in the chain although the caller was told that they could not be written.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

from frontdesk.errors import AuditError
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import CHAINED, Body, Link, Macs, Mark, chained, mark_of
from frontdesk.tools.auditing.keys import BASE, HEAD, STREAM, TURN

TOGETHER = 128
"""Waiting appends that go in one script call."""
TRIES = 1000
"""Times that another process may have been quicker before an append is given up."""
PATIENT = 8
"""Times after which a process takes the next turn: without turns, the quickest would keep the others out."""
PAUSE = 0.001
"""Seconds at most between two looks whether somebody else's turn is over."""
_LOST, _TURN = b"lost", b"turn"
logger = logging.getLogger(__name__)

_APPEND = """
-- KEYS: stream, head, base, turn. ARGV: head that the records follow (empty: none yet), entries that stand without a
-- chain then, new head, who appends, 1 where others were quicker before, and for each record the number of its fields
-- and values, and these. Returns 1, or the head as it is.
local head = redis.call('GET', KEYS[2]) or ''
local turn = redis.call('GET', KEYS[4])
if turn and turn ~= ARGV[4] then return 'turn' end
if head ~= ARGV[1] then
  if ARGV[5] == '1' then redis.call('SET', KEYS[4], ARGV[4], 'PX', 250) end
  return head
end
if head == '' then
  if redis.call('EXISTS', KEYS[3]) == 1 then return 'lost' end
  local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
  if last[1] then
    for i = 1, #last[1][2], 2 do if last[1][2][i] == 'seq' then return 'lost' end end
  end
  if redis.call('XLEN', KEYS[1]) ~= tonumber(ARGV[2]) then return '' end
end
if turn then redis.call('DEL', KEYS[4]) end
local at = 6
while at <= #ARGV do
  local count = tonumber(ARGV[at])
  redis.call('XADD', KEYS[1], '*', unpack(ARGV, at + 1, at + count))
  at = at + count + 1
end
redis.call('SET', KEYS[2], ARGV[3])
return 1
"""


class RedisChain:
    """The chain of a deployment, for one process; several processes append to the same one."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a client and the deployment's sealer, whose key proves the records."""
        self._client: Any = client
        self.macs = Macs(sealer)
        self._script = client.register_script(_APPEND)
        self._name = os.urandom(8).hex()
        self._head: Mark | None = None
        self._before = 0
        """Entries without a chain that the first record follows."""
        self._waiting: list[tuple[Sequence[Body], asyncio.Future[None]]] = []
        self._work: asyncio.Task[None] | None = None

    async def append(self, *bodies: Body) -> None:
        """Append records, next to one another; one round trip where nobody else appends.

        Raises:
            RedisError, OSError: Redis did not take them.
            AuditError: The chain's head is missing, was altered, or is sealed with a key that is not configured; or
                others were quicker all the time.
        """
        if not bodies:
            return
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((bodies, done))
        if self._work is None or self._work.done() or self._work.get_loop() is not done.get_loop():
            self._work = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            error: BaseException | None = None
            try:
                await self._commit([body for bodies, _ in together for body in bodies])
            except BaseException as failure:  # noqa: BLE001 - told to each caller, who waits for nothing else
                self._head, error = None, failure
            for _, done in together:
                if done.done():
                    continue  # a caller who was stopped meanwhile
                if error is None:
                    done.set_result(None)
                elif isinstance(error, asyncio.CancelledError):
                    done.cancel()
                else:
                    done.set_exception(error)
            if error is not None and not isinstance(error, Exception):
                raise error

    async def _commit(self, bodies: Sequence[Body]) -> None:
        for attempt in range(TRIES):
            links = await self._linked(bodies)
            last = links[-1]
            head = self.macs.mark("head", last.seq, last.hash)
            expected = self._head.text() if self._head and self._head.seq else ""
            fields = [part for link in links for part in _flat(link)]
            answer = await self._script(
                keys=[STREAM, HEAD, BASE, TURN],
                args=[expected, self._before, head.text(), self._name, int(attempt >= PATIENT), *fields],
            )
            if answer == 1:
                self._head = head
                return
            if answer == head.text().encode():  # the client sent it twice, for the first answer was lost
                self._head = head
                return
            if answer == _TURN:
                await asyncio.sleep(random.uniform(0, PAUSE))  # noqa: S311 - spreads, hides nothing
            else:
                self._head = self._trusted(answer) if answer else None
        raise AuditError(f"the audit's chain was appended to by others {TRIES} times in a row")

    async def _linked(self, bodies: Sequence[Body]) -> list[Link]:
        """Return the records as they follow the head; what is unchained before the first is named by a record."""
        if self._head is None:
            found = await self._client.get(HEAD)
            self._head = self._trusted(found) if found else Mark()
            self._before = 0 if found else int(await self._client.xlen(STREAM))
        if self._head.seq == 0 and self._before:
            first = {"at": bodies[0].get("at", ""), "decision": CHAINED, "reason": f"unchained:{self._before}"}
            bodies = [first, *bodies]
        return chained(self.macs, self._head, bodies)

    def _trusted(self, text: bytes) -> Mark:
        """Return the head if it is the deployment's own: nothing is built on a forged one."""
        if text == _LOST:
            raise _said("the head of the audit's chain is missing; `frontdesk audit verify` says what is left")
        mark = mark_of(text.decode("utf-8", "replace"))
        proof = self.macs.proves("head", mark) if mark else "bad"
        if mark is None or proof == "bad":
            raise _said("the head of the audit's chain was altered; `frontdesk audit verify` says what is left")
        if proof == "unknown":
            raise _said("the head of the audit's chain is sealed with a key that is not configured (FRONTDESK_KEY)")
        return mark


def _said(text: str) -> AuditError:
    logger.error("%s", text)
    return AuditError(text)


def _flat(link: Link) -> list[str | int]:
    parts = [part for pair in link.fields().items() for part in pair]
    return [len(parts), *parts]
