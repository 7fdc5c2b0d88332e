"""Names by cue: what is found after words that announce a name, and what is not."""

from __future__ import annotations

import pytest

from frontdesk.nodes.scrub.detectors.person import find

FOUND = [
    ("own name", "My name is Anna Kowalska", "Anna Kowalska"),
    ("lower case", "my name is anna kowalska", "anna kowalska"),
    ("lower case and more", "my name is anna and i lost my card", "anna"),
    ("contracted", "the name's Okafor", "Okafor"),
    ("go by", "I go by Zed", "Zed"),
    ("called", "i'm called priya", "priya"),
    ("surname", "my surname is O'Neil", "O'Neil"),
    ("particles", "My name is Jan van der Berg", "Jan van der Berg"),
    ("hyphens", "My name is Jean-Luc Petit-Roche", "Jean-Luc Petit-Roche"),
    ("initial", "My name is Ruth B. Ngata", "Ruth B. Ngata"),
    ("fields without colon", "First name Quentin", "Quentin"),
    ("under", "it is booked under the name lena fischer", "lena fischer"),
    ("in the name of", "A table in the name of Osei please", "Osei"),
    ("listed under", "It should be listed under Marek Nowak", "Marek Nowak"),
    ("use the name", "Please use the name Ines Duarte", "Ines Duarte"),
    ("form", "Name: Ingrid Solberg\nPhone: none", "Ingrid Solberg"),
    ("form, second line", "Order 5\ncardholder: Ali Haddad", "Ali Haddad"),
    ("question", "What is your name? Bogdan", "Bogdan"),
    ("question, transcript", "What is your last name?\nUser: Lindqvist", "Lindqvist"),
    ("title", "I spoke to Mrs. Lindqvist today", "Lindqvist"),
    ("two titles", "Frau Dr. Weber ist nett", "Weber"),
    ("speaking", "This is Tomas Rey speaking", "Tomas Rey"),
    ("title and address", "Mrs. Barbara Nowak Apt. 5, 3 Long Road", "Barbara Nowak"),
    ("under, short", "it's under lena fischer", "lena fischer"),
    ("signature", "Where is it?\n\nKind regards,\nTomas Rey", "Tomas Rey"),
    ("signature and more lines", "Thanks\nTomas Rey\nOrder 5", "Tomas Rey"),
    ("greeting", "Dear Tomas,\nwhere is it?", "Tomas"),
    ("German", "Ich heiße Jürgen Groß", "Jürgen Groß"),
    ("German, under", "Reserviert auf den Namen Groß", "Groß"),
    ("French", "je m'appelle Zoé Lefèvre", "Zoé Lefèvre"),
    ("French, under", "une table au nom de Lefèvre", "Lefèvre"),
    ("Spanish", "me llamo Iñaki Ruiz", "Iñaki Ruiz"),
    ("Italian", "mi chiamo Elia Conti", "Elia Conti"),
    ("Italian, under", "a nome di Conti", "Conti"),
    ("Dutch", "mijn naam is Sjoerd de Wit", "Sjoerd de Wit"),
    ("Dutch, under", "op naam van De Wit", "De Wit"),
    ("Portuguese", "chamo-me Rui Sá", "Rui Sá"),
    ("decomposed accent", "My name is Zoe\u0308 Marsh", "Zoe\u0308 Marsh"),
    ("capitals", "MY NAME IS ANNA KOWALSKA", "ANNA KOWALSKA"),
    ("possessive", "It is in the name of Marek's", "Marek"),
]
NOTHING = [
    ("wrong", "my name is wrong on the card"),
    ("misspelled", "My name is misspelled"),
    ("not right", "my name is not right"),
    ("under my name", "it is under my name"),
    ("under a reference", "the return is registered under BD4F21C0"),
    ("same name", "book it under the same name"),
    ("lost", "I am Lost"),
    ("brand", "this is Visa"),
    ("will", "Will you refund me?"),
    ("may", "May I ask something?"),
    ("greeting", "Hi there,\nwhere is it?"),
    ("greeting of a team", "Dear Support,\nwhere is it?"),
    ("greeting of all", "Sehr geehrte Damen und Herren,\nwo ist es?"),
    ("signature of none", "Thanks\n"),
    ("call back", "everyone calls me back late"),
    ("question", "what is your name?"),
    ("question and more", "What is your name? I am waiting"),
    ("empty field", "Name:\nPhone: none"),
    ("nothing", ""),
]


@pytest.mark.parametrize(("text", "name"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_a_name_after_a_cue_is_found(text: str, name: str) -> None:
    found = list(find(text))
    assert [text[match.start : match.end] for match in found] == [name]
    assert all(match.label == "NAME" and match.reason for match in found)


@pytest.mark.parametrize("text", [row[1] for row in NOTHING], ids=[row[0] for row in NOTHING])
def test_other_words_stay(text: str) -> None:
    assert not list(find(text))
