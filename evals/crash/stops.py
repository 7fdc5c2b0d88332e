"""Where a process stops, to be killed there: wrappers around the ledger, the audit, the backend and the database.

``reserved``       the ledger has the reservation
``recorded``       the audit has "executing"; the ledger has not
``marked``         the ledger has "executing"; nothing was sent
``sending``        the connector was called, and has not sent anything
``uncommitted``    (databases) the statements ran, and are not committed
``unanswered``     (http) the remote side did it, and has not answered
``answered``       the answer is here; the ledger does not have it
``settled``        the ledger has the result; the audit has not
``told``           the audit has "done"; nobody was told
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from frontdesk.evals.crash.world import Around
from frontdesk.tools.audit import Audit, Record
from frontdesk.tools.backend import Backend, Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.ledger import CallId, Entry, Ledger

STOPS = (
    "reserved", "recorded", "marked", "sending", "uncommitted", "unanswered", "answered", "settled", "told",
)  # fmt: skip

Stuck = Callable[[], None]
"""Says that the process has come to its stop."""


class Stop:
    """Stops at one place, the first time that it comes there."""

    def __init__(self, place: str, stuck: Stuck) -> None:
        """Take the place, and whom to tell."""
        self.place = place
        self._stuck = stuck

    async def at(self, place: str) -> None:
        """Stay here for ever, if it is the place."""
        if place == self.place:
            self._stuck()
            await asyncio.Event().wait()

    def blocked_at(self, place: str) -> None:
        """Stay here for ever, with the whole process."""
        if place == self.place:
            self._stuck()
            while True:
                time.sleep(60)


class StoppingLedger:
    """A ledger behind which the process stops."""

    def __init__(self, inner: Ledger, stop: Stop) -> None:
        """Take the real one."""
        self._inner, self._stop = inner, stop

    def __getattr__(self, name: str) -> Any:
        """Everything else is the real one's."""
        return getattr(self._inner, name)

    async def reserve(self, call: CallId, until: float) -> tuple[Entry, bool]:
        """See ``Ledger``."""
        found = await self._inner.reserve(call, until)
        await self._stop.at("reserved")
        return found

    async def swap(self, call: CallId, seen: Entry, new: Entry) -> Entry | None:
        """See ``Ledger``."""
        standing = await self._inner.swap(call, seen, new)
        if new.state in {"executing", "settled"}:
            await self._stop.at("marked" if new.state == "executing" else "settled")
        return standing


class StoppingAudit:
    """An audit behind which the process stops."""

    def __init__(self, inner: Audit, stop: Stop) -> None:
        """Take the real one."""
        self._inner, self._stop = inner, stop

    def __getattr__(self, name: str) -> Any:
        """Everything else is the real one's."""
        return getattr(self._inner, name)

    async def record(self, record: Record) -> None:
        """See ``Audit``."""
        await self._inner.record(record)
        if record.decision in {"executing", "done"}:
            await self._stop.at("recorded" if record.decision == "executing" else "told")


class StoppingBackend:
    """A connector before and behind which the process stops."""

    def __init__(self, inner: Backend, stop: Stop) -> None:
        """Take the real one."""
        self._inner, self._stop = inner, stop

    def check(self, contract: ToolContract) -> list[str]:
        """See ``Backend``."""
        return self._inner.check(contract)

    async def close(self) -> None:
        """See ``Backend``."""
        await self._inner.close()

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See ``Backend``."""
        await self._stop.at("sending")
        result = await self._inner.run(options, call)
        await self._stop.at("answered")
        return result


def stopping(place: str, stuck: Stuck) -> Around:
    """Return what makes a process stop at a place."""
    stop = Stop(place, stuck)

    def engine(made: Any) -> None:
        from sqlalchemy import event  # noqa: PLC0415 - only where a remote is a database

        event.listen(made.sync_engine, "commit", lambda _: stop.blocked_at("uncommitted"))

    return Around(
        ledger=lambda ledger: StoppingLedger(ledger, stop),
        audit=lambda audit: StoppingAudit(audit, stop),
        backend=lambda backend: StoppingBackend(backend, stop),
        engine=engine,
    )
