"""Hardware addresses of network devices (IEEE 802 MAC, 48 and 64 bits)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.view import seen

_PAIRS = re.compile(
    r"(?<![\w:-])[0-9A-F]{2}([:-]|\s)(?:[0-9A-F]{2}\1){4}[0-9A-F]{2}(?:(?:\1[0-9A-F]{2}){2})?(?![\w:-])", re.I
)
_CISCO = re.compile(r"(?<![\w.])(?:[0-9A-F]{4}\.){2}[0-9A-F]{4}(?![\w.])", re.IGNORECASE)
_CUED = re.compile(
    r"\b(?:mac|hardware|physical|ethernet|wi-?fi)(?: ?-?addr(?:ess)?e?| id)?(?: is)?\s?[:=#]?\s?([0-9A-F]{12})\b", re.I
)
_CUE_LIST = """
mac hardware physical ethernet wifi wi
"""
_CUES = frozenset(_CUE_LIST.split())


def canonical(value: str) -> str:
    """Return the hexadecimal digits alone, in lower case."""
    return "".join(char for char in value if char.isalnum()).lower()


def find(text: str) -> Iterator[Match]:
    """Yield addresses in pairs or groups of four; twelve digits in a row after a word such as "MAC"."""
    view = seen(text)
    if not view.numeric and ":" not in text and "-" not in text:
        return
    for found in _PAIRS.finditer(text):
        written = found.group()
        # Six two-digit words with spaces are digits read out; an address has a letter among them.
        if not found.group(1).isspace() or (any(map(str.isalpha, written)) and any(map(str.isdigit, written))):
            yield Match(found.start(), found.end(), "MAC", 0.95, "MAC address in pairs")
    for found in _CISCO.finditer(text):
        yield Match(found.start(), found.end(), "MAC", 0.95, "MAC address in groups of four")
    if view.has(_CUES):
        for found in _CUED.finditer(text):
            yield Match(*found.span(1), "MAC", 0.9, "after a word for hardware address")


DETECTOR = Detector(labels=("MAC",), find=find, canonical=canonical, loose=True)
