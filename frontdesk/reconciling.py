"""Calls of which nobody knows whether they went through, settled without their customers: for the operator."""

from __future__ import annotations

from frontdesk.graph.deps import Deps, Restore
from frontdesk.nodes.scrub.restore import restorer
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import CallId
from frontdesk.tools.opencalls import Found


async def unsettled(deps: Deps, limit: int = 100) -> list[Found]:
    """Return calls that were begun and never settled, and that nobody is at, the longest open first. Asks nobody.

    Raises:
        ToolFailedError: the ledger did not answer.
    """
    return await deps.gateway.open_calls.listed(limit) if isinstance(deps.gateway, ToolGateway) else []


async def reconcile(deps: Deps, *, send: bool = False, limit: int = 100) -> list[Found]:
    """Look up what became of calls that were begun and never settled.

    Args:
        deps: Of an open desk (``FrontDesk.deps``).
        send: Also send again what surely did not happen, or what the remote side recognises by its key. Without it
            nothing is sent: a person may have dealt with the call by hand.
        limit: Calls at most, the longest open first.

    Returns:
        What became of each, without a word of the customer's. Empty also where another gateway than ours serves.

    Raises:
        ToolFailedError: the ledger did not answer.
    """
    if not isinstance(deps.gateway, ToolGateway):
        return []

    async def restore_for(call: CallId) -> Restore:
        known = await deps.vault.load(call.caller, prolong=False)
        contract = deps.desk.tools.get(call.tool)
        return restorer(known, contract.input if contract else {}, tool=call.tool)

    return await deps.gateway.open_calls.reconcile(restore_for, send=send, limit=limit)
