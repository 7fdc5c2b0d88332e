"""What a server's answer means. Pure.

An answer is the tool's ``structuredContent``, or the one JSON object of one block of text. Nothing else is read: no
image, no link to a resource, no prose, which a model would take for instructions.
"""

from __future__ import annotations

import json
from typing import Any

from mcp import McpError, types

from frontdesk.errors import ToolError
from frontdesk.tools.mcp.options import McpCall
from frontdesk.tools.mcp.web import NOT_SENT
from frontdesk.tools.reasons import failed, refused, unknown

DECLINED = "That system declined the request, so nothing was changed."
CHANGED = "That is not available at the moment; a colleague has to look at it first. Nothing was done."
_NOT_BEGUN = frozenset({-32700, -32600, -32601, -32602, NOT_SENT})
"""JSON-RPC 2.0, 5.1: no request, no such method, wrong parameters; and what never reached the server."""
_LOOKED_AT = 4_000
"""Characters of an error's text."""


class BadAnswerError(Exception):
    """The answer has no form that we read."""


def record(answer: types.CallToolResult, options: McpCall) -> dict[str, Any]:
    """Return an answer as the result of a tool. BadAnswerError: it has none."""
    found: Any = answer.structuredContent
    if found is None:
        if len(answer.content) != 1 or not isinstance(answer.content[0], types.TextContent):
            raise BadAnswerError
        try:
            found = json.loads(answer.content[0].text)
        except (ValueError, RecursionError):
            raise BadAnswerError from None
    if options.into:
        return {options.into: found}
    if not isinstance(found, dict):
        raise BadAnswerError
    return found


def tool_error(tool: str, answer: types.CallToolResult, options: McpCall, *, writes: bool) -> ToolError:
    """Return what an answer with ``isError`` means, by the contract's own rules."""
    text = " ".join(item.text for item in answer.content if isinstance(item, types.TextContent))[:_LOOKED_AT]
    for rule in options.errors:
        if rule.contains in text:
            return _error(tool, rule.outcome, rule.reason, rule.message or DECLINED)
    return _error(tool, options.error or ("unknown" if writes else "failed"), "declined", DECLINED)


def protocol_error(tool: str, error: McpError, *, writes: bool) -> ToolError:
    """Return what an error of the protocol means: of a write, that nothing happened only where it was not begun."""
    return failed(tool) if not writes or error.error.code in _NOT_BEGUN else unknown(tool)


def _error(tool: str, outcome: str, reason: str, message: str) -> ToolError:
    if outcome == "refused":
        return refused(tool, reason, message)
    return failed(tool) if outcome == "failed" else unknown(tool)
