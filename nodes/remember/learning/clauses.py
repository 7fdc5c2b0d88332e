"""A message in clauses that state something of the one who writes: no questions, no ifs, no words of others. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from frontdesk.nodes.quoted import own_words

LONGEST: Final = 2000
"""Characters of a message that are read: people introduce themselves briefly, and pasted texts are long."""

_QUOTED = re.compile(r"\"[^\"\n]{3,}\"|“[^”\n]{3,}”|„[^“”\n]{3,}[“”]|«[^»\n]{3,}»|(?<!\w)['‘][^'’\n]{8,}['’](?!\w)")
_BLANKS = re.compile(r"[^\S\n]+")
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\S)[^.!?\n]+)*[.!?]*|\n")
_ABBREVIATED = re.compile(r"\b(?:no|nr|st|mr|mrs|ms|dr|ca|approx|e\.g|z\.B|resp)\.$", re.I)
_SUBJECT = (
    r"(?:i|i['’]?(?:m|ve|d|ll)|we|we['’]?(?:re|ve|d|ll)|you|he|she|they|it|it['’]s|there|my|our"
    r"|your|please|can|could|do|does|is"
    r"|are|will|would|how|what|when|where|which|why|who|ich|wir|mein\w*|unser\w*|bitte|je|j['’]\w+"
    r"|nous|mon|ma|mes|notre|nos|yo"
    r"|vivo|tengo|mi|mis|nuestr\w+|io|abito|vivo|ho|mio|mia|ik|wij|we|mijn|eu|moro|tenho|meu|minha"
    r"|not|no longer|actually|now"
    r"|instead|never|always|kannst|können|könnt)"
)
_CUT = re.compile(
    rf"\s*(?:[;:()–—]|,\s+(?=(?:and|but|so|und|aber|et|mais|y|pero|e|ma|en|maar|mas)?\s*{_SUBJECT}\b)"
    rf"|,?\s+\b(?:and|but|so|because|since|although|und|aber|denn|weil|et|mais|donc|y|pero|porque"
    rf"|e|ma|perché|en|maar|want|mas)\b"
    rf"\s+(?={_SUBJECT}\b))\s*",
    re.I,
)
_ASKS = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|and|but|or|ok|well|sorry)\W+)*(?:am i|are we|do (?:i|we|you|they)|did i|have "
    r"i|has|is|are|was|were|can|could"
    r"|does|did|will|would|should|shall|may i|might|must|how|what|"
    r"when(?! (?:i['’]?m|i am|we['’]?re|we are) (?:out|away|not)\b| (?:nobody|no one)\b)"
    r"|where|which|why|who|whose|whether|had i|were i"
    r"|bin ich|habe ich|wohne ich|kann|können|könnt\w*|soll|ist|sind|hat|wie|was|wann|wo|warum|wer|welche\w*|ob"
    r"|est-ce|suis-je|peu[xt]|pouvez|comment|quand|où|pourquoi|qui|quel\w*|soy yo|puedo|puede|cómo"
    r"|cuándo|dónde|por qué|qué"
    r"|posso|può|come|quando|dove|perché|chi|ben ik|heb ik|kan|hoe|wanneer|waar|waarom|wie|posso|pode|como|onde)\b",
    re.I,
)
_SUPPOSES = re.compile(
    r"\b(?:if(?! (?:possible|you (?:can|could|don['’]?t mind)|that['’]?s (?:ok|okay|fine|possible)"
    r"|nobody|no one|no-one|i['’]?m (?:out|not|away))\b)"
    r"|whether|unless|suppose|supposing|imagine|pretend|what if|as if|as though|had i|were i|in "
    r"case|let['’]?s say|say i"
    r"|wenn|falls|ob|angenommen|stell dir vor|würde\w*|wäre\w*|hätte\w*|könnte|si(?! possible| "
    r"posible)|supposons|imaginons"
    r"|supongamos|imagina|viviera|fuera|tuviera|se (?!possibile)|supponiamo|fossi|avessi|als (?:ik"
    r"|we|wij)|stel dat|zou|caso|fosse|tivesse)\b"
    r"(?!\s+zu\b)",
    re.I,
)
_UNSURE = re.compile(
    r"\b(?:maybe|perhaps|probably|possibly|might|could be|would|wouldn['’]?t|i['’]?d|i think|i "
    r"guess|i suppose|i believe|not sure"
    r"|unsure|considering|thinking (?:of|about)|planning|plan to|hope|hoping|wish|dream\w*|nearly"
    r"|almost|someday|one day|going to"
    r"|about to|will|['’]ll|want to|soon|next (?:week|month|year)|kind of|sort of|allegedly|supposedly"
    r"|for example|e\.g|joking|kidding"
    r"|vielleicht|wahrscheinlich|eventuell|möglicherweise|glaube|werde|werden|will|möchte|bald"
    r"|peut-être|probablement|je pense|je crois"
    r"|bientôt|je vais|nous allons|quizás|quizá|tal vez|creo|voy a|vamos a|pronto|forse|probabilmente"
    r"|credo|penso|presto|misschien"
    r"|waarschijnlijk|denk|ga|binnenkort|talvez|provavelmente|acho|vou|em breve)\b",
    re.I,
)
_REPORTED = re.compile(
    r"(?<!\bi )(?<!\bi've )(?<!\bi have )\b(?:says|said|say|tells|told|claims?|claimed|thinks|thought"
    r"|believes|wrote|writes|reads"
    r"|according to|heard|sagt|sagte|schreibt|behauptet|meint|laut|dit|disait|prétend|selon|dice"
    r"|dijo|según|ha detto|secondo|zegt|zei"
    r"|volgens|diz|disse|segundo)\b",
    re.I,
)
_WANTED = re.compile(
    r"\b(?:prefer|rather|like|please|bitte|lieber|bevorzuge|préfère|prefiero|preferisco|liever|prefiro)\b", re.I
)
_KEEP_OUT = re.compile(
    r"\b(?:(?:don['’]?t|do not|never|needn['’]?t|no need to|not to|stop|nicht|bitte nicht|ne)\W+(?:\w+\W+){0,2}?"
    r"(?:remember|note|save|store|keep (?:a note|in mind|that)|write (?:this|that|it) down|merken"
    r"|speichern|retenir|enregistr\w+)"
    r"|forget (?:that|about|my|this|it|the|what|everything|all)|off the record|between us|vergiss"
    r"|vergessen sie|oubli\w+|olvid\w+"
    r"|dimentica\w*|vergeet|esque[çc]\w+)\b",
    re.I,
)
_SECRET = re.compile(
    r"<(?:CARD|SECRET|IBAN|BANK|ACCOUNT|NATIONAL_ID|PASSPORT|LICENCE|TOKEN|PASSWORD)[A-Z_]*_\d+>"
    r"|\b(?:password|passcode|passwort|pin(?:\s?code)?"
    r"|cvv|cvc|iban|sort code|api key|mot de passe|contraseña|wachtwoord|senha|one-time code|security "
    r"code|card number)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement."""

    text: str
    wish: bool
    """Whether it asks for something to be done in a certain way, so that "would" and "like" are no doubt."""


def withheld_by_wish(text: str) -> bool:
    """Whether the customer asks that this message is not kept, or is about what is kept."""
    return _KEEP_OUT.search(text) is not None


def statements(text: str) -> Iterator[Clause]:
    """Yield what a masked message states of its writer.

    Args:
        text: The customer's message of this turn.

    Yields:
        Clauses in order. Nothing of what they quote, ask, suppose, doubt, or repeat of others; nothing beside a secret
        or payment data; nothing at all of a message that asks not to be kept.
    """
    # runs of blanks cost the expressions below time in the third power of their length
    own = _BLANKS.sub(" ", _QUOTED.sub(" ", own_words(text[:LONGEST])))
    if withheld_by_wish(own):
        return
    for sentence in _sentences(own):
        if _SECRET.search(sentence) or _SUPPOSES.search(sentence):
            continue
        yield from _clauses(sentence)


def parts(text: str) -> Iterator[str]:
    """Yield all clauses of a text, whatever they do; signs alone are none."""
    for sentence in _sentences(_BLANKS.sub(" ", text)):
        yield from (part for part in _parts(sentence) if re.search(r"\w", part))


def _parts(sentence: str) -> list[str]:
    return [part.strip() for part in _CUT.split(sentence) if part and part.strip()]


def _clauses(sentence: str) -> Iterator[Clause]:
    asked = sentence.rstrip().endswith("?")
    said = _parts(sentence)
    for place, part in enumerate(said):
        if _ASKS.match(part):
            return
        if asked and place == len(said) - 1:
            return
        wish = _WANTED.search(part) is not None
        if _REPORTED.search(part):
            return
        if wish or not _UNSURE.search(part):
            yield Clause(part, wish)


def _sentences(text: str) -> Iterator[str]:
    held = ""
    for match in _SENTENCE.finditer(text):
        held += match[0]
        if not _ABBREVIATED.search(held.strip()):
            yield held
            held = ""
    if held:
        yield held


__all__ = ["Clause", "parts", "statements", "withheld_by_wish"]
