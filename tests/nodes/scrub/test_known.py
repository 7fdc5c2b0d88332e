"""What the session knows is found again however it is written, and nothing of the kind in ordinary talk."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from frontdesk.nodes.scrub.detection import Match
from frontdesk.nodes.scrub.detectors import address, email, national_id, person, phone
from frontdesk.nodes.scrub.known import find_known
from frontdesk.nodes.scrub.normalise import normalise
from frontdesk.nodes.scrub.view import View

DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data"))
KNOWN = {
    "<NAME_1>": "Jörg Müller-Brandt",
    "<NAME_2>": "Imogen",
    "<NAME_3>": "Will Abernathy",
    "<EMAIL_1>": "jmueller@post.example",
    "<PHONE_1>": "+49 171 2345678",
    "<ADDRESS_1>": "12 Old Oak Lane, Bristol BS1 2AB, United Kingdom",
    "<NATIONAL_ID_1>": "AB 12 34 56 C",
    "<DOB_1>": "1984-05-03",
    "<SECRET_1>": "Tr0ub4dor&3",
    "<NUMBER_1>": "12345",
}
DETECTORS = {
    "NAME": person.DETECTOR,
    "EMAIL": email.DETECTOR,
    "PHONE": phone.DETECTOR,
    "ADDRESS": address.DETECTOR,
    "NATIONAL_ID": national_id.DETECTOR,
}


def found(text: str) -> list[tuple[str, str]]:
    """The words found and their placeholders (label alone where there is none), in order of position."""
    view = View(normalise(text).view)
    matches: list[Match] = sorted(find_known(view, KNOWN, DETECTORS), key=lambda match: (match.start, -match.end))
    outer = [match for match in matches if not any(_within(match, other) for other in matches)]
    return list(dict.fromkeys((view[match.start : match.end], match.placeholder or match.label) for match in outer))


def _within(match: Match, other: Match) -> bool:
    return (other.start <= match.start and match.end <= other.end) and (match.start, match.end) != (
        other.start,
        other.end,
    )


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("as it is", "I am Jörg Müller-Brandt", [("Jörg Müller-Brandt", "<NAME_1>")]),
        ("small", "jörg müller-brandt here", [("jörg müller-brandt", "<NAME_1>")]),
        ("capitals", "JÖRG MÜLLER-BRANDT", [("JÖRG MÜLLER-BRANDT", "<NAME_1>")]),
        ("umlauts written out", "Joerg Mueller Brandt", [("Joerg Mueller Brandt", "<NAME_1>")]),
        ("no umlauts", "Jorg Muller-Brandt", [("Jorg Muller-Brandt", "<NAME_1>")]),
        ("other order", "Brandt, Jörg Müller", [("Brandt, Jörg Müller", "<NAME_1>")]),
        ("one word", "jörgmüllerbrandt", [("jörgmüllerbrandt", "<NAME_1>")]),
        ("over a line", "Jörg\nMüller-Brandt", [("Jörg\nMüller-Brandt", "<NAME_1>")]),
        ("first name", "ask Jörg about it", [("Jörg", "NAME")]),
        ("a single name", "ask Imogen about it", [("Imogen", "<NAME_2>")]),
        ("a single name, small, announced", "i am imogen", [("imogen", "<NAME_2>")]),
        ("a name that is a word", "Will it come? It will.", []),
        ("a name that is a word, whole", "will abernathy", [("will abernathy", "<NAME_3>")]),
        ("a part in small letters", "He spoke of brandt and imogen.", []),
        ("inside a word", "Imogenes Brandtner", []),
        ("email", "to JMUELLER@post.example now", [("JMUELLER@post.example", "<EMAIL_1>")]),
        ("email spelled", "jmueller at post . example", [("jmueller at post . example", "<EMAIL_1>")]),
        ("phone", "+49-171-2345678", [("49-171-2345678", "<PHONE_1>")]),
        ("id", "ab123456c", [("ab123456c", "<NATIONAL_ID_1>")]),
        ("whole address", "12 old oak lane bristol bs1 2ab united kingdom",
         [("12 old oak lane bristol bs1 2ab united kingdom", "<ADDRESS_1>")]),
        ("street alone", "send it to 12 Old-Oak Lane please", [("12 Old-Oak Lane", "ADDRESS")]),
        ("town alone", "a shop in the United Kingdom", []),
        ("birth, German", "am 3. Mai 1984", [("3. Mai 1984", "<DOB_1>")]),
        ("birth, American", "05/03/1984 or May 3, 1984", [("05/03/1984", "<DOB_1>"), ("May 3, 1984", "<DOB_1>")]),
        ("another date", "on 4 May 1984", []),
        ("secret", "Tr0ub4dor&3", [("Tr0ub4dor&3", "<SECRET_1>")]),
        ("secret in other case", "tr0ub4dor&3", []),
        ("a short number", "order 12345", []),
        ("far apart", "AB is 12 of the 34 or 56 in C", []),
    ],
)  # fmt: skip
def test_table(case: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected, case


def test_ordinary_messages_have_nothing_of_it() -> None:
    path = DATA / "clinc150/val.jsonl"
    if not path.exists():
        pytest.skip("clinc150/val.jsonl is not in FRONTDESK_DATA: the figure was not measured")
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) == 3000
    assert sum(bool(found(text)) for text in texts) == 0
