"""Names of people where words announce them: "my name is", "under the name", a title, a greeting, a signature.

Names that nothing announces are the sequence model's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match

_LETTER = "(?:[^\\W\\d_]|[\u0300-\u036f])"
_WORD = rf"{_LETTER}(?:{_LETTER}|['’.-](?={_LETTER}))*"
_NAME = rf"{_WORD}(?: (?:{_LETTER}\.|{_WORD})){{0,4}}"

_SAID = (
    r"my (?:(?:full|first|last|given|family|middle|maiden|married|real|correct|new) )?name(?: is|'s|’s| was|:)",
    r"my surname(?: is|'s|’s|:)|the name(?: is|'s|’s)|name(?:'s|’s)|(?:first|last|family) ?name(?: is|:)?|use the name",
    r"i(?: a|'|’)m (?:called|known as)|i (?:usually )?go by|(?:people|friends|they|everyone|everybody) calls? me",
    r"mein (?:vor|nach)?name(?: ist|:)|ich hei(?:ß|ss)e|ich werde \w+ genannt",
    r"je m['’]appelle|mon (?:pr[ée])?nom(?: de famille)? est|on m['’]appelle",
    r"me llamo|mi (?:nombre|apellido) es|me dicen",
    r"mi chiamo|il mio (?:nome|cognome) (?:è|e['’])|mi chiamano",
    r"mijn (?:voor|achter)?naam is|ik heet|ze noemen me",
    r"(?:o )?meu (?:nome|sobrenome|apelido) é|chamo-me|me chamo",
)
"""A person says the own name: what follows is one, in whatever case."""
_KEPT_UNDER = (
    r"(?:under|in|on|with|for) (?:the |my )?(?:(?:first|last|full|sur) ?)?name(?: of| is|:)?|under the surname",
    r"(?:listed|booked|made|registered|reserved|placed|filed|saved|it(?:'s|’s| is| was)) under"
    r"(?: (?:the |my )?(?:(?:first|last|full|sur) ?)?name(?: of)?)?",
    r"(?:auf|unter) (?:den|dem) namen|läuft auf|au nom de|(?:a|en) nombre de|a nome(?: di)?|op (?:de )?naam(?: van)?",
    r"(?:em|no) nome de",
)
"""Something is kept under a name: in whatever case too, with more words that are none."""
_FIELD = re.compile(
    r"(?:^|(?<=[\n>;|,(\"{]))[ \t>*-]*\"?(?:(?:full|first|last|given|family|middle|maiden|contact|customer|client|guest"
    r"|passenger|patient|recipient|sender|card ?holder|account ?holder|your|billing|shipping|reservation|booking|legal)"
    r"[ _]?)?(?:(?:sur|fore)?name(?:s|n)?|cardholder|account ?holder|recipient|contact person|attn|attention|signed"
    r"|(?:vor|nach|familien)name|(?:konto|karten)inhaber(?:in)?|(?:empfäng|absend)er(?:in)?|ansprechpartner(?:in)?"
    r"|(?:pr[ée])?nom(?: de famille)?|titulaire|destinataire|nombre(?: y apellidos?)?|apellidos?|titular"
    r"|destinat[aá]rio|nome(?: completo| e cognome)?|cognome|intestatario|sobrenome|(?:voor|achter)?naam"
    r"|rekeninghouder|ontvanger)\"?"
    rf"(?: on (?:the )?card)?[ \t]?[:=][ \t]*\"?({_NAME})",
    re.IGNORECASE,
)
_STRONG = re.compile(rf"\b(?:{'|'.join(_SAID)})[ ,:]+({_NAME})", re.IGNORECASE)
_UNDER = re.compile(rf"\b(?:{'|'.join(_KEPT_UNDER)})[ ,:]+({_NAME})", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:your|the|ihr|dein|votre|ton|tu|su|suo|tuo|uw|je|seu|o seu) (?:[a-z]+ )?"
    r"(?i:(?:sur|vor|nach|voor|achter)?na[ma]+e?|(?:pr[ée])?nom|nombre|apellidos?|nome|cognome|sobrenome)"
    r"(?: please)?[^?\n.]{0,24}\?[\s>-]*"
    rf"(?:(?i:user|customer|client|caller|me|kunde|guest) ?: ?)?({_NAME})"
)
_TITLE = (
    r"Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Professor|Sir|Madam|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Mademoiselle|Sra?|Sres"
    r"|Señora?|[Ss]eñora?|Don|Doña|Signora?|[Ss]ignora?|Sig|Dott|Dottor|Dottoressa|Mevrouw|mevrouw|Meneer|meneer|Dhr|Mevr"
    r"|Senhora?|[Ss]enhora?|Dona|Dra"
)
_CASED = re.compile(
    rf"(?:\b[Tt]his is ({_NAME}) (?:here|speaking|calling|again|from)\b)"
    rf"|(?:\b(?:{_TITLE})\b\.?(?: (?:Dr|Prof)\.?)* ({_NAME}))"
    r"|(?:\b(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Yy]ours|[Cc]heers|[Tt]hanks|[Tt]hank you|[Bb]est|[Gg]rü(?:ß|ss)en?"
    r"|MfG|LG|[Cc]ordialement|[Ss]aludos?|[Aa]tentamente|[Ss]aluti|[Gg]roet(?:en|jes)?|[Cc]umprimentos|[Oo]brigad[oa])"
    rf"[,.!]?[ \t]*\n\s*({_NAME})[ \t]*(?=\n|$))"
    r"|(?:(?:^|(?<=\n))(?:Dear|Hi|Hello|Hey|Liebe|Lieber|Hallo|Cher|Chère|Querid[oa]|Estimad[oa]|Car[oa]|Gentile|Beste"
    rf"|Geachte|Prezad[oa]|Bonjour|Hola|Ciao|Olá|Hoi|Salut) ({_NAME})(?=[ \t]*[,!:]|[ \t]*\n))"
)
_STOP_WORDS = """
 apartment appt apt box flat floor room suite unit
 a about account actually again agent all already also always am an and angry anymore any are as assistant at august
 back bank be because been being bill booking bot but by called can card caps changed colleagues correct could customer
 date day did different do does driver email error et everybody everyone evening family first folks for friday friends
 from full goes good guys had has have he hello her here hi his how human i if in incorrect informations into is it its
 june just kunde ladies last late later lunch madam madame manager may me men mine misprinted misspelled missing monday
 monsieur morning my name named names need new nicht night no none not note now number of off on only onto operator or
 order our out over party people person phone please possible printed problem question really refund registered
 representative reservation right same saturday second service shall she should since sir so someone somebody something
 spelled spelt still sunday support surname table team that the their them then there they thing this thursday time to
 today tomorrow tonight too tuesday two under unknown until up us user valid very want was we wednesday week well were
 what when where which who why will wife with without would wrong yes yet yesterday you your yours
 falsch geschrieben und ist nicht wie damen herren zusammen
 mal écrit faux tous équipe mesdames messieurs
 está mal escrito equivocado todos equipo señores
 sbagliato tutti scritto squadra
 verkeerd fout allemaal team heer heren
 errado todos equipe senhores
"""
_PLAIN = frozenset(_STOP_WORDS.split())
_PARTICLE_WORDS = """van von der den de la le du di da dos do del della el al bin ibn ben ter ten zu zum mc st y e"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_MOST, _MOST_LOWER = 5, 2
"""Words a name may have, and a name in lower case, beside its particles."""


def find(text: str) -> Iterator[Match]:
    """Yield names after words that announce them; after "my name is" in lower case too, as people write in chats."""
    for pattern, reason, lower, score in (
        (_STRONG, "says the own name", True, 0.8),
        (_UNDER, "kept under a name", True, 0.8),
        (_FIELD, "field of a form", True, 0.8),
        (_ASKED, "answer to a question", False, 0.8),
        (_CASED, "title, greeting or signature", False, 0.77),
    ):
        for found in pattern.finditer(text):
            group = found.lastindex or 0
            length = _length(found.group(group), lower=lower)
            end = found.start(group) + length
            # letters that a digit follows begin a code such as a reference, "registered under B4F2"
            if length and not text[end : end + 1].isdecimal():
                yield Match(found.start(group), end, "NAME", score, reason)


def _length(words: str, *, lower: bool) -> int:
    """Length of the leading part of ``words`` that reads as a name; 0 for none."""
    end = position = taken = 0
    capital = words[:1].isupper()
    most = _MOST if capital else _MOST_LOWER
    for index, word in enumerate(words.split(" ")):
        plain = word.casefold().rstrip(".")
        particle = plain in _PARTICLES
        small = not word[0].isupper()
        if plain in _PLAIN or taken == most or (small and not particle and (capital or not lower)):
            break
        position += len(word) + (index > 0)
        taken += not particle
        end = end if particle else position
    possessive = words[:end].endswith(("'s", "’s"))
    return end - 2 if possessive else end


DETECTOR = Detector(labels=("NAME",), find=find, loose=True)
