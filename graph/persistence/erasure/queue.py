"""Requests for erasure: kept, sealed, until they are carried out, so that neither a crash nor a hold loses one.

``fd:erasures``   hash: id of the request to the sealed request
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

import orjson
from redis.asyncio import Redis

from frontdesk.errors import PersonError, SealError
from frontdesk.graph.identity import ANONYMOUS, Principal
from frontdesk.graph.persistence.sealer import Sealer

QUEUE = "fd:erasures"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One request."""

    id: str
    """``R-…``; the receipt has the same."""
    tenant: str
    subject: str
    at: float
    """Unix time in seconds when it was made."""
    whole: bool = True
    """Everything of the person; else ``threads`` only."""
    threads: tuple[str, ...] = ()
    """Server-made ids that are known to be meant; for ``whole``, what the register knew when the work began."""
    anywhere: bool = False
    """The owner of ``threads`` is not known."""
    deep: bool = False
    """Whether the last scan is to read the contents of every key."""

    @property
    def principal(self) -> Principal:
        """Whose data."""
        return Principal(self.subject, self.tenant)


def new_id() -> str:
    """Return a random id of 64 bits: ``R-7F3A-9C21-55D0-0B1E``."""
    digits = secrets.token_hex(8).upper()
    return "R-" + "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def new_request(
    principal: Principal, threads: Sequence[str] | None, at: float, *, anywhere: bool = False, deep: bool = False
) -> Request:
    """Return a request; see ``Eraser.request``.

    Raises:
        PersonError: Everything of a caller who has not signed in: they all share one subject.
    """
    if threads is None and not principal.signed_in:
        raise PersonError(f"callers who have not signed in share the subject {ANONYMOUS!r}: name a thread instead")
    named = tuple(threads or ())
    return Request(new_id(), principal.tenant, principal.subject, at, threads is None, named, anywhere, deep)


class Queue:
    """The requests that are not carried out yet."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a client and a sealer."""
        self._client, self._sealer = client, sealer

    async def put(self, request: Request) -> None:
        """Keep a request, or its new form."""
        sealed = self._sealer.seal(orjson.dumps(asdict(request)), _context(request.id))
        await self._client.hset(QUEUE, request.id, cast(str, sealed))

    async def get(self, id: str) -> Request | None:
        """Return a request; None when it was carried out.

        Raises:
            SealError: It cannot be opened.
        """
        blob = cast(bytes | None, await self._client.hget(QUEUE, id))
        return None if blob is None else self._open(id, blob)

    async def done(self, id: str) -> None:
        """Drop a request that was carried out."""
        await self._client.hdel(QUEUE, id)

    async def waiting(self) -> list[Request]:
        """Return all requests, the oldest first. One that cannot be opened stays, and is said in the log."""
        found = cast(dict[bytes, bytes], await self._client.hgetall(QUEUE))
        requests = []
        for name, blob in found.items():
            try:
                requests.append(self._open(name.decode(), blob))
            except SealError:
                logger.error("a request for erasure cannot be opened with the configured keys: %s", name.decode())
        return sorted(requests, key=lambda request: request.at)

    def _open(self, id: str, blob: bytes) -> Request:
        fields = orjson.loads(self._sealer.open(blob, _context(id)))
        return Request(**{**fields, "threads": tuple(fields["threads"])})


def _context(id: str) -> bytes:
    return f"{QUEUE}/{id}".encode()
