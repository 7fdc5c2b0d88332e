"""Why a hosted model did not answer: closed codes, read from any provider's exception without importing its library."""

from __future__ import annotations

from typing import Literal

Cause = Literal["timeout", "rate_limited", "server_error", "connection", "cut", "malformed", "refused", "auth"]
"""timeout: no whole answer in time; rate_limited: 429; server_error: 5xx; connection: nothing came; cut: the stream
broke off or ended without a finish reason; malformed: not JSON, or tool arguments that are not; refused: the provider
will not answer this request; auth: no key, a wrong one, or no provider library."""

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

    def __init__(self, cause: Cause, retry_after: float | None = None) -> None:
        """Take the cause and the seconds that the provider asks to wait, when it says so."""
        self.cause = cause
        self.retry_after = retry_after
        super().__init__(cause)


def link_error(error: Exception, *, started: bool) -> LinkError:
    """Classify a provider's exception.

    Args:
        error: What the client raised.
        started: Whether part of an answer had arrived: then a lost connection is a cut stream, which must not be
            sent again blindly on the same link.

    Returns:
        The error with its cause; the original's text is not kept, since it may repeat the request.
    """
    if isinstance(error, LinkError):
        return error
    cause = _cause(error)
    if started and cause in {"connection", "server_error"}:
        cause = "cut"
    return LinkError(cause, _retry_after(error))


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


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers.get(name)) * unit)
        except (TypeError, ValueError):
            continue  # absent, or an HTTP date: the own pause is used
    return None
