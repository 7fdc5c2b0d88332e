"""Proposals: the call that was shown to the customer is the call that runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from frontdesk.graph.state import Proposal
from frontdesk.tools.arguments import canonical
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.reasons import fill

LIFETIME = 15 * 60.0
"""Seconds for which a yes counts."""


def proposal_id(tool: str, arguments: Mapping[str, Any], turn_id: str) -> str:
    """Return the digest of tool, canonical (masked) arguments and proposing turn: 32 hex digits of SHA-256."""
    return hashlib.sha256(canonical([tool, arguments, turn_id]).encode()).hexdigest()[:32]


def propose(
    contract: ToolContract, arguments: Mapping[str, Any], record: Mapping[str, Any], turn_id: str, now: float
) -> Proposal:
    """Make the proposal of a call.

    Args:
        contract: The tool's contract.
        arguments: Masked arguments, without the owner argument.
        record: What the precheck looked up, for the question's text.
        turn_id: The proposing turn.
        now: Unix time in seconds.

    Returns:
        The proposal, ready for the state once its question is scrubbed (the record is raw).
    """
    return Proposal(
        id=proposal_id(contract.name, arguments, turn_id),
        tool=contract.name,
        arguments=dict(arguments),
        question=fill(contract.question, {**record, **arguments}) or f"Shall I go ahead with {contract.name}?",
        turn_id=turn_id,
        expires_at=now + LIFETIME,
    )


def approves(approved: Proposal | None, tool: str, arguments: Mapping[str, Any], now: float) -> bool:
    """Whether the customer's yes covers exactly this call and still counts."""
    if approved is None or approved["tool"] != tool or now >= approved["expires_at"]:
        return False
    return approved["id"] == proposal_id(tool, arguments, approved["turn_id"])
