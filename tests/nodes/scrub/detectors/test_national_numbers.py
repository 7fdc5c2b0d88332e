"""Numbers of many countries, made by search until their check accepts them, with and without separators."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from frontdesk.nodes.scrub.national_checks import accepted
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

COUNTRIES = [
    ("AT", "at.vnr", "dddd DDMMYY"),
    ("AU", "au.tfn", "ddd ddd ddd"),
    ("BE", "be.nn", "YY.MM.DD-ddd.dd"),
    ("BG", "bg.egn", "YYMMDDdddd"),
    ("BR", "br.cpf", "ddd.ddd.ddd-dd"),
    ("CA", "ca.sin", "ddd-ddd-ddd"),
    ("CH", "ch.ssn", "756.dddd.dddd.dd"),
    ("CN", "cn.ric", "11010119YYMMDDdddd"),
    ("CZ", "cz.rc", "YYMMDD/dddd"),
    ("DE", "de.idnr", "dd ddd ddd ddd"),
    ("DK", "dk.cpr", "DDMMYY-dddd"),
    ("EE", "ee.ik", "3YYMMDDdddd"),
    ("ES", "es.dni", "ddddddddA"),
    ("ES resident", "es.nie", "X-dddddddA"),
    ("FI", "fi.hetu", "DDMMYY-dddA"),
    ("FR", "fr.nir", "1 YY MM 75 ddd ddd dd"),
    ("GB health", "gb.nhs", "ddd ddd dddd"),
    ("GR", "gr.amka", "DDMMYYddddd"),
    ("HR", "hr.oib", "ddddddddddd"),
    ("HU insurance", "hu.taj", "ddd ddd ddd"),
    ("HU tax", "hu.tax", "8ddddddddd"),
    ("IE", "ie.pps", "dddddddA"),
    ("IL", "il.idnr", "ddddddddd"),
    ("IN", "in_.aadhaar", "dddd dddd dddd"),
    ("IS", "is_.kennitala", "DDMMYY-ddd9"),
    ("JP", "jp.in_", "dddd dddd dddd"),
    ("KR", "kr.rrn", "YYMMDD-1dddddd"),
    ("MX", "mx.curp", "BOXWYYMMDDHNERXNdd"),
    ("NL", "nl.bsn", "ddddddddd"),
    ("NO", "no.fodselsnummer", "DDMMYY ddddd"),
    ("NZ", "nz.ird", "dd-ddd-ddd"),
    ("PL", "pl.pesel", "YYMMDDddddd"),
    ("PT", "pt.nif", "ddd ddd ddd"),
    ("RO", "ro.cnp", "1YYMMDD40dddd"),
    ("SE", "se.personnummer", "YYMMDD-dddd"),
    ("SG", "sg.nric", "SdddddddA"),
    ("SI", "si.emso", "DDMM9YY50dddd"),
    ("SK", "sk.rc", "YYMMDD/dddd"),
    ("TR", "tr.tckimlik", "ddddddddddd"),
    ("US", "us.ssn", "ddd-dd-dddd"),
    ("ZA", "za.idnr", "YYMMDDdddd08d"),
]


def made(check: str, template: str) -> Iterator[str]:
    """Fill a template at random, with a fixed seed, until the check accepts; three values."""
    source = random.Random(check)
    found = 0
    while found < 3:
        dated = template.replace("YY", f"{source.randint(50, 98)}").replace("MM", f"{source.randint(1, 12):02d}")
        dated = dated.replace("DD", f"{source.randint(1, 28):02d}")
        keep = check == "mx.curp"
        value = "".join(
            source.choice("0123456789")
            if char == "d"
            else source.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
            if char == "A" and not keep
            else char
            for char in dated
        )
        if accepted([check], value):
            found += 1
            yield value


@pytest.mark.parametrize(("country", "check", "template"), COUNTRIES, ids=[row[0] for row in COUNTRIES])
@pytest.mark.parametrize("separators", ["written", "none", "spaces"])
def test_masked(structured: PersonalDataScrubber, country: str, check: str, template: str, separators: str) -> None:
    for value in made(check, template):
        plain = "".join(filter(str.isalnum, value))
        text = {"written": value, "none": plain, "spaces": value.replace("-", " ").replace(".", " ")}[separators]
        scrubbed = structured.scrub(f"that is {text}, thanks", {})
        assert text not in scrubbed.text, country
        assert scrubbed.text.startswith("that is <"), country
        assert scrubbed.text.endswith(">, thanks"), country


@pytest.mark.parametrize(
    ("check", "number", "right"),
    [
        ("sg.nric", "S1234567D", True),
        ("sg.nric", "S1234567E", False),
        ("sg.nric", "F1234567N", True),
        ("sg.nric", "M1234567K", True),
        ("sg.nric", "S12345D", False),
        ("hu.taj", "111 111 110", True),
        ("hu.taj", "111 111 111", False),
        ("hu.taj", "11111111", False),
        ("hu.tax", "8071592153", True),
        ("hu.tax", "8071592154", False),
        ("hu.tax", "1071592153", False),
    ],
)
def test_checks_of_our_own(check: str, number: str, right: bool) -> None:
    assert accepted([check], number) is right
