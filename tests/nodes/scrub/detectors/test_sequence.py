"""Names and addresses that no cue announces."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from frontdesk.nodes.scrub.detectors.sequence import find
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber

NAMES = [
    ("alone", "Katarzyna Wojcik", "Katarzyna Wojcik"),
    ("alone, given name", "Katarzyna", "Katarzyna"),
    ("vocative", "Priya, can you check my order?", "Priya"),
    ("thanks", "Thank you Priya, that worked", "Priya"),
    ("third person", "Marek Nowak told me to call back", "Marek Nowak"),
    ("lower case", "my colleague anna schmidt will pick it up", "anna schmidt"),
    ("speak to", "Can I speak to Robert Haines?", "Robert Haines"),
    ("booked for", "It's booked for Leila Haddad", "Leila Haddad"),
    ("possessive", "Sophie Laurent's order has not arrived", "Sophie Laurent"),
    ("German", "Das Paket wurde bei Jürgen Hoffmann abgegeben", "Jürgen Hoffmann"),
    ("French", "Le colis a été remis à Camille Lefebvre", "Camille Lefebvre"),
    ("Spanish", "Quiero hablar con Javier Moreno", "Javier Moreno"),
]
ORDINARY = [
    "Hello",
    "Thanks a lot",
    "Where is my order?",
    "I want to cancel my contract",
    "My Visa card does not work in Portugal",
    "May I change my booking to Monday?",
    "Will it arrive on Friday?",
    "Mark my order as delivered please",
    "I bought a Coffee Maker in March",
    "the rose gold version",
    "Refund please",
    "Ich möchte die Bestellung stornieren",
    "Où est ma commande ?",
    "12345",
    "",
    "\n\n",
    "?!",
]


@pytest.mark.parametrize(("text", "name"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES])
def test_a_name_is_found(text: str, name: str) -> None:
    found = [match for match in find(text) if match.label == "NAME"]
    assert [text[match.start : match.end] for match in found] == [name]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_stay(text: str) -> None:
    assert not list(find(text))


def test_an_address_over_several_lines_is_one() -> None:
    text = "Please send it to 47 Alder Lane, Flat 3\nBrookfield\nNew Zealand 34694"
    found = [match for match in find(text) if match.label == "ADDRESS"]
    assert [text[match.start : match.end] for match in found] == [
        "47 Alder Lane, Flat 3\nBrookfield\nNew Zealand 34694"
    ]


def test_names_in_a_long_text_are_found_wherever_they_stand() -> None:
    text = "The parcel did not arrive on Monday. " * 150 + "Marek Nowak told me to call back. " + "It is late. " * 100
    assert [text[match.start : match.end] for match in find(text)] == ["Marek Nowak"]


def test_threads_do_not_disturb_each_other() -> None:
    texts = [row[1] for row in NAMES] * 20
    alone = [list(find(text)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: list(find(text)), texts)) == alone


def test_the_scrubber_masks_what_it_finds(scrubber: PersonalDataScrubber) -> None:
    assert scrubber.scrub("Marek Nowak told me to call back", {}).text == "<NAME_1> told me to call back"


def test_the_model_is_read_at_the_first_text_not_at_import() -> None:
    code = (
        "import sys; from frontdesk.nodes.scrub.detectors import sequence; before = 'numpy' in sys.modules;"
        "found = list(sequence.find('Marek Nowak told me to call back')); print(before, len(found))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["False", "1"]
