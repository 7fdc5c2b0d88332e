"""What runs calls, as plans see it."""

from __future__ import annotations

from typing import Any, Protocol

from frontdesk.tools.audit import Record
from frontdesk.tools.jobs import Job


class Hands(Protocol):
    """What the executor does for a plan."""

    async def precheck(self, job: Job) -> dict[str, Any]:
        """Look up what the contract's ``precheck`` names; ToolError: the call cannot be made."""
        ...

    async def once(self, job: Job) -> tuple[str, bool]:
        """Run a write, or find out that it ran: its result, and whether the ledger had it. ToolError: it did not."""
        ...

    async def begun(self, job: Job) -> bool:
        """Whether a write was sent once already, whatever came of it. ToolError: the ledger cannot be read."""
        ...

    async def record(self, record: Record) -> None:
        """Write a decision down. ToolFailedError: it could not be written."""
        ...
