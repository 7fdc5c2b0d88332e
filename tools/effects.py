"""The executor with what stands around it: kept results of reads, which end with every write."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from typing import Any

from frontdesk.errors import ToolError
from frontdesk.graph.identity import Caller
from frontdesk.tools.admission import Admission
from frontdesk.tools.arguments import canonical
from frontdesk.tools.audit import Record
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.execution import Executor
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import Entry
from frontdesk.tools.readcache import ReadStore

logger = logging.getLogger(__name__)


class Effects:
    """Runs what was decided."""

    def __init__(
        self, executor: Executor, admission: Admission, store: ReadStore, contracts: Mapping[str, ToolContract]
    ) -> None:
        """Take what runs calls, what counts them, where results of reads are kept, and the contracts by name."""
        self._executor = executor
        self._admission = admission
        self._store = store
        self._versions = {
            name: hashlib.sha256(canonical(item.model_dump(mode="json")).encode()).hexdigest()
            for name, item in contracts.items()
            if item.cache is not None
        }

    async def read(self, job: Job) -> tuple[str, bool]:
        """Return a read's result as JSON, and whether it was kept from before; ToolError: refused, or failed."""
        cache, caller = job.contract.cache, job.id.caller
        if cache is None or not caller.stateful:
            await self._admission.admit(job)
            return await self._executor.read(job), False
        what = self._identity(job)
        mark, content = await self._store.look(caller, what)
        if content is not None:
            return content, True
        await self._admission.admit(job)
        content = await self._executor.read(job)
        await self._store.keep(caller, what, mark, content, cache.seconds)
        return content, False

    async def once(self, job: Job) -> tuple[str, bool]:
        """Run a write, or find out that it ran; see ``Executor.once``. Nothing that was read before counts any more.

        Raises:
            ToolError: as there; ``unavailable``: kept results could not be ended, so nothing is changed.
        """
        if not self._versions:
            return await self._executor.once(job)
        await self._store.end(job.id.caller)
        try:
            return await self._executor.once(job)
        finally:
            await self._over(job.id.caller)

    async def precheck(self, job: Job) -> dict[str, Any]:
        """See ``Executor.precheck``."""
        return await self._executor.precheck(job)

    async def begun(self, job: Job) -> bool:
        """See ``Executor.begun``."""
        return await self._executor.begun(job)

    async def look(self, job: Job, entry: Entry) -> str:
        """See ``Executor.look``. Nothing that was read before a write that turns out to have happened counts."""
        became = await self._executor.look(job, entry)
        if self._versions and became in {"settled", "happened"}:
            await self._over(job.id.caller)
        return became

    async def record(self, record: Record) -> None:
        """See ``Executor.record``."""
        await self._executor.record(record)

    async def _over(self, caller: Caller) -> None:
        """End what was read beside a write. It is over: what cannot be ended lives for ``cache.seconds`` at most."""
        try:
            await self._store.end(caller)
        except ToolError as error:
            logger.warning("kept reads not ended: %s", error.reason)

    def _identity(self, job: Job) -> str:
        """Return all that a result depends on: who asks with which rights, the contract, and the arguments."""
        who = job.id.caller.principal
        rights = [who.tenant, who.subject, sorted(who.scopes), sorted(who.roles), who.verified]
        return canonical([rights, job.contract.name, self._versions[job.contract.name], dict(job.values)])
