"""Names and values that may stand in a header, and statuses, as desks write them."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
OURS = frozenset(
    {
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "cookie",
        "accept-encoding",
        "upgrade",
        "te",
        "expect",
    }
)
"""Headers that the connector alone sets, or never sends."""


def header_name(name: str) -> str:
    """Return a header's name (RFC 9110, 5.6.2). ValueError: none, or one that is ours to set."""
    if not _TOKEN.fullmatch(name):
        msg = "not a header's name"
        raise ValueError(msg)
    if name.lower() in OURS:
        msg = f"the header {name.lower()} is set by the connector itself"
        raise ValueError(msg)
    return name


def header_value(value: str) -> str:
    """Return a header's value. ValueError: not printable ASCII, so that a line break can begin no other header."""
    if not _PRINTABLE.fullmatch(value):
        msg = "a header's value holds printable ASCII only"
        raise ValueError(msg)
    return value


def status_code(code: str) -> str:
    """Return an HTTP status. ValueError: not three digits from 200 to 599."""
    if not re.fullmatch(r"[2-5][0-9]{2}", code):
        msg = "not an HTTP status from 200 to 599"
        raise ValueError(msg)
    return code
