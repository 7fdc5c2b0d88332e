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
    "missing_role": "Your sign-in does not cover that.",
    "wrong_tenant": "Your sign-in is not for this business.",
    "expired": "Your sign-in has run out. Please sign in again.",
    "not_verified": "For that I have to be sure that it is you. Please verify your identity, then come back here.",
    "approval": "A colleague has to approve this first. I will tell you here what they say.",
    "record_changed": "Something about it has changed meanwhile, so nothing was done. Please ask me once more.",
    "not_approved": "That was not approved, so nothing was changed.",
    "denied": "It was not approved; nothing was changed.",
    "not_approver": "That is not yours to approve.",
    "not_waiting": "Nothing of that kind waits for an approval.",
    "malformed": "The arguments are not one JSON object. Nothing was done.",
    "too_large": "The arguments are too large or too deeply nested. Nothing was done.",
    "rate_limited": "That was asked for too often.",
    "rate_unavailable": "I cannot do that at the moment. Nothing was changed.",
    "unavailable": "That system is not answering at the moment. Nothing was changed.",
    "bad_output": "That system gave an answer that I cannot use.",
    "ledger_unavailable": "I cannot make changes at the moment. Nothing was changed.",
    "audit_unavailable": "I cannot do that at the moment. Nothing was changed.",
    "unknown": "I could not find out whether that went through, so a colleague has to check before it is repeated.",
    "happened": "That went through, but I cannot see the details, so a colleague will check them. Do not repeat it.",
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


def lacking(template: str, fields: Mapping[str, Any] | None) -> str:
    """Return a contract's words for a record that is not there; general ones where they would repeat what may not be.

    Args:
        template: The contract's ``missing``.
        fields: Arguments that passed the contract's schema; None: they did not, and nothing of them is repeated.
    """
    if fields is None:
        return TEXTS["not_found"] if _FIELD.search(template) else template
    return fill(template, fields)


def wait_for(seconds: int) -> str:
    """Return the words for a call that came too soon, with when it is possible again."""
    minutes = -(-seconds // 60)
    unit, count = ("second", seconds) if seconds < 60 else ("minute", minutes)
    if minutes >= 120:
        unit, count = "hour", -(-seconds // 3600)
    return f"{TEXTS['rate_limited']} It is possible again in {count} {unit}{'' if count == 1 else 's'}."


def told(reason: str) -> str:
    """Return the code that leaves the gateway: whether somebody else has such a record is nobody's to know."""
    return "not_found" if reason == "not_owner" else reason


def refused(tool: str, reason: str, text: str = "") -> ToolRefusedError:
    """Return the error for a call that is not allowed or not valid; nothing happened."""
    return ToolRefusedError(tool, reason, text or TEXTS[reason])


def failed(tool: str, reason: str = "unavailable") -> ToolFailedError:
    """Return the error for a backend's fault; nothing happened."""
    return ToolFailedError(tool, reason, TEXTS[reason])


def unknown(tool: str, reason: str = "unknown") -> ToolUnknownError:
    """Return the error for a call that may have happened."""
    return ToolUnknownError(tool, reason, TEXTS["unknown"])


def happened(tool: str) -> ToolUnknownError:
    """Return the error for a call that did happen, and of which nothing more is known."""
    return ToolUnknownError(tool, "happened", TEXTS["happened"])
