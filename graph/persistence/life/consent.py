"""Consent: what a person allowed to be kept, for which purpose, when, how, and in which words they were asked.

``fd:{<subject>}:consents``   hash: purpose to the sealed record; the last word counts

A word that takes a purpose away deletes in the same step what was kept for it.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Protocol, cast

import orjson
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose
from frontdesk.errors import ConsentError, SealError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.purposes import NO, Basis, Consent, basis_of, version
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark

_log = logging.getLogger(__name__)

ITEMS = ("episodes", "memories")
"""Stores under a person's mark whose items carry a purpose: a hash ``<store>`` and a sorted set ``<store>:order``, with
fields that begin with the purpose and a slash."""

_RECORD = """
-- KEYS: consents, then a hash and its order per store. ARGV: purpose, record, seconds to live, '1' to forget, prefix
local fresh = redis.call('EXISTS', KEYS[1]) == 0
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if fresh then redis.call('EXPIRE', KEYS[1], ARGV[3]) else redis.call('EXPIRE', KEYS[1], ARGV[3], 'GT') end
local gone = 0
if ARGV[4] == '1' then
  for at = 2, #KEYS, 2 do
    for _, field in ipairs(redis.call('HKEYS', KEYS[at])) do
      if string.sub(field, 1, #ARGV[5]) == ARGV[5] then
        gone = gone + redis.call('HDEL', KEYS[at], field)
        redis.call('ZREM', KEYS[at + 1], field)
      end
    end
  end
end
return gone
"""


class Consents(Protocol):
    """What people allow. There is no word of an anonymous caller, and nothing is kept of one."""

    async def basis(self, principal: Principal, purpose: str) -> Basis:
        """Say whether something may be kept of a person for a purpose; a record that cannot be opened is a no."""
        ...

    async def record(self, principal: Principal, purpose: str, *, granted: bool, how: str) -> tuple[Consent, int]:
        """Keep a person's word and, where the purpose is not allowed any more, delete what was kept for it.

        Returns:
            The record, and how many items went.

        Raises:
            ConsentError: The caller has not signed in, or the desk does not offer the purpose.
        """
        ...

    async def words(self, principal: Principal) -> list[Consent]:
        """Return a person's last word per purpose."""
        ...


class RedisConsents:
    """Implements :class:`Consents`."""

    def __init__(
        self,
        client: Redis,
        sealer: Sealer,
        purposes: Mapping[str, Purpose],
        seconds: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the client, the sealer, the desk's purposes, how long a word is kept, and a clock (Unix seconds)."""
        self._client = client
        self._sealer = sealer
        self._purposes = purposes
        self.seconds = max(1, seconds)
        self._clock = clock
        self._script = client.register_script(_RECORD)

    def key(self, principal: Principal) -> str:
        """Return the name of the hash that holds a person's word per purpose."""
        return f"fd:{{{subject_mark(self._sealer, principal)}}}:consents"

    async def basis(self, principal: Principal, purpose: str) -> Basis:
        """See :class:`Consents`."""
        return self.judged(principal, await self.look(principal), purpose)

    async def look(self, principal: Principal) -> Mapping[bytes, bytes]:
        """Return the sealed records by purpose, and keep them from running out while the person comes: one trip.

        An objection must not be forgotten while what it is about goes on.
        """
        key = self.key(principal)
        async with self._client.pipeline(transaction=False) as pipe:
            pipe.hgetall(key)
            pipe.expire(key, self.seconds, gt=True)
            return cast("Mapping[bytes, bytes]", (await pipe.execute())[0])

    def judged(self, principal: Principal, sealed: Mapping[bytes, bytes], purpose: str) -> Basis:
        """Return the basis that the records of :meth:`look` give."""
        if not principal.signed_in:
            return NO
        blob = sealed.get(purpose.encode())
        try:
            word = None if blob is None else self._open(self.key(principal), purpose, blob)
        except SealError:
            _log.warning("a consent cannot be opened: sealed with a key that is gone, or altered; it counts as a no")
            return NO
        return basis_of(self._purposes, purpose, word)

    async def record(self, principal: Principal, purpose: str, *, granted: bool, how: str) -> tuple[Consent, int]:
        """See :class:`Consents`; one step, so that nothing is added in between."""
        word = new_word(self._purposes, principal, purpose, granted, self._clock(), how)
        key, stem = self.key(principal), self.key(principal).removesuffix("consents")
        sealed = self._sealer.seal(orjson.dumps(asdict(word)), _context(key, purpose))
        forget = not basis_of(self._purposes, purpose, word).allowed
        stores = [name for store in ITEMS for name in (f"{stem}{store}", f"{stem}{store}:order")]
        arguments: list[Any] = [purpose, sealed, self.seconds, "1" if forget else "0", f"{purpose}/"]
        return word, int(await self._script(keys=[key, *stores], args=arguments))

    async def words(self, principal: Principal) -> list[Consent]:
        """See :class:`Consents`. SealError: a record was sealed with another key."""
        if not principal.signed_in:
            return []
        key = self.key(principal)
        found = sorted((await self.look(principal)).items())
        return [self._open(key, purpose.decode(), blob) for purpose, blob in found]

    def _open(self, key: str, purpose: str, blob: bytes) -> Consent:
        return Consent(**orjson.loads(self._sealer.open(blob, _context(key, purpose))))


def new_word(
    purposes: Mapping[str, Purpose], principal: Principal, name: str, granted: bool, now: float, how: str
) -> Consent:
    """Make the record of a person's word.

    Raises:
        ConsentError: The caller has not signed in, or the desk does not offer the purpose.
    """
    if not principal.signed_in:
        raise ConsentError("nothing is kept of a caller who has not signed in, so there is nothing to allow or refuse")
    purpose = purposes.get(name)
    if purpose is None or (granted and purpose.default == "denied"):
        offered = ", ".join(sorted(each for each in purposes if purposes[each].default != "denied")) or "none"
        raise ConsentError(f"this desk keeps nothing for that purpose; purposes: {offered}")
    return Consent(name, granted, now, how, version(purpose), uuid.uuid4().hex[:16])


def _context(key: str, purpose: str) -> bytes:
    return f"{key}/{purpose}".encode()
