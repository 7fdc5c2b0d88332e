"""Why a hosted model did not answer: closed codes, read from any provider's exception without importing its library."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from frontdesk.models.overflow import is_too_long

Cause = Literal[
    "timeout", "rate_limited", "server_error", "connection", "cut", "malformed", "refused", "too_long", "auth", "open",
    "spent"
]  # fmt: skip
"""timeout: no first words, or no whole answer, in time; rate_limited: 429; server_error: 5xx; connection: nothing came;
cut: the stream broke off, ended without a finish reason or at the longest answer that the model may give; malformed:
not JSON, or tool arguments that are not; refused: the provider will not answer this request; too_long: the prompt does
not fit into the model's window; auth: no key, a wrong one, or no provider library; open: not asked, its circuit breaker
is open; spent: not asked, or stopped, by a budget."""

RETRYABLE: frozenset[Cause] = frozenset({"rate_limited", "server_error", "connection"})
"""Worth one more try on the same link: the request was not answered, and the fault is often gone in a moment."""

_BY_STATUS: dict[int, Cause] = {401: "auth", 403: "auth", 408: "timeout", 409: "server_error", 429: "rate_limited"}
_BY_NAME: tuple[tuple[str, Cause], ...] = (
    ("timeout", "timeout"),
    ("ratelimit", "rate_limited"),
    ("authentication", "auth"),
    ("permissiondenied", "auth"),
    ("importerror", "auth"),
    ("modulenotfound", "auth"),
    ("openaierror", "auth"),  # raised bare by the client's constructor when no key is set
    ("remoteprotocol", "cut"),
    ("readerror", "cut"),
    ("connect", "connection"),
    ("connection", "connection"),
    ("network", "connection"),
    ("internalserver", "server_error"),
    ("json", "malformed"),
    ("validation", "malformed"),
    ("badrequest", "refused"),
    ("contentfilter", "refused"),
)


class LinkError(Exception):
    """One link of a chain failed; never leaves ``frontdesk.models``."""

    def __init__(self, cause: Cause, retry_after: float | None = None, *, counts: bool = True) -> None:
        """Take the cause, the seconds that the provider asks to wait, and whether the link is to blame."""
        self.cause = cause
        self.retry_after = retry_after
        self.counts = counts
        super().__init__(cause)


def link_error(error: Exception, *, started: bool, now: Callable[[], float] = time.time) -> LinkError:
    """Classify a provider's exception.

    Args:
        error: What the client raised.
        started: Whether part of an answer had arrived: then a lost connection is a cut stream, which must not be
            sent again blindly on the same link.
        now: Unix time in seconds, for a Retry-After that is a date and comes without the server's own time.

    Returns:
        The error with its cause; the original's text is not kept, since it may repeat the request.
    """
    if isinstance(error, LinkError):
        return error
    cause = "too_long" if is_too_long(error) else _cause(error)
    if started and cause in {"connection", "server_error"}:
        cause = "cut"
    headers = getattr(getattr(error, "response", None), "headers", None)
    return LinkError(cause, None if headers is None else retry_after(headers, now))


def _cause(error: Exception) -> Cause:
    if isinstance(error, TimeoutError):
        return "timeout"
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        fallback: Cause = "server_error" if status >= 500 else "refused"
        return _BY_STATUS.get(status, fallback)
    if isinstance(error, OSError):
        return "connection"
    # subclasses carry the telling name, so the nearest class wins
    for kind in type(error).__mro__:
        name = kind.__name__.lower()
        for part, cause in _BY_NAME:
            if part in name:
                return cause
    return "malformed" if isinstance(error, ValueError | TypeError | KeyError) else "server_error"


def retry_after(headers: Mapping[str, Any], now: Callable[[], float] = time.time) -> float | None:
    """Return the seconds to wait (RFC 9110, 10.2.3: a number or a date), or None where nothing readable is said.

    Args:
        headers: Of the answer; looked up in lower case.
        now: Unix time in seconds, for a date that comes without the server's own time.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except (TypeError, ValueError):
            continue  # absent, or a date
        return max(0.0, seconds) if math.isfinite(seconds) else None
    until = _moment(headers.get("retry-after"))
    if until is None:
        return None
    # by the server's own clock where it says what it shows: ours may differ
    here = _moment(headers.get("date"))
    return max(0.0, until - (now() if here is None else here))


def _moment(date: Any) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
