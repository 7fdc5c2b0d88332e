"""Numbers that a state gives a person: tax, insurance, identity; checked by python-stdnum where there is a check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.cues import LINK, cues
from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.national_checks import accepted, load
from frontdesk.nodes.scrub.shapes import digits
from frontdesk.nodes.scrub.view import View, seen

_N = r"[\dOIl]"
_M = r"[\dOIlSB]"
_SHAPES = (
    ("us", rf"(?!000|666){_N}{{3}}[-._]{_N}{{2}}[-._]{_N}{{4}}", "", 0.9),
    ("us_spaced", r"(?!000|666)\d{3} \d\d \d{4}", "us.ssn us.itin", 0.9),
    ("gb",
     rf"[A-CEGHJ-PR-TW-Z][ ]?[A-CEGHJ-NPR-TW-Z][ .-]?{_M} ?{_M}[ .-]?{_M} ?{_M}[ .-]?{_M} ?{_M}[ .-]?[A-D]", "", 0.9),
    ("es",
     rf"{_N}{{8}}[ .-]?[A-Z]|\d\d\.\d{{3}}\.\d{{3}}[ .-]?[A-Z]|[XYZ][ -]?{_N}{{7}}[ -]?[A-Z]", "es.dni es.nie", 0.9),
    ("it", r"[A-Z]{3} ?[A-Z]{3} ?[0-9LMNPQRSTUV]{2} ?[A-Z] ?[0-9LMNPQRSTUV]{2} ?[A-Z] ?[0-9LMNPQRSTUV]{3} ?[A-Z]",
     "it.codicefiscale", 0.9),
    ("mx", r"[A-Z]{4} ?\d{6} ?[A-Z]{6} ?[A-Z\d]\d|[A-Z&Ñ]{4}-?\d{6}-?[A-Z\d]{3}", "mx.curp mx.rfc", 0.9),
    ("fr", r"[12][ .]?\d\d[ .]?\d\d[ .]?(?:\d\d|2[AB])[ .]?\d{3}[ .]?\d{3}[ -.]?\d\d", "fr.nir", 0.9),
    ("de_pension", r"\d\d[ ]?\d{6}[ ]?[A-Z][ ]?\d{3}", "", 0.9),
    ("ch", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d\d", "ch.ssn", 0.9),
    ("fi", rf"{_N}{{6}}[-+A-FU-Y]{_N}{{3}}[0-9A-Y]", "fi.hetu", 0.9),
    ("pt", r"\d{8}[ -]?\d[ -]?[A-Z\d]{2}\d", "pt.cc", 0.85),
    ("sg", rf"[STFGM]{_N}{{7}}[A-Z]", "sg.nric", 0.9),
    ("kr", r"\d{6}-\d{7}", "kr.rrn", 0.9),
    ("nordic", r"(?:\d\d)?\d{6}[-+]\d{4}", "se.personnummer dk.cpr is_.kennitala", 0.8),
    ("lv", r"\d{6}-\d{5}", "", 0.8),
    ("no", r"\d{6} \d{5}", "no.fodselsnummer", 0.8),
    ("cz", r"\d{6}/\d{3,4}", "", 0.9),
    ("ie", r"\d{7} ?[A-W][A-IW]?", "ie.pps", 0.9),
    ("in_tax", r"[A-Z]{3}[ABCFGHLJPTK][A-Z]\d{4}[A-Z]|[A-Z]{3}\d{7}", "in_.pan in_.epic", 0.9),
    ("cn", r"\d{17}[\dX]|\d{6} \d{8} \d{3}[\dX]", "cn.ric", 0.9),
    ("be", r"\d{2}[. ]\d{2}[. ]\d{2}[- .]\d{3}[. -]\d{2}", "be.nn be.bis", 0.9),
    ("br", r"\d{3}\.\d{3}\.\d{3}[-. ]\d\d", "", 0.9),
    ("br_spaced", r"\d{3} \d{3} \d{3}[ -]\d\d", "br.cpf", 0.9),
    ("fi_bare", r"\d{6} ?\d{3}[A-FHJ-NPR-Y]", "", 0.6),
    ("cl", r"\d{1,2}\.?\d{3}\.?\d{3}-[\dK]", "cl.rut", 0.8),
    ("ar", r"\d\d-\d{8}-\d", "ar.cuit", 0.9),
    ("pk", r"\d{5}-\d{7}-\d", "", 0.85),
    ("groups_of_four", r"\d{4}[ -]\d{4}[ -]\d{4}", "in_.aadhaar jp.in_", 0.9),
    ("nines", r"\d{3}(?P<gap>[- .])\d{3}(?P=gap)\d{3}", "ca.sin au.tfn nl.bsn pt.nif hu.taj nz.ird il.idnr", 0.65),
    ("de", r"\d\d[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{3}", "de.idnr", 0.8),
    ("nhs", r"\d{3}[ -]\d{3}[ -]\d{4}", "gb.nhs", 0.5),
    ("at", r"\d{4} \d{6}", "at.vnr", 0.7),
)  # fmt: skip
_ALTERNATIVES = "|".join(f"(?P<{name}>{pattern})" for name, pattern, _, _ in _SHAPES)
# The look-ahead first: most words of a text are followed by no digit, and none of the shapes is tried.
_SHAPED = re.compile(
    rf"(?<![\w+])(?=[A-Z&]{{0,6}}[ -]?(?:[A-Z]{{1,4}} ?)?[\dOIl])(?:{_ALTERNATIVES})(?!\w|[-.]\d)", re.IGNORECASE
)
_RULES = {name: (checks.split(), score) for name, _, checks, score in _SHAPES}
_BY_SIZE = {
    8: "nz.ird cl.rut",
    9: "ca.sin nl.bsn au.tfn pt.nif cz.rc hu.taj nz.ird il.idnr us.ssn cl.rut",
    10: "gb.nhs at.vnr cz.rc bg.egn dk.cpr se.personnummer hu.tax is_.kennitala gb.utr ua.rntrc",
    11: "de.idnr pl.pesel no.fodselsnummer tr.tckimlik be.nn be.bis br.cpf hr.oib gr.amka ee.ik ar.cuit",
    12: "in_.aadhaar jp.in_ se.personnummer my.nric",
    13: "za.idnr ro.cnp ch.ssn kr.rrn si.emso fr.nif th.pin",
    15: "fr.nir",
    16: "id.nik",
    18: "cn.ric",
}
"""Digits of a number without its country's separators, and what such a number may be."""
_CUES = cues(
    "ssn, social security, social sec, national insurance, ni number, ni no, nino, nhs, social insurance, tax id, "
    "tax number,"
    "taxpayer id, taxpayer number, tax identification, tax file number, tfn, itin, utr, sin number, sin no, medicare,"
    "steuer id, steueridentifikation, steueridentifikations, steuernummer, steuer nr, idnr, ausweisnummer, ausweis nr,"
    "personalausweis, rentenversicherung, rentenversicherungsnummer, sozialversicherung, "
    "sozialversicherungsnummer, svnr,"
    "krankenversichertennummer, numéro de sécurité sociale, numero de securite sociale, sécurité sociale, "
    "numéro fiscal,"
    "dni, nif, número de identidad, seguridad social, codice fiscale, cod fiscale, tessera sanitaria, carta d identità,"
    "bsn, burgerservicenummer, sofinummer, rijksregisternummer, numéro national, registre national, personnummer,"
    "cpr, fødselsnummer, fodselsnummer, henkilötunnus, hetu, pesel, cpf, aadhaar, aadhar, pan card, pan number, "
    "mynumber, ahv, avs,"
    "identity card, id card, id number, national id, identity number, identification number, nric, rodné číslo, "
    "rodne cislo,"
    "cnp, oib, amka, emšo, emso, tc kimlik, kimlik, curp, rfc, rut, pps, ppsn, ird, rrn, cartão de cidadão, niss"
)
_CUED = re.compile(
    rf"{_CUES.pattern}{LINK}([A-Z]{{0,4}}[ -]?\d[A-Z0-9]*(?:[ .\-/][A-Z0-9]*\d[A-Z0-9]*)*(?:[ -]?[A-Z]\b)?)",
    re.IGNORECASE,
)
_FEWEST = 6
"""Digits after a cue from which they count: an order number has five."""
_SIGNS = str.maketrans("OoIl", "0011")


def canonical(value: str) -> str:
    """Return letters and digits alone, in capitals."""
    return "".join(char for char in value if char.isalnum()).upper()


def find(text: str) -> Iterator[Match]:
    """Yield numbers by shape and check digits, and whatever number follows a word such as "tax number"."""
    view = seen(text)
    if view.numeric:
        yield from _shaped(text)
        for found in _CUES.announced(_CUED, view):
            if len(digits(found.group(1))) >= _FEWEST:
                yield Match(*found.span(1), "NATIONAL_ID", 0.95, "after a word for a national number")
    yield from _checked(view)


def _shaped(text: str) -> Iterator[Match]:
    for found in _SHAPED.finditer(text):
        checks, score = _RULES[found.lastgroup or ""]
        written = found.group()
        if sum(map(str.isdigit, written)) < 4:
            continue
        if not checks:
            yield Match(found.start(), found.end(), "NATIONAL_ID", score, "form of a national number")
        elif accepted(checks, written) or accepted(checks, written.translate(_SIGNS)):
            yield Match(found.start(), found.end(), "NATIONAL_ID", score, "check digits of a national number")


def _checked(view: View) -> Iterator[Match]:
    for run in view.runs:
        for piece in run.pieces():
            number = piece.digits
            names = _BY_SIZE.get(len(number))
            # Most numbers of nine digits pass some country's check: in pieces or in words they prove nothing.
            if len(number) < 10 and (len(piece.tokens) > 1 or piece.disguised):
                continue
            if names and accepted(names.split(), number):
                score = 0.5 if len(number) > 9 else 0.35
                reason = "check digits of a national number"
                yield Match(piece.tokens[0].start, piece.tokens[-1].end, "NATIONAL_ID", score, reason)


def _prepare() -> None:
    load(name for checks, _ in _RULES.values() for name in checks)
    load(name for names in _BY_SIZE.values() for name in names.split())


DETECTOR = Detector(labels=("NATIONAL_ID",), find=find, canonical=canonical, prepare=_prepare, loose=True)
