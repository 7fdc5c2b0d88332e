"""Calls that wait for a second person, as an export tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.holdings import Person, Read
from frontdesk.nodes.scrub.restore import restore_text, restore_value
from frontdesk.tools.approvals_redis import RedisApprovals

if TYPE_CHECKING:
    from frontdesk.graph.protocols import Vault


def waiting_calls(approvals: RedisApprovals, vault: Vault) -> Read:
    """Read what the customer said yes to and a second person has, or had, to approve."""

    async def read(person: Person) -> list[dict[str, Any]]:
        found = []
        for thread in person.threads:
            known = await vault.load(Caller(person.principal, thread, "export"), prolong=False)
            for item in await approvals.of_thread(thread):
                kept = {**item.shown(), "question": restore_text(item.question, known), "thread": thread}
                found.append({**kept, "arguments": restore_value(dict(item.arguments), known)})
        return found

    return read


__all__ = ["waiting_calls"]
