"""What a dry run says: what would happen, to whom nothing happened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from frontdesk.graph.deps import ToolResult
from frontdesk.tools.jobs import Job
from frontdesk.tools.reasons import told

_WOULD: Mapping[str, Literal["execute", "ask", "wait", "refuse"]] = {
    "done": "execute",
    "confirm": "ask",
    "approval": "wait",
}


def would(tool: str, job: Job | None, result: ToolResult) -> ToolResult:
    """Return the result of a dry run.

    Args:
        tool: Its name; ``?`` for one that does not exist.
        job: The call as it was read; None where it could not be.
        result: What the call would come to.

    Returns:
        The same outcome, with JSON: ``would`` (``execute``; ``ask``: the customer; ``wait``: for a second person;
        ``refuse``), ``then`` (after the customer's yes: ``execute`` or ``wait``), ``tool``, ``arguments`` (masked, as
        they would run), ``question`` (not yet masked), ``reason`` and ``message``.
    """
    asks = result.outcome == "confirm"
    answer: dict[str, Any] = {
        "would": _WOULD.get(result.outcome, "refuse"),
        "then": "" if not asks else "wait" if result.reason == "approval" else "execute",
        "tool": tool,
        "arguments": dict(job.masked) if job else {},
        "question": result.proposal["question"] if result.proposal else "",
        "reason": "" if asks else told(result.reason),
        "message": "" if result.outcome in _WOULD else result.content,
    }
    return replace(result, content=json.dumps(answer, ensure_ascii=False), proposal=None, dry=True)
