"""Street lines: house number and street. Town and postcode stay, for a tool's fields and for delivery questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match

_CAP = r"[A-ZÀ-Þ][\w'’.-]*"
_CLEAR = r"(?:street|road|avenue|lane|boulevard|crescent|terrace|mews|highway|parkway)"
_CAPPED = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Crescent|Cres|Boulevard|Blvd|Way|Place|Pl|Square|Sq"
    r"|Terrace|Gardens|Grove|Hill|Row|Mews|Park|Parade|Walk|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Quay|Green|View)"
)
_PLAIN = r"(?!(?:to|the|an?|my|on|in|is|for|of|and|by|at|it|not|with|from|across|down|off|this|that)\b)[a-z]+"
_UNIT = r"(?:(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite) ?#?\w{1,5},? )?"
_NUMBER = r"(?<![\w.,#€$£-])\d{1,4}[A-Za-z]?,? "
_ENGLISH = re.compile(
    rf"(?:{_UNIT}{_NUMBER}(?:{_CAP} ){{1,3}}{_CAPPED}\b|{_UNIT}{_NUMBER}(?:{_PLAIN} ){{1,2}}{_CLEAR}\b)"
    r"(?:,? (?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite) ?#?\w{1,5}\b)?"
)
_GERMANIC = re.compile(
    r"\b[A-ZÀ-Þ][\w.-]+(?:(?<=[a-zß])(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer|laan|straat|gracht|plein|kade"
    r"|sgade|vej|gatan|vägen)|[ -](?:Straße|Strasse|Str\.|Allee|Platz|Weg|Gasse|Damm|Ufer)) \d{1,4} ?[a-h]?\b"
)
_OF = r"(?:(?:de|du|des|la|le|les|del|di|della|da|do|dos|el) |[dl]['’])*"
_ROMANCE = re.compile(
    r"\b\d{1,4}(?: bis| ter)?,? (?i:rue|avenue|boulevard|place|chemin|allée|impasse|quai|route) "
    rf"{_OF}{_CAP}(?: {_CAP}){{0,2}}"
    r"|\b(?:[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua) "
    rf"{_OF}(?:{_CAP},? ){{1,3}}(?:n[.º°] ?)?\d{{1,4}}\b"
)


def find(text: str) -> Iterator[Match]:
    """Yield street lines in English, German, Dutch, Scandinavian, French, Spanish, Italian and Portuguese spelling."""
    if not any(char.isdigit() for char in text):
        return
    for pattern in (_ENGLISH, _GERMANIC, _ROMANCE):
        for found in pattern.finditer(text):
            yield Match(found.start(), found.end(), "ADDRESS", 0.75)


DETECTOR = Detector(labels=("ADDRESS",), find=find, loose=True)
