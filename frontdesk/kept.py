"""What is kept between turns, gathered; ``frontdesk.stores`` opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from redis.asyncio import Redis
from redis.exceptions import RedisError

from frontdesk.graph.deps import Vault
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.erasure.eraser import Eraser
from frontdesk.graph.persistence.erasure.memory import MemoryEraser
from frontdesk.graph.persistence.inbox import Inbox
from frontdesk.graph.persistence.life.consent import Consents
from frontdesk.graph.persistence.lock import Locks
from frontdesk.graph.persistence.outcomes import History
from frontdesk.graph.persistence.pageuse import PageCounts
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.spending import Spendings
from frontdesk.graph.persistence.threads import Threads
from frontdesk.graph.rolling import PreparedSummaries
from frontdesk.nodes.handoff.desk import MemoryHandoffDesk, RedisHandoffDesk
from frontdesk.nodes.recall.longterm import LongMemory
from frontdesk.tools.approvals import Approvals
from frontdesk.tools.audit import Audit
from frontdesk.tools.ledger import Ledger
from frontdesk.tools.rates import Rates
from frontdesk.tools.readcache import ReadStore


@dataclass(frozen=True)
class Stores:
    """Everything that outlives a turn."""

    client: Redis | None
    sealer: Sealer
    where: str
    """For people; no user, no password."""
    saver: BaseCheckpointSaver[Any]
    threads: Threads
    inbox: Inbox
    locks: Locks
    vault: Vault
    archive: LongMemory
    consents: Consents
    handoff: RedisHandoffDesk | MemoryHandoffDesk
    ledger: Ledger
    audit: Audit
    approvals: Approvals
    rates: Rates
    reads: ReadStore
    erasure: Eraser | MemoryEraser
    spendings: Spendings
    outcomes: History
    page_use: PageCounts
    prepared: PreparedSummaries

    async def healthy(self) -> bool:
        """Tell whether the store answers."""
        if self.client is None:
            return True
        try:
            return bool(await self.client.ping())
        except (RedisError, OSError):
            return False

    async def request_erasure(self, principal: Principal, thread_id: str = "") -> str:
        """Keep a request for erasure, which is carried out when the running turn is over, or at the next start.

        Args:
            principal: Whose data: all of it where they have signed in.
            thread_id: Server-made id of the conversation, which is all that can be named for an anonymous caller.

        Returns:
            The id that the receipt will have.

        Raises:
            PersonError: Neither a customer nor a conversation is named.
        """
        threads = [thread_id] if thread_id and not principal.signed_in else None
        return await self.erasure.request(principal, threads)
