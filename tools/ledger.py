"""The ledger: which write was begun, and what it came to. Outside the model and outside the checkpoint.

``reserved`` (someone runs it, until its lease ends) → ``settled`` (the result is kept) or ``unknown`` (it may have
happened). A reservation whose lease ended without a settlement counts as unknown: its process died in the middle.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.errors import SealError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.forgetful import drop
from frontdesk.graph.persistence.erasure.tombs import tomb
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.arguments import canonical
from frontdesk.tools.reasons import failed, unknown


@dataclass(frozen=True, slots=True)
class CallId:
    """What makes two calls the same call. Never the model's tool-call id: a re-run may produce another."""

    caller: Caller
    turn_id: str
    """The proposing turn of a confirmed call, else the running one."""
    tool: str
    arguments: str
    """Canonical JSON of the masked arguments."""

    @property
    def text(self) -> str:
        """All of it as one text, for a digest."""
        who = self.caller.principal
        return canonical([who.tenant, who.subject, self.caller.thread_id, self.turn_id, self.tool, self.arguments])


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger knows of a call."""

    state: Literal["reserved", "settled", "unknown"]
    until: float = 0.0
    """End of a reservation's lease, Unix time in seconds."""
    content: str = field(default="", repr=False)
    """The result (JSON) of a settled call."""


class Ledger(Protocol):
    """One entry per call."""

    def key(self, call: CallId) -> str:
        """Return the call's idempotency key (hex), which the remote side is sent too."""
        ...

    async def reserve(self, call: CallId, until: float) -> Entry | None:
        """Reserve atomically: None when it is ours now, else the entry that was there. ToolFailedError: no ledger."""
        ...

    async def write(self, call: CallId, entry: Entry) -> None:
        """Replace the entry: settle it, or mark it unknown. ToolUnknownError: the ledger did not answer."""
        ...

    async def release(self, call: CallId) -> None:
        """Drop a reservation because nothing happened. ToolFailedError: the ledger did not answer."""
        ...


class MemoryLedger:
    """The ledger of one process: stateless calls, ``FRONTDESK_REDIS=memory`` and tests. Keeps the newest entries."""

    def __init__(self, limit: int = 10_000) -> None:
        """Take how many entries to keep."""
        self._limit = limit
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._threads: dict[str, str] = {}

    def key(self, call: CallId) -> str:
        """See :class:`Ledger`."""
        return hashlib.sha256(call.text.encode()).hexdigest()

    async def reserve(self, call: CallId, until: float) -> Entry | None:
        """See :class:`Ledger`; atomic because nothing is awaited."""
        key = self.key(call)
        found = self._entries.get(key)
        if found is None:
            self._entries[key] = Entry("reserved", until)
            self._threads[key] = call.caller.thread_id
            while len(self._entries) > self._limit:
                self._threads.pop(self._entries.popitem(last=False)[0], None)
        return found

    async def write(self, call: CallId, entry: Entry) -> None:
        """See :class:`Ledger`."""
        self._entries[self.key(call)] = entry
        self._threads[self.key(call)] = call.caller.thread_id

    async def release(self, call: CallId) -> None:
        """See :class:`Ledger`."""
        self._entries.pop(self.key(call), None)
        self._threads.pop(self.key(call), None)

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop the entries of threads; return how many went."""
        doomed = {key for key, thread in self._threads.items() if thread in threads}
        drop(self._threads, lambda key: key in doomed)
        return drop(self._entries, lambda key: key in doomed)


class RedisLedger:
    """The ledger in Redis: ``fd:{thread}:call:<hmac>``, sealed, erased with its thread, gone after ``ttl_seconds``."""

    def __init__(
        self, client: Redis, sealer: Sealer, ttl_seconds: float, clock: Callable[[], float] = time.time
    ) -> None:
        """Take a binary client, the deployment's sealer, the desk's retention of the ledger in seconds, and a clock."""
        self._client: Any = client
        self._sealer = sealer
        self._clock = clock
        self._ttl = max(1, int(ttl_seconds))

    def key(self, call: CallId) -> str:
        """See :class:`Ledger`."""
        return self._sealer.pseudonym(call.text)

    async def reserve(self, call: CallId, until: float) -> Entry | None:
        """See :class:`Ledger`; one round trip. Nothing is begun for an erased thread."""
        name, sealed = self._name(call), self._sealed(call, self._name(call), Entry("reserved", until))
        try:
            found, gone = await self._set(call, name, sealed, nx=True, get=True)
        except RedisError as error:
            raise failed(call.tool, "ledger_unavailable") from error
        if gone:
            raise failed(call.tool, "ledger_unavailable")
        return None if found is None else self._opened(call, name, found)

    async def write(self, call: CallId, entry: Entry) -> None:
        """See :class:`Ledger`."""
        name = self._name(call)
        try:
            await self._set(call, name, self._sealed(call, name, entry))
        except RedisError as error:
            raise unknown(call.tool) from error

    async def release(self, call: CallId) -> None:
        """See :class:`Ledger`."""
        try:
            await self._client.delete(self._name(call))
        except RedisError as error:
            raise failed(call.tool, "ledger_unavailable") from error

    async def _set(self, call: CallId, name: str, sealed: bytes, **how: bool) -> tuple[Any, bool]:
        """Set an entry; return Redis's answer, and whether the thread was erased, which leaves no entry."""
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.set(name, sealed, ex=self._ttl, **how)
            pipe.exists(tomb(self._sealer, call.caller.thread_id))
            answer, gone = await pipe.execute()
        if gone:
            await self._client.delete(name)
        return answer, bool(gone)

    def _name(self, call: CallId) -> str:
        return tagged(call.caller.thread_id, f"call:{self.key(call)}")

    async def entries(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Return the entries under some keys: ``{"tool", "state", "result", "at"}``, ``at`` in Unix seconds.

        Raises:
            SealError: One was sealed with a key that is not configured.
        """
        found = []
        for name in names:
            if blob := await self._client.get(name):
                state, _, content, tool, at = json.loads(self._sealer.open(blob, name.encode()))
                found.append({"tool": tool, "state": state, "result": json.loads(content or "null"), "at": at})
        return found

    def _sealed(self, call: CallId, name: str, entry: Entry) -> bytes:
        fields = [entry.state, entry.until, entry.content, call.tool, round(self._clock(), 3)]
        return self._sealer.seal(canonical(fields).encode(), name.encode())

    def _opened(self, call: CallId, name: str, blob: bytes) -> Entry:
        try:
            state, until, content, *_ = json.loads(self._sealer.open(blob, name.encode()))
        except SealError as error:
            # An entry that cannot be read says that the call was begun: it may have happened.
            raise unknown(call.tool) from error
        return Entry(state, until, content)
