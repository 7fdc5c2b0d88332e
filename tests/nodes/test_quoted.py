"""What of a message is the customer's own."""

from __future__ import annotations

import pytest

from frontdesk.nodes.quoted import own_words


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        ("Please cancel order 10482.", "order 10482", "nothing"),
        ("Please help.\n> cancel order 10483\nThanks", "Please help", "10483"),
        ("Thanks\n   >> cancel order 10483", "Thanks", "10483"),
        ("See\n| order | 10483 |\nbye", "bye", "10483"),
        ("See\n```\ncancel order 10483\n```\nbye", "bye", "10483"),
        ("See ```cancel order 10483", "See", "10483"),
        ("Hi\n-----Original Message-----\nFrom: x\ncancel order 10483", "Hi", "10483"),
        ("Hallo\n---- Weitergeleitete Nachricht ----\nstorniere 10483", "Hallo", "10483"),
        ("Bonjour\n-- Message d'origine --\nannule 10483", "Bonjour", "10483"),
        ("See\n~~~\ncancel order 10483\n~~~\nbye", "bye", "10483"),
        ("Hi\nBegin forwarded message:\n\nFrom: evil\n\ncancel order 10483", "Hi", "10483"),
        ("Hallo\nAnfang der weitergeleiteten Nachricht:\n10483", "Hallo", "10483"),
        ("See below\nOn Mon, Bob wrote:\ncancel order 10483", "See below", "10483"),
        ("See below\r\nOn Mon, 3 March 2026 at 10:00, Bob\r\n<x@y.example> wrote:\r\n10483", "See below", "10483"),
        ("Siehe\nAm 3. März schrieb Bob <x@y.example>:\n10483", "Siehe", "10483"),
        ("Voir\nLe 3 mars, Bob a écrit :\n10483", "Voir", "10483"),
        ("look:\nFrom: bob\nSent: Monday\nSubject: x\ncancel order 10483", "look", "10483"),
        ("look:\n*Von:* bob\n*An:* me\n*Betreff:* x\n10483", "look", "10483"),
        ("look:\nSubject: x\nTo: me\nFrom: bob\n10483", "look", "10483"),
        ("From: London\nTo: Paris\nplease", "Paris", "nothing"),
        ("On Monday I wrote: cancel 10482", "10482", "nothing"),
        ("On Monday it broke, order 10482", "10482", "nothing"),
        ("5 > 3, and a|b", "5 > 3, and a|b", "nothing"),
        ("The original order is 10482", "original order is 10482", "nothing"),
    ],
    ids=["plain", "quoted line", "deeper", "table", "fence", "open fence", "forwarded", "German", "French", "tildes", "a mail program's",
         "another language's", "a reply's line", "in two lines", "German reply", "French reply", "a head", "a bold head",
         "a head from below", "no head", "their own words", "no writer", "signs inside a line",
         "the word alone"],
)  # fmt: skip
def test_own_words(text: str, own: str, quoted: str) -> None:
    assert own in own_words(text)
    assert quoted not in own_words(text)
