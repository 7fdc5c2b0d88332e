"""The closed reasons for which a call does not happen, and what the customer reads then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from frontdesk.errors import ToolFailedError, ToolRefusedError, ToolUnknownError

TEXTS: Mapping[str, str] = {
    "unknown_tool": "There is no such tool.",
    "not_signed_in": "You need to sign in before I can do that.",
    "missing_scope": "Your sign-in does not cover that.",
    "malformed": "The arguments are not one JSON object. Nothing was done.",
    "too_large": "The arguments are too large or too deeply nested. Nothing was done.",
    "unavailable": "That system is not answering at the moment. Nothing was changed.",
    "bad_output": "That system gave an answer that I cannot use.",
    "ledger_unavailable": "I cannot make changes at the moment. Nothing was changed.",
    "audit_unavailable": "I cannot do that at the moment. Nothing was changed.",
    "unknown": "I could not find out whether that went through, so a colleague has to check before it is repeated.",
    "not_found": "I can't find that on your account.",
}
_FIELD = re.compile(r"\{([a-zA-Z_][a-zA-Z0-9_]*)\}")


def fill(template: str, fields: Mapping[str, Any]) -> str:
    """Replace each ``{name}`` by the field's value, once (a value that looks like a template stays as it is).

    A field that is absent or null becomes nothing.
    """

    def value(match: re.Match[str]) -> str:
        found = fields.get(match[1])
        return "" if found is None else str(found)

    return _FIELD.sub(value, template)


def refused(tool: str, reason: str, text: str = "") -> ToolRefusedError:
    """Return the error for a call that is not allowed or not valid; nothing happened."""
    return ToolRefusedError(tool, reason, text or TEXTS[reason])


def failed(tool: str, reason: str = "unavailable") -> ToolFailedError:
    """Return the error for a backend's fault; nothing happened."""
    return ToolFailedError(tool, reason, TEXTS[reason])


def unknown(tool: str, reason: str = "unknown") -> ToolUnknownError:
    """Return the error for a call that may have happened."""
    return ToolUnknownError(tool, reason, TEXTS["unknown"])
