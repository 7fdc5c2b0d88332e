"""The second look: what it takes from what a model found, and what it must leave. A row per reason."""

from __future__ import annotations

import re

import pytest

from frontdesk.nodes.scrub.sequence.evidence import sober_spans
from frontdesk.nodes.scrub.sequence.language import guess

GIVEN = frozenset(("anna", "peter", "tuan", "linden", "robin", "florence", "camille", "hazel", "alta", "will", "david"))
SURNAMES = frozenset(("schmidt", "kratzer", "hoffmann", "berlin", "will", "lieber", "madrid"))
COMMON_WORDS = """will shop desk one card wool rug armchair quelle schrauben fehlen stuhl arrived chairs can the sell
 mirror account order"""
COMMON = frozenset(COMMON_WORDS.split())
NOTHING: list[str] = []


def listed(word: str) -> str:
    lists = (("f", GIVEN), ("l", SURNAMES), ("c", COMMON))
    return "".join(letter for letter, words in lists if word in words)


CASES = [
    ("a name stays", "I met [Anna Schmidt] today", ["Anna Schmidt"]),
    ("unlisted in English stays", "Can [Zbylut Krawczonka] collect it", ["Zbylut Krawczonka"]),
    ("an answer of one word", "[Krawczonka]", ["Krawczonka"]),
    ("an answer is of no language", "[Ai Desimone]", ["Ai Desimone"]),
    ("small letters stay", "i met [anna schmidt] today", ["anna schmidt"]),
    ("small letters beside capitals", "Is the [Meadow wool] rug here", NOTHING),
    ("verb before a brand", "do you [sell Philips Hue] bulbs", NOTHING),
    ("listed name in small letters", "I met [Anna schmidt] today", ["Anna schmidt"]),
    ("function word before", "[Can Anna] come, I ask", ["Anna"]),
    ("given name that is a verb", "[Will Schmidt] is here with me", ["Will Schmidt"]),
    ("surname that looks like a word", "it is [Tuan Lieber] for me", ["Tuan Lieber"]),
    ("particle", "it is for [Anna van der Schmidt]", ["Anna van der Schmidt"]),
    ("article and noun", "exchange my [Linden] desk for the [Robin] one", NOTHING),
    ("article, colour and noun", "the olive green [Hazel] throw is gone", NOTHING),
    ("article and an account", "the [Schmidt] account is closed", ["Schmidt"]),
    ("article and a full name", "the [David Schmidt] version is better", ["David Schmidt"]),
    ("owner without noun", "my [Anna] is at home with us", ["Anna"]),
    ("shop of a town", "is the [Berlin] shop open", NOTHING),
    ("town", "do you deliver to [Madrid] too", NOTHING),
    ("country", "how long to [Belgium] is it", NOTHING),
    ("town of two words", "I live in [San Francisco] now", NOTHING),
    ("town that is a given name", "I live in [Florence] now", NOTHING),
    ("given name that is a town", "I talked to [Florence] about it", ["Florence"]),
    ("town as a surname", "I met [Anna Berlin] today", ["Anna Berlin"]),
    ("town after a cue", "a table under [Berlin] please", ["Berlin"]),
    ("holiday", "open on [Easter Monday] or not", NOTHING),
    ("half a holiday", "open on [Easter] Monday or not", NOTHING),
    ("weekday", "not before [Tuesday] please", NOTHING),
    ("brand", "can I pay with [Klarna]", NOTHING),
    ("brand and more", "I have an [Amazon Echo] and it is broken", NOTHING),
    ("carrier", "[Hermes] left it with a neighbour", NOTHING),
    ("brand that is a given name", "I talked to [Otto] about it", ["Otto"]),
    ("unit", "does it have 16 [GB RAM] or more", NOTHING),
    ("called", "you can call me [Meadow]", ["Meadow"]),
    ("title", "I spoke to Mr. [Madrid]", ["Madrid"]),
    ("German nouns", "Der Tisch wackelt und die [Schrauben fehlen]", NOTHING),
    ("German question", "[Können Sie] mir die Rechnung schicken?", NOTHING),
    ("German noun that is a surname", "Die Lampe hat einen [Kratzer] am Schirm", NOTHING),
    ("German surname", "Ich warte auf [Hoffmann] und sein Paket", ["Hoffmann"]),
    ("German given name", "Ich habe mit [Peter] gesprochen", ["Peter"]),
    ("German, two unlisted capitals", "Ich habe mit [Zbylut Krawczonka] gesprochen", ["Zbylut Krawczonka"]),
    ("German, after a cue", "Ich habe mit Frau [Krawczonka] gesprochen", ["Krawczonka"]),
    ("German, words between capitals", "Ich will [Nussbaum statt Kiefer] für den Tisch", NOTHING),
    ("French question", "[Quelle] est la politique de retour ?", NOTHING),
    ("French words", "Ma carte a été refusée hier [soir]", NOTHING),
    ("French town", "Où se trouve votre [magasin à Lyon] ?", NOTHING),
    ("French country", "La livraison en [Belgique] est chère", NOTHING),
    ("French name", "Le colis a été remis à [Camille]", ["Camille"]),
    ("French, unlisted inside", "Le colis a été remis à [Krawczonka] hier", ["Krawczonka"]),
    ("Spanish words", "Quiero devolverla porque no me [gusta el] color", NOTHING),
    ("Spanish town", "¿Tienen tiendas en [Madrid]?", NOTHING),
    ("Italian words", "Il tavolo è [troppo grande] per la cucina", NOTHING),
    ("Italian word that is a name", "Mia madre cerca una seduta più [alta].", NOTHING),
    ("Italian in small letters", "ho parlato con [anna] del mio ordine", ["anna"]),
    ("Dutch article", "[De stoel] is beschadigd aangekomen.", NOTHING),
    ("Portuguese words", "Não consigo entrar na [minha conta].", NOTHING),
]


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the brackets away and say what stood between them."""
    plain, spans = "", []
    for part in re.split(r"(\[[^\]]*\])", text):
        inner = part.strip("[]")
        if part.startswith("["):
            spans.append((len(plain), len(plain) + len(inner)))
        plain += inner
    return plain, spans


@pytest.mark.parametrize(("text", "left"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_what_is_left(text: str, left: list[str]) -> None:
    plain, spans = marked(text)
    assert spans
    assert [plain[start:end] for start, end in sober_spans(plain, spans, listed)] == left


def test_nothing_in_nothing_out() -> None:
    assert list(sober_spans("I met Anna", [], listed)) == []
    assert list(sober_spans("", [(0, 0)], listed)) == []


LANGUAGES = [
    ("en", "where is my order"), ("de", "wo ist meine bestellung"), ("fr", "où est ma commande"),
    ("es", "¿ dónde está mi pedido"), ("it", "dov'è il mio ordine"), ("nl", "waar is mijn bestelling"),
    ("pt", "onde está a minha encomenda"), ("", "krawczonka"), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), LANGUAGES, ids=[row[0] + row[1][:5] for row in LANGUAGES])
def test_the_language_of_a_text(language: str, text: str) -> None:
    assert guess(text.split()) == language
