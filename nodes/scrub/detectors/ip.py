"""Network addresses: IPv4 and IPv6, also defanged as "203[.]0[.]113[.]9"."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.view import seen

_DOT = r"(?: ?[\[({] ?(?:\.|dot|punkt) ?[\])}] ?|\\\.|\.| dot )"
_V4 = re.compile(rf"(?<![\w.])\d{{1,3}}(?:{_DOT}\d{{1,3}}){{3}}(?!\w|\.\d)", re.IGNORECASE)
_V6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?:\[?:\]?[0-9A-Fa-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?(?:%[\w.-]{1,15})?(?![\w:])"
)
_FANG = re.compile(r"[^\d]+")
_COLON = re.compile(r"\[?:\]?")


def canonical(value: str) -> str:
    """Return the address as machines write it."""
    written = _COLON.sub(":", value.strip()) if ":" in value else ".".join(_FANG.split(value.strip()))
    try:
        return str(ipaddress.ip_address(written))
    except ValueError:
        return value.strip().casefold()


def find(text: str) -> Iterator[Match]:
    """Yield addresses that a machine would accept."""
    view = seen(text)
    if not view.numeric:
        return
    if "." in text or " dot " in view.low:
        for found in _V4.finditer(text):
            if _valid(".".join(_FANG.split(found.group()))):
                yield Match(found.start(), found.end(), "IP", 0.92, "valid IPv4 address")
    if ":" in text:
        for found in _V6.finditer(text):
            written = _COLON.sub(":", found.group())
            # "std::" and "a::b" are valid addresses to a machine and plain text to everybody else.
            if len(written) >= 6 and any(char.isdigit() for char in written) and _valid(written):
                yield Match(found.start(), found.end(), "IP", 0.92, "valid IPv6 address")


def _valid(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


DETECTOR = Detector(labels=("IP",), find=find, canonical=canonical)
