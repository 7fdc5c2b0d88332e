"""Words of one meaning in the languages that rules are written for: numbers, animals, channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NUMBERS: Final[Mapping[str, str]] = {
    word: str(number)
    for number, words in {
        1: "a an one ein eine einen une un una uno een um uma",
        2: "two zwei deux dos due twee dois duas",
        3: "three drei trois tres tre drie três",
        4: "four vier quatre cuatro quattro quatro",
        5: "five fünf cinq cinco cinque vijf",
        6: "six sechs",
        7: "seven",
        8: "eight",
    }.items()
    for word in words.split()
}
SAME: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "katze",
            "katzen",
            "chat",
            "chats",
            "gato",
            "gatos",
            "gata",
            "gatas",
            "gatto",
            "gatti",
            "gatta",
            "gatte",
            "kat",
            "katten",
        ),
        "cat",
    ),
    **dict.fromkeys(("kitten", "kitty", "kitties"), "cat"),
    **dict.fromkeys(
        (
            "hund",
            "hunde",
            "chien",
            "chiens",
            "perro",
            "perros",
            "perra",
            "cane",
            "cani",
            "hond",
            "honden",
            "cão",
            "cães",
            "cachorro",
        ),
        "dog",
    ),
    **dict.fromkeys(("puppy", "puppies"), "dog"),
    **dict.fromkeys(("kaninchen", "lapin", "lapins"), "rabbit"),
    **dict.fromkeys(("vogel", "vögel", "budgie", "parrot"), "bird"),
    **dict.fromkeys(("emails", "e-mails", "e-mail", "mail", "correo", "correo electrónico", "courriel"), "email"),
    **dict.fromkeys(
        ("telephone", "telefon", "telefonisch", "telefoon", "téléphone", "teléfono", "telefono", "telefone"), "phone"
    ),
    **dict.fromkeys(("text", "texts", "text message", "text messages"), "sms"),
}
"""Words of one meaning, so that a change finds what it changes."""

__all__ = ["NUMBERS", "SAME"]
