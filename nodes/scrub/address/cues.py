"""Words that announce an address, in several languages: a word, and what must follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.nodes.scrub.address.tokens import Shape


class Cue(NamedTuple):
    """Where what was announced begins."""

    end: int
    strong: bool
    """Whether an address follows with little doubt: "my address is" against "send it to"."""


class _Rest(NamedTuple):
    """What must follow one of some words."""

    words: str
    pattern: str
    strong: bool


_IS = (
    r"(?: of order #?\d{3,9})?(?:[ ,]{1,2}(?:is|was|will be|would be|should be|has changed to|changed to|change to"
    r"|change it to|to|from|now|are|ist|lautet|nun|jetzt|est|es|è|é|zu|op|at|in|nach|new|my|the|currently|as|follows"
    r"|below|please|use|a)){0,4}"
)
_SOME = r"(?: [\w'’#-]{1,20}){0,7}?"
_RESTS = (
    _Rest(
        """address addresses adresse adres dirección direccion indirizzo endereço morada anschrift lieferadresse
        rechnungsadresse wohnadresse lieferanschrift rechnungsanschrift wohnanschrift domicilio domicile""",
        rf"{_IS}\s{{0,2}}(?:[:=-]|\?)?(?: ?(?:it is|it'?s))?\s{{1,4}}",
        True,
    ),
    _Rest(
        "live lives lived living reside resides resided residing stay stays stayed staying",
        r"(?: now| currently| here| there)? (?:(?:on|at|in) the (?:north|south|east|west|left|right|other) side of"
        r"|at|in|on|near|just off|opposite|over)(?: the| number| no\.?)? ",
        True,
    ),
    _Rest("move moved moving relocated relocating", r" (?:house )?(?:to|from|into|out of) ", True),
    _Rest(
        "wohne wohnt wohnen lebe umgezogen umziehe ziehe",
        r"(?: jetzt| nun| ab)? (?:in|an|am|auf|nach|bei)(?: der| dem| die)? ",
        True,
    ),
    _Rest(
        "habite habitons j'habite déménagé réside demeure",
        r"(?: maintenant)?(?: (?:au|à|aux|dans|sur|en))?(?: la| le| l')? ",
        True,
    ),
    _Rest(
        "vivo vivimos vive resido mudado moro mora abito abitiamo woon wonen verhuisd bor",
        r" (?:en|em|na|no|a|al|in|op|aan|naar|på|i|à)(?: la| el| de| het)? ",
        True,
    ),
    _Rest(
        """deliver delivery delivered delivering delivers ship shipped shipping shipment ships send sent sending sends
        post posted mail mailed forward forwarded return returned redirect redirected courier dispatch dispatched bring
        taxi cab uber lift ride drive headed going picked pick pickup collect collected collection change update come
        coming came get got went travel travelling walk walking walked invite invited""",
        rf"{_SOME} (?:to|at|from|in)(?: the)?:? ",
        False,
    ),
    _Rest(
        """meet meeting arrive arrived located based stop stopped drop dropped house home office offices shop store
        place flat apartment it's its it i i'm we we're""",
        r"(?: [\w'’]{1,12}){0,3}? (?:at|in|on|off at|outside|near)(?: the)? ",
        False,
    ),
    _Rest("following refers known", r"(?: to| as)?[?:]? ", False),
    _Rest(
        "liefern liefere liefert lieferung geliefert schicken schicke schickt senden sende sendet",
        rf"{_SOME} (?:an|nach|in|zu)(?: die| der)?:? ",
        False,
    ),
    _Rest("livrer livrez livraison livré envoyer envoyez envoyé", rf"{_SOME} (?:au|à|chez|dans):? ", False),
    _Rest(
        """enviar enviad envíe envíen envío enviado envie entregar entrega mandar mandare manda spedire spedisci
        spedizione""",
        rf"{_SOME} (?:a|en|para|na|in|al):? ",
        False,
    ),
)
_CUES = {word: (re.compile(rest.pattern, re.IGNORECASE), rest.strong) for rest in _RESTS for word in rest.words.split()}
_CORNER = re.compile(
    r"\b(?:the )?(?:corner|intersection|junction|crossing) (?:of|between) |\b(?:an der )?ecke (?:von |der )?"
    r"|\bà l'angle de (?:la )?|\besquina de |\bangolo (?:di |tra )|\bhoek van (?:de )?",
    re.IGNORECASE,
)
_CORNER_HINTS = frozenset(
    {"corner", "intersection", "junction", "crossing", "ecke", "l'angle", "esquina", "angolo", "hoek"}
)


def cues(seen: Shape) -> Iterator[Cue]:
    """Yield where an announced address may begin."""
    if seen.small.isdisjoint(_CUES):
        return
    for word, end in zip(seen.words, seen.ends, strict=True):
        cue = _CUES.get(word.lower())
        rest = cue[0].match(seen.text, end) if cue else None
        if cue and rest:
            yield Cue(rest.end(), cue[1])


def corners(text: str, small: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the span of words such as "the corner of" in a text whose words in small letters are ``small``."""
    if not small.isdisjoint(_CORNER_HINTS):
        for found in _CORNER.finditer(text):
            yield found.span()
