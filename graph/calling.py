"""The gateway as nodes know it; re-exported by ``frontdesk.graph.protocols``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from langchain_core.messages import ToolCall

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Proposal
from frontdesk.graph.values import Examined, Planned, ToolResult

Restore = Callable[[Any], Any]
"""Put values back in place of placeholders, in strings at any depth. Unknown placeholder: ToolRefusedError."""

Restorer = Callable[[str], Restore]
"""Return what puts values back into the arguments of a tool, by its name."""


class Gateway(Protocol):
    """The only path from a proposed call to an effect."""

    def offered(self, names: Sequence[str], principal: Principal, *, writes: bool) -> list[dict[str, Any]]:
        """Return OpenAI tool definitions of the named tools that this principal may use at all."""
        ...

    def examine(self, call: ToolCall, *, restore: Restore) -> Examined:
        """Read a call's arguments: parse, repair, coerce, validate. No store, no effect; never raises."""
        ...

    async def corrected(self, call: ToolCall, caller: Caller) -> bool:
        """Write down that a model mended a call's arguments; False: it could not be, so they are not used."""
        ...

    async def call(
        self, call: ToolCall, caller: Caller, *, restore: Restore, approved: Proposal | None, dry: bool = False
    ) -> ToolResult:
        """Validate, authorise, confirm, reserve, execute once. Never raises for a call's fault.

        ``dry``: everything but the effect, the ledger and the rate limit; the result says what would happen.
        """
        ...

    async def plan(self, calls: Sequence[ToolCall], caller: Caller, *, restorer: Restorer) -> Planned:
        """Propose several writes of one message as one plan, or say why not. No effect. Never raises."""
        ...

    def worded(self, proposal: Proposal, caller: Caller) -> Proposal:
        """Seal the question of a proposal of ours as it goes to the customer; any other is returned as it is."""
        ...

    async def carry_out(self, plan: Proposal, caller: Caller, *, restorer: Restorer) -> list[ToolResult]:
        """Run an approved plan in order; undo what ran where a later call fails. Never raises for a call's fault.

        Returns:
            One result per call. ``reason``: ``undone`` (it was done, and undone again), ``not_undone`` (it stands, and
            should not), ``undo_unknown`` (nobody knows whether it was undone), ``not_run``, or what kept it from
            happening.
        """
        ...
