"""Fetches the authenticated customer's own record, so that what it says of them is masked wherever it turns up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from langchain_core.messages import ToolCall

from frontdesk.desk.scrubbing import Record
from frontdesk.errors import ScrubError
from frontdesk.graph.deps import Deps, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import RecordState, Turn
from frontdesk.nodes.scrub.own_values import own_values
from frontdesk.nodes.scrub.restore import restorer


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """What came of the fetching."""

    state: RecordState | None = None
    """For the turn: ``known`` keeps the next turns from fetching again; None: there is nothing to be known."""
    code: str = ""
    """Closed code for the step's note where the record is missing: ``record_refused``, ``record_unavailable``."""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Placeholder to value, new to the session."""


async def own_record(deps: Deps, caller: Caller, last: Turn | None, known: Mapping[str, str]) -> OwnRecord:
    """Fetch the caller's record where the desk names one and this thread has not had it, or a write made it stale.

    Args:
        deps: The gateway, which checks scopes and owner as for any call; the scrubber, which names the values.
        caller: Whose record.
        last: The thread's last turn.
        known: The session's placeholders with their values.

    Returns:
        The new values. Where the record cannot be had within ``scrub.record.timeout`` seconds, the code says so and
        the next turn tries again.

    Raises:
        ScrubError: It cannot be had, and ``scrub.record.on_unavailable`` is ``closed``.
    """
    rule = deps.desk.config.scrub.record
    if rule is None or not caller.principal.signed_in:
        return OwnRecord()
    if last is not None and last.get("record") == "known" and known:
        return OwnRecord("known")
    result = await _fetched(deps, caller, rule)
    if result.outcome != "done":
        if rule.on_unavailable == "closed":
            raise ScrubError("the customer's record is not to be had, and scrub.record.on_unavailable is closed")
        return OwnRecord("missing", f"record_{'refused' if result.outcome == 'refused' else 'unavailable'}")
    found: dict[str, str] = {}
    for label, value in own_values(json.loads(result.content), deps.desk.tools[rule.tool].output):
        found |= deps.scrubber.named(label, value, {**known, **found}).values
    return OwnRecord("known", "", found)


async def _fetched(deps: Deps, caller: Caller, rule: Record) -> ToolResult:
    contract = deps.desk.tools.get(rule.tool)
    # Asked first: a call that is refused for want of a scope would fill the audit, once per turn.
    if contract is None or contract.effect != "read":
        return ToolResult("failed", "")
    if not deps.gateway.offered([rule.tool], caller.principal, writes=False):
        return ToolResult("refused", "")
    call = ToolCall(name=rule.tool, args={}, id=None, type="tool_call")
    try:
        async with asyncio.timeout(rule.timeout):
            return await deps.gateway.call(call, caller, restore=restorer({}), approved=None)
    except TimeoutError:
        return ToolResult("failed", "")
