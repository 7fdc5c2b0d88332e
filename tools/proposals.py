"""Proposals: what was shown to the customer, one call or a whole plan, is what runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.graph.state import PlannedCall, Proposal
from frontdesk.tools.arguments import canonical
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.reasons import fill

LIFETIME = 15 * 60.0
"""Seconds for which a yes counts."""
_SHOWN = 80
"""Characters of an argument that is shown where a contract words no question."""


def proposal_id(tool: str, arguments: Mapping[str, Any], turn_id: str) -> str:
    """Return the digest of tool, canonical (masked) arguments and proposing turn: 32 hex digits of SHA-256."""
    return _digest([tool, arguments, turn_id])


def plan_id(calls: Sequence[PlannedCall], turn_id: str) -> str:
    """Return the digest of a whole plan: every step's tool and arguments in their order, and the proposing turn.

    A plan that is edited, reordered, shortened or grown has another one. The questions are no part of it: they are
    worded anew in the customer's language.
    """
    return _digest(["plan", [[call["tool"], call["arguments"]] for call in calls], turn_id])


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
        question=asked(contract, arguments, record) or f"Shall I go ahead with {contract.name}?",
        turn_id=turn_id,
        expires_at=now + LIFETIME,
    )


def step(contract: ToolContract, arguments: Mapping[str, Any], record: Mapping[str, Any]) -> PlannedCall:
    """Make one step of a plan; arguments as for :func:`propose`.

    A contract without a question, such as one that asks nobody when it stands alone, is shown with its arguments.
    """
    question = asked(contract, arguments, record) or _described(contract.name, arguments)
    return PlannedCall(tool=contract.name, arguments=dict(arguments), question=question)


def propose_plan(calls: Sequence[PlannedCall], turn_id: str, now: float) -> Proposal:
    """Make the proposal of several calls.

    Args:
        calls: The steps in order, two or more.
        turn_id: The proposing turn.
        now: Unix time in seconds.

    Returns:
        The proposal; its question is the numbered list of the steps' own (raw, as in :func:`propose`).
    """
    return Proposal(
        id=plan_id(calls, turn_id),
        tool=calls[0]["tool"],
        arguments=dict(calls[0]["arguments"]),
        question=numbered([call["question"] for call in calls]),
        turn_id=turn_id,
        expires_at=now + LIFETIME,
        calls=list(calls),
    )


def numbered(lines: Sequence[str]) -> str:
    """Return lines as a numbered list, from 1."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def approves(approved: Proposal | None, tool: str, arguments: Mapping[str, Any], now: float) -> bool:
    """Whether the customer's yes covers exactly this call and still counts. A yes to a plan covers no call alone."""
    if approved is None or "calls" in approved or approved["tool"] != tool or now >= approved["expires_at"]:
        return False
    return approved["id"] == proposal_id(tool, arguments, approved["turn_id"])


def is_intact(plan: Proposal) -> bool:
    """Whether a plan is the one that its id was made for."""
    calls = plan.get("calls") or []
    if len(calls) < 2 or (plan["tool"], plan["arguments"]) != (calls[0]["tool"], calls[0]["arguments"]):
        return False
    return plan["id"] == plan_id(calls, plan["turn_id"])


def asked(contract: ToolContract, arguments: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    """Fill the contract's question in; an argument that its input does not name hides no field of the record.

    Empty where the contract words none.
    """
    named = contract.input.get("properties") or {}
    hiding = {name: value for name, value in arguments.items() if name in named}
    return fill(contract.question, {**arguments, **record, **hiding})


def _described(name: str, arguments: Mapping[str, Any]) -> str:
    given = [
        f"{key.replace('_', ' ')} {value}"
        for key, value in arguments.items()
        if isinstance(value, str | int | float) and len(str(value)) <= _SHOWN
    ]
    words = name.replace("_", " ").capitalize()
    return f"{words} ({', '.join(given)})." if given else f"{words}."


def _digest(value: object) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:32]
