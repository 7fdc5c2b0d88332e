"""Postal addresses: from the house number to the country, over commas and line breaks, in several languages."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.nodes.scrub.address.finder import addresses
from frontdesk.nodes.scrub.detection import Detector, Match


def find(text: str) -> Iterator[Match]:
    """Yield whole addresses, lone postcodes with a word or a format that tells them, and boxes at a post office."""
    for part in addresses(text):
        yield Match(part.start, part.end, "ADDRESS", part.score, part.reason)


DETECTOR = Detector(labels=("ADDRESS",), find=find, loose=True)
"""Loose: a known address is recognised again with other separators."""
