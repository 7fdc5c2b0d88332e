"""What an answer, or its absence, says of whether something happened. Pure.

The defaults are the safe side: a write is called refused or failed only where the status says that it was not carried
out (RFC 9110, 15.5 and 15.6; RFC 8470 for 425; RFC 6585 for 429); everything else may have happened. A read changes
nothing, so whatever goes wrong with it, it failed.
"""

from __future__ import annotations

from collections.abc import Mapping

from frontdesk.errors import ToolError, ToolFailedError
from frontdesk.models.causes import Cause
from frontdesk.tools.http.options import ErrorRule, HttpRequest
from frontdesk.tools.reasons import failed, refused, unknown

DECLINED = "That system declined the request, so nothing was changed."
UNFIT = "Not valid, nothing was done: a value has a form that cannot be looked up."
LONGEST_WAIT = 3600.0
"""Seconds for which a Retry-After is believed at most."""

_NOT_FOUND = frozenset({404, 410})
_OUR_FAULT = frozenset({401, 403, 407})
"""It does not know us, or will not serve us: our configuration, not the customer's wish."""
_NOT_NOW = frozenset({425, 429, 501, 503})
_MAYBE = frozenset({408})
"""It waited for the end of a request of which it may have been given all: a proxy answers so as well."""


def rule_error(tool: str, rule: ErrorRule, request: HttpRequest) -> ToolError:
    """Return what a contract's own rule says of a status."""
    if rule.outcome == "refused":
        return refused(tool, rule.reason, rule.message or DECLINED)
    if rule.outcome == "failed" or request.safe:
        return failed(tool)
    return unknown(tool)


def status_error(tool: str, status: int, request: HttpRequest) -> ToolError | None:
    """Return what a status says where the contract has no rule for it; None: it succeeded."""
    if status in request.success:
        return None
    if status in _NOT_FOUND:
        return refused(tool, "not_found")
    if request.safe or status in _OUR_FAULT or status in _NOT_NOW:
        return failed(tool)
    in_progress = status == 409 and request.idempotency_header is not None
    if 400 <= status < 500 and status not in _MAYBE and not in_progress:
        return refused(tool, "declined", DECLINED)
    return unknown(tool)


def broken(tool: str, request: HttpRequest, *, begun: bool) -> ToolError:
    """Return what it means that no sound answer came.

    Args:
        tool: Its name.
        request: What was asked.
        begun: Whether a byte of the request may have left.
    """
    if request.safe or not begun:
        return failed(tool)
    return unknown(tool)


def waits(error: ToolError, seconds: float | None) -> ToolError:
    """Return a failure with the seconds after which the other side says that it is worth another try."""
    if seconds is not None and isinstance(error, ToolFailedError):
        error.retry_after = min(seconds, LONGEST_WAIT)
    return error


def blame(status: int, headers: Mapping[str, str]) -> Cause | None:
    """Return what a status says of the back office's health, for the circuit breaker; None: it is well."""
    if status == 429:
        return "rate_limited"
    if status == 401:
        return "auth"
    if status == 503 and "retry-after" in headers:
        return "rate_limited"
    return "server_error" if status >= 500 and status != 501 else None
