"""Network addresses: IPv4, IPv6 and MAC."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match

_V4 = re.compile(r"(?<![\w.])\d{1,3}(?:(?:\.|\[\.\]|\(\.\))\d{1,3}){3}(?![\w]|\.\d)")
_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?(?![\w:])")
_MAC = re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}([:-]))(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])")
_CISCO = re.compile(r"(?<![\w.])(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}(?![\w.])")


def find(text: str) -> Iterator[Match]:
    """Yield addresses that a machine would accept."""
    for pattern in (_MAC, _CISCO):
        for found in pattern.finditer(text):
            yield Match(found.start(), found.end(), "MAC", 0.95)
    for found in _V4.finditer(text):
        if _valid(found.group().translate({91: None, 93: None, 40: None, 41: None})):
            yield Match(found.start(), found.end(), "IP", 0.92)
    for found in _V6.finditer(text):
        written = found.group()
        # "std::" and "a::b" are valid addresses to a machine and plain text to everybody else.
        if len(written) >= 6 and any(char.isdigit() for char in written) and _valid(written):
            yield Match(found.start(), found.end(), "IP", 0.92)


def _valid(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


DETECTOR = Detector(labels=("IP", "MAC"), find=find)
