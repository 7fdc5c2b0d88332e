"""Exceptions of any provider become one of eight codes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from frontdesk.models.causes import link_error

NOW = 946_684_740.0  # Friday, 31 December 1999, 23:59:00 UTC


def made(name: str, status: int | None = None, **headers: str) -> Exception:
    kind = type(name, (Exception,), {})
    error: Exception = kind("a customer's words")
    if status is not None:
        error.status_code = status  # type: ignore[attr-defined]
    error.response = SimpleNamespace(headers=headers)  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (TimeoutError(), "timeout"),
        (made("APITimeoutError"), "timeout"),
        (made("Any", 408), "timeout"),
        (made("Any", 429), "rate_limited"),
        (made("Any", 529), "server_error"),
        (made("Any", 403), "auth"),
        (made("Any", 422), "refused"),
        (made("OpenAIError"), "auth"),
        (ImportError("x"), "auth"),
        (ConnectionRefusedError(), "connection"),
        (made("APIConnectionError"), "connection"),
        (made("RemoteProtocolError"), "cut"),
        (ValueError("no json"), "malformed"),
        (made("JSONDecodeError"), "malformed"),
        (made("ContentFilterFinishReasonError"), "refused"),
        (made("NobodyKnows"), "server_error"),
    ],
)
def test_cause(error: Exception, cause: str) -> None:
    found = link_error(error, started=False)
    assert found.cause == cause
    assert str(found) == cause


def test_a_connection_lost_in_the_middle_is_a_cut() -> None:
    assert link_error(ConnectionResetError(), started=True).cause == "cut"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2.0),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({}, None),
        ({"retry-after": "x"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, 59.0),  # by our clock
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT", "date": "Fri, 31 Dec 1999 23:59:49 GMT"}, 10.0),  # by its own
        ({"retry-after": "Fri, 31 Dec 1999 23:58:00 GMT"}, 0.0),  # over
        ({"retry-after": "Fri, 99 Dec 1999 23:58:00 GMT"}, None),  # no date
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT", "date": "yesterday"}, 59.0),
        ({"retry-after-ms": "x", "retry-after": "2"}, 2.0),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    error = made("Any", 429)
    error.response = SimpleNamespace(headers=headers)  # type: ignore[attr-defined]
    assert link_error(error, started=False, now=lambda: NOW).retry_after == seconds
