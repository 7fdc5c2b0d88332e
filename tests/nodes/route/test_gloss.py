"""Messages of other languages, word for word in English; half-known ones are left alone."""

from __future__ import annotations

import pytest

from frontdesk.nodes.route.gloss import glossed
from frontdesk.nodes.route.gloss_words import GLOSSES
from frontdesk.nodes.route.language import language_after


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "Bitte die Bestellung 10482 stornieren", "please the order 10482 cancel"),
        ("de", "Wo ist mein Paket?", "where is my parcel?"),
        ("fr", "Combien coûte la livraison ?", "how much cost the delivery?"),
        ("fr", "J’ai un retour", "i have a return"),
        ("es", "quiero cambiar la dirección a <ADDRESS_1>", "want change the address a <ADDRESS_1>"),
        ("it", "dov'è il mio ordine?", "where is the my order?"),
        ("nl", "waar is mijn pakket", "where is my parcel"),
        ("pt", "quero cancelar o pedido", "want cancel the order"),
    ],
)
def test_the_words(language: str, text: str, words: str) -> None:
    assert glossed(text, language) == words


@pytest.mark.parametrize(
    ("language", "text", "why"),
    [
        ("en", "where is my order", "English needs none"),
        ("", "10482", "no language"),
        ("ru", "Где мой заказ?", "no table"),
        ("de", "Mein Nachbar züchtet preisgekrönte Kaninchen", "mostly unknown"),
        ("de", "10482", "nothing to say in English"),
    ],
)
def test_nothing(language: str, text: str, why: str) -> None:
    assert glossed(text, language) == "", why


def test_every_table_has_whole_words_only() -> None:
    assert all(
        word == word.lower() and english.strip() for table in GLOSSES.values() for word, english in table.items()
    )


def test_one_word_does_not_change_the_language_of_a_conversation() -> None:
    assert language_after("nein", "en") == "en"
    assert language_after("nein", "") == "de"
    assert language_after("Где?", "en") == "ru"
