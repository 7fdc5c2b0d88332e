"""Dates of birth, passports, licences: by their cues, in seven languages, and nothing else of the same shape."""

from __future__ import annotations

import pytest

from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

MASKED = [
    ("English", "I was born on 3 May 1984.", "I was born on <DOB_1>."),
    ("ordinal", "born on the 3rd of May, 1984", "born on the <DOB_1>"),
    ("American", "my birthday is May 3rd, 1984", "my birthday is <DOB_1>"),
    ("no year", "my birthday is on 12 June", "my birthday is on <DOB_1>"),
    ("short", "dob 03/05/84", "dob <DOB_1>"),
    ("with dots", "D.O.B.: 03.05.1984", "D.O.B.: <DOB_1>"),
    ("ISO", "date of birth=1984-05-03", "date of birth=<DOB_1>"),
    ("solid", "dob 19840503", "dob <DOB_1>"),
    ("year alone", "born in 1984", "born in <DOB_1>"),
    ("question before", "What is your date of birth?\n3 May 1984", "What is your date of birth?\n<DOB_1>"),
    ("question and speaker", "Date of birth?\nUser: 03/05/1984", "Date of birth?\nUser: <DOB_1>"),
    ("town between", "born in Leeds on 3 May 1984", "born in Leeds on <DOB_1>"),
    ("German", "geboren am 3. Mai 1984", "geboren am <DOB_1>"),
    ("German form", "Geburtsdatum: 03.05.1984", "Geburtsdatum: <DOB_1>"),
    ("French", "née le 1er août 1984", "née le <DOB_1>"),
    ("French form", "date de naissance : 03/05/1984", "date de naissance : <DOB_1>"),
    ("Spanish", "nacido el 3 de mayo de 1984", "nacido el <DOB_1>"),
    ("Italian", "nato a Roma il 3 maggio 1984", "nato a Roma il <DOB_1>"),
    ("Portuguese", "nascida em 3 de maio de 1984", "nascida em <DOB_1>"),
    ("Dutch", "geboortedatum 03-05-1984", "geboortedatum <DOB_1>"),
    ("passport", "my passport number is 123456789", "my passport number is <PASSPORT_1>"),
    ("passport with letters", "passport no. C01X00T47", "passport no. <PASSPORT_1>"),
    ("passport in groups", "passport 12 3456789 please", "passport <PASSPORT_1> please"),
    ("German passport", "Reisepass C01X00T47 ist weg", "Reisepass <PASSPORT_1> ist weg"),
    ("French passport", "passeport n° 12AB34567", "passeport n° <PASSPORT_1>"),
    ("Spanish passport", "pasaporte: AAA123456", "pasaporte: <PASSPORT_1>"),
    (
        "machine-readable",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "<PASSPORT_1>",
    ),
    ("British licence", "it is MORGA657054SM9IJ", "it is <LICENCE_1>"),
    ("British licence in groups", "driving licence MORGA 657054 SM9IJ", "driving licence <LICENCE_1>"),
    ("American licence", "driver's license: D123-4567-8901", "driver's license: <LICENCE_1>"),
    ("short American licence", "license number A1234567", "license number <LICENCE_1>"),
    ("German licence", "Führerschein B072RRE2I55", "Führerschein <LICENCE_1>"),
    ("French licence", "permis de conduire n° 12AA34567", "permis de conduire n° <LICENCE_1>"),
    ("Italian licence", "patente di guida U1234567A", "patente di guida <LICENCE_1>"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "text", "masked"), MASKED, ids=[row[0] for row in MASKED])
def test_masked(structured: PersonalDataScrubber, case: str, text: str, masked: str) -> None:
    assert structured.scrub(text, {}).text == masked


LEFT = [
    "the order was placed on 3 May 2024",
    "where was this made, on 3/5/2024?",
    "I was born to shop on 3 May",
    "passport is lost since 2020",
    "my passport was delivered on 10 March 2024",
    "my licence expires in 2025",
    "a software license for 5 users",
    "my birthday gift is order 10482",
]


@pytest.mark.parametrize("text", LEFT)
def test_left_alone(structured: PersonalDataScrubber, text: str) -> None:
    assert structured.scrub(text, {}).text == text


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("DOB", "3 May 1984", "03.05.1984"),
        ("DOB", "03/05/1984", "3. Mai 1984"),
        ("PASSPORT", "C01 X00T-47", "c01x00t47"),
        ("LICENCE", "MORGA 657054 SM9IJ", "MORGA657054SM9IJ"),
        ("EMAIL", "anna [at] mail dot com", "anna@mail.com"),
        ("IP", "203[.]0[.]113[.]9", "203.0.113.9"),
        ("MAC", "00-1B-44-11-3A-B7", "001b.4411.3ab7"),
        ("NUMBER", "four one five double five", "4 1 5 double 5"),
    ],
)
def test_one_value_in_two_forms(structured: PersonalDataScrubber, label: str, one: str, other: str) -> None:
    assert structured.canonical(label, one) == structured.canonical(label, other)
