"""Parts of addresses that have a format of their own: postcodes, boxes at a post office, military mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.nodes.scrub.address.places import AU_STATES, UK_AREAS, US_STATES


class Part(NamedTuple):
    """A certain part of an address, in offsets of the text."""

    start: int
    end: int
    score: float
    reason: str


_UK_IN = r"\d[ABD-HJLNP-UW-Z]{2}"
_UK = re.compile(rf"\b(?=[A-Z]{{1,3}}\d|GIR)(?:(?:{UK_AREAS})\d[A-Z\d]? ?(?!\d[GT]B\b){_UK_IN}|GIR ?0AA)\b")
_UK_SMALL = re.compile(
    rf"\b(?=[a-z]{{1,2}}\d[a-z\d]? \d)(?:{UK_AREAS})\d[A-Z\d]? (?!\d(?:st|nd|rd|th|gb|tb)\b){_UK_IN}\b", re.IGNORECASE
)
_CANADA = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[A-Z]\d\b")
_CANADA_SMALL = re.compile(r"\b[abceghj-nprstvxy]\d[abceghj-nprstv-z] \d[a-z]\d\b")
_NETHERLANDS = re.compile(
    r"(?<![\w.,#€$£-])[1-9]\d{3} (?!SA\b|SD\b|SS\b|GB|TB|MB|KB|KG|KM|CM|MM|ML|EU\b|AD\b|BC\b|AM\b|PM\b|HP\b|HD\b"
    r"|HZ\b|TV\b|PC\b|OK\b|ID\b|IN\b|IS\b|IT\b|TO\b|ON\b|OF\b|OR\b|AS\b|AT\b|BY\b|DO\b|GO\b|IF\b|ME\b|MY\b|NO\b|SO\b|UP\b|US\b|WE\b)"
    r"[A-Z]{2}\b|(?<![\w.,#€$£-])[1-9]\d{3}(?!SA|SD|SS|GB|TB|MB|KB|KG|KM|CM|MM|ML|EU|HP|HD|HZ)[A-Z]{2}(?=[ ,] ?[A-Z])"
)
_IRELAND = re.compile(r"\b(?:[AC-FHKNPRTV-Y]\d\d|D6W) (?=\w{0,3}[A-Z])[0-9AC-FHKNPRTV-Y]{4}\b")
_BRAZIL = re.compile(r"(?<![\w.,#€$£+-])\d{5}-\d{3}(?![\w-])")
_COUNTRY_CODE = re.compile(r"(?<![\w-])(?:DE?|AT?|CH|FR?|BE?|NL|LU?|IT?|ES?|PL|PT|DK|SE?|FI|NO?)-\d{4,5}(?= [A-ZÀ-Þ])")
_STATE = re.compile(
    rf"(?:(?<=, )|(?<=[a-z] ))(?:(?:{US_STATES}),? \d{{5}}(?:-\d{{4}})?|(?:{AU_STATES}) \d{{4}})(?![\w-])"
)
_STATE_TOWN = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]+ ){0,3}[A-ZÀ-Þ][\w'’-]+,? $")
_BOX = re.compile(
    r"(?=[gpacbs])(?:\b(?:(?:G\.? ?)?P\.? ?O\.?|post office) ?box|\bpost ?box|\bpostfach|\bpostbus|\bpostboks"
    r"|\bpostbox|\bapartado(?: postal| de correos)?|\bcasella postale|\bcaixa postal"
    r"|\bbo[iî]te postale|\bskrytka pocztowa|\bpostilokero"
    r"|\bc\.?p\.?(?=[ .:]{1,2}\d{3})|(?-i:\bBP))[ .:]{0,2}(?:n[o°º.]{1,2} ?|nr\.? ?|#)?\d(?: ?\d){0,6}\b",
    re.IGNORECASE,
)
_BOX_HINTS = frozenset(
    [
        "box",
        "pobox",
        "postbox",
        "postfach",
        "postbus",
        "postboks",
        "apartado",
        "casella",
        "caixa",
        "boîte",
        "boite",
        "skrytka",
        "postilokero",
        "bp",
        "cp",
        "p",
    ]
)
_PARTED = r"[\s,>|?]{1,9}"
_MILITARY = re.compile(
    rf"(?:\b(?:psc|cmr|unit)\s#?\d{{1,5}}{_PARTED}box\s#?\d{{1,6}}{_PARTED}|\b(?:uss|usns|usnv|usnr|uscgc|usav)"
    rf"(?:\s[^\W\d_][\w'’.-]*){{1,3}}{_PARTED})?\b[adf]po{_PARTED}a[aep](?:{_PARTED}\d{{5}}(?:-\d{{4}})?)?\b",
    re.IGNORECASE,
)
_MILITARY_UNIT = re.compile(r"\b(?:psc|cmr|unit)\s#?\d{1,5},?\s{1,3}box\s#?\d{1,6}\b", re.IGNORECASE)
_MILITARY_HINTS = frozenset({"apo", "dpo", "fpo", "psc", "cmr", "unit"})

_CUE = re.compile(
    r"\b(?:(?:zip|postal|post|area|pin|eir)[ -]?codes?|zip|plz|postleitzahl|code postal|c[óo]digo postal|postnummer"
    r"|(?:codice )?cap(?= ?[:è]? ?\d{5}\b)|cep|kod pocztowy|postinumero|irányítószám|psč|postcode)\b"
    r"(?:[ :=,-]|(?:is|ist|lautet|est|es|è|é|to|now|now is|of|from|zu|a|changed|number|number is|it|its|it's|should be"
    r"|was)\b){0,12}((?:[A-Z]{1,2}-)?\d{3,6}(?:[ -]\d{2,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
    r"|[1-9]\d{3} ?[A-Z]{2}|[A-Z]\d{2} ?[A-Z\d]{4})(?![\w])",
    re.IGNORECASE,
)
_CUE_HINTS = frozenset(
    [
        "zip",
        "zipcode",
        "zipcodes",
        "code",
        "codes",
        "postcode",
        "postcodes",
        "pincode",
        "eircode",
        "plz",
        "postleitzahl",
        "postal",
        "código",
        "codigo",
        "postnummer",
        "cap",
        "cep",
        "kod",
        "postinumero",
        "irányítószám",
        "psč",
    ]
)
_INWARD = re.compile(r"\d[A-Za-z]{2}\b|\d[A-Za-z]\d\b")


def parts(text: str, small: frozenset[str]) -> Iterator[Part]:
    """Yield postcodes, boxes and military addresses of a normalised text whose words in small letters are ``small``."""
    yield from _boxes(text, small)
    if not small.isdisjoint(_CUE_HINTS):
        for found in _CUE.finditer(text):
            yield Part(found.start(1), found.end(1), 0.85, "after a word for postcode")
    british = (_UK, _UK_SMALL, _CANADA, _CANADA_SMALL) if _INWARD.search(text) else ()
    for pattern in (*british, _NETHERLANDS, _IRELAND):
        for found in pattern.finditer(text):
            yield Part(found.start(), found.end(), 0.8, "format of a postcode")
    for pattern in (_BRAZIL, _COUNTRY_CODE):
        for found in pattern.finditer(text):
            yield Part(found.start(), found.end(), 0.75, "format of a postcode")
    for found in _STATE.finditer(text):
        town = _STATE_TOWN.search(text, max(0, found.start() - 60), found.start())
        if town:
            yield Part(town.start(), found.end(), 0.8, "town, state and code")


def _boxes(text: str, small: frozenset[str]) -> Iterator[Part]:
    if not small.isdisjoint(_BOX_HINTS):
        for found in _BOX.finditer(text):
            yield Part(found.start(), found.end(), 0.85, "box at a post office")
    if not small.isdisjoint(_MILITARY_HINTS):
        for pattern in (_MILITARY, _MILITARY_UNIT):
            for found in pattern.finditer(text):
                yield Part(found.start(), found.end(), 0.88, "military mail")
