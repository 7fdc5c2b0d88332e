"""The shipped desk's gateway for tests: calls in one line, tables in one query."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from langchain_core.messages import ToolCall
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.backend import Backend
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import MemoryLedger

ALL = frozenset({"customer:read", "orders:read", "orders:write", "loyalty:read"})
DEMO = Principal("C-1042", "retail", ALL)
THREAD = "0123456789abcdef0123456789abcdef"


class RetailDesk:
    """A gateway and its database."""

    def __init__(
        self, contracts: Mapping[str, ToolContract], backends: Mapping[str, Backend], now: float, engine: AsyncEngine
    ) -> None:
        self.contracts = contracts
        self.backends = backends
        self.engine = engine
        self.audit = MemoryAudit()
        self.gateway = ToolGateway(contracts, backends, MemoryLedger(), self.audit, lambda: now)
        self._turns = itertools.count()

    async def call(
        self, name: str, arguments: Any = None, *, who: Principal = DEMO, approved: Proposal | None = None
    ) -> ToolResult:
        """Call in a turn of its own."""
        call = ToolCall(name=name, args=arguments or {}, id="c", type="tool_call")
        caller = Caller(who, THREAD, f"turn-{next(self._turns)}")
        return await self.gateway.call(call, caller, restore=lambda value: value, approved=approved)

    async def confirmed(self, name: str, arguments: dict[str, Any]) -> tuple[ToolResult, ToolResult]:
        """Call, say yes, and return the question and what came of it."""
        asked = await self.call(name, arguments)
        assert asked.proposal is not None, asked.content
        return asked, await self.call(name, asked.proposal["arguments"], approved=asked.proposal)

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Return what a query finds."""
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(statement))]
