"""Numbers that a state gives a person: tax, insurance, identity; checked by python-stdnum where it can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from stdnum.at import vnr
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nif, nir
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.pt import nif as nif_pt
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.tr import tckimlik
from stdnum.us import ssn
from stdnum.za import idnr as id_za

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.shapes import digits


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    checks: tuple[Any, ...]
    """stdnum modules of which one must accept it; none: the shape is enough."""
    score: float


def _shape(pattern: str, *checks: Any, score: float = 0.9) -> _Shape:
    return _Shape(re.compile(rf"(?<![\w+])(?:{pattern})(?!\w|[-.]\d)", re.IGNORECASE), checks, score)


_SHAPES = (
    _shape(r"(?!000|666)\d{3}-\d\d-\d{4}"),  # US
    _shape(r"(?!000|666)\d{3} \d\d \d{4}", ssn),
    _shape(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]"),  # GB, no checksum
    _shape(r"\d{8}[ -]?[A-Z]|[XYZ][ -]?\d{7}[ -]?[A-Z]", dni, nie),
    _shape(
        r"[A-Z]{3} ?[A-Z]{3} ?[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2} ?[A-Z][0-9LMNPQRSTUV]{3}[A-Z]", codicefiscale
    ),
    _shape(r"[12][ .]?\d\d[ .]?\d\d[ .]?(?:\d\d|2[AB])[ .]?\d{3}[ .]?\d{3}[ -.]?\d\d", nir),
    _shape(r"\d\d[ ]?\d{6}[ ]?[A-Z][ ]?\d{3}"),  # DE, pension insurance
    _shape(r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d", ahv),
    _shape(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", hetu),
    _shape(r"(?:\d\d)?\d{6}[-+]\d{4}", personnummer, cpr, score=0.8),
    _shape(r"\d{7}[A-W][A-IW]?", pps),
    _shape(r"[A-Z]{3}[ABCFGHLJPTK][A-Z]\d{4}[A-Z]", pan),
    _shape(r"\d{2}[. ]\d{2}[. ]\d{2}[- ]\d{3}[. ]\d{2}", nn),
    _shape(r"\d{3}\.\d{3}\.\d{3}-\d\d", cpf),
    _shape(r"\d{4} \d{4} \d{4}", aadhaar),
    _shape(r"\d{3}-\d{3}-\d{3}|\d{3} \d{3} \d{3}", sin, tfn, bsn, nif_pt, score=0.55),
    _shape(r"\d\d ?\d{3} ?\d{3} ?\d{3}", idnr, score=0.8),
    _shape(r"\d{3}[ -]\d{3}[ -]\d{4}", nhs, score=0.5),
    _shape(r"\d{4} \d{6}", vnr, score=0.7),
    _shape(r"\d{13}", id_za, cnp, nif, score=0.5),
    _shape(r"\d{11}", pesel, fodselsnummer, tckimlik, nn, cpf, score=0.5),
    _shape(r"\d{9,10}", sin, bsn, tfn, nif_pt, nhs, vnr, score=0.35),
)
_CUED = re.compile(
    r"\b(?:ssn|social security|national insurance|ni number|nino|nhs|social insurance|tax(?:payer)? (?:id|number)"
    r"|tax file number|tfn|itin|steuer-?id(?:entifikations-?nummer)?|steuer-?nummer|ausweis-?nummer"
    r"|personalausweis|rentenversicherungsnummer|num[ée]ro de s[ée]curit[ée] sociale|dni|nif|codice fiscale|bsn"
    r"|burgerservicenummer|rijksregisternummer|personnummer|hetu|pesel|cpf|aadhaar|ahv|passport|reisepass"
    r"|passeport|pasaporte|passaporto|paspoort|driv(?:er'?s|ing) licen[cs]e|f[üu]hrerschein|identity card|id card"
    r"|national id)(?:[ -]?(?:number|nummer|no\.?|nr\.?|card|is|was|ist|est|es|id|code))*\s?[:#=]?\s?"
    r"([A-Z]{0,3}[ -]?\d[A-Z0-9]*(?:[ .\-/][A-Z0-9]*\d[A-Z0-9]*)*(?:[ -]?[A-Z]\b)?)",
    re.IGNORECASE,
)
_FEWEST = 6
"""Digits after a cue from which they count: an order number has five."""


def canonical(value: str) -> str:
    """Return letters and digits alone, in capitals."""
    return "".join(char for char in value if char.isalnum()).upper()


def find(text: str) -> Iterator[Match]:
    """Yield numbers by shape and checksum, and whatever number follows a word such as "passport"."""
    if not any(char.isdigit() for char in text):
        return
    for shape in _SHAPES:
        for found in shape.pattern.finditer(text):
            if not shape.checks or any(check.is_valid(found.group()) for check in shape.checks):
                yield Match(found.start(), found.end(), "NATIONAL_ID", shape.score)
    for found in _CUED.finditer(text):
        if len(digits(found.group(1))) >= _FEWEST:
            yield Match(*found.span(1), "NATIONAL_ID", 0.95)


DETECTOR = Detector(labels=("NATIONAL_ID",), find=find, canonical=canonical, loose=True)
