"""Names of people where a word announces them: "my name is", a title, a signature. Others are not found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}(?:{_LETTER}|['’.-](?={_LETTER}))*"
_NAME = rf"{_WORD}(?: (?:{_LETTER}\.|{_WORD})){{0,3}}"
_STRONG = re.compile(
    rf"\b(?:my (?:full |first |last )?name(?: is|'s|’s|:)|i(?: a|'|’)m called|name\s?: ?|mein name ist|ich hei(?:ß|ss)e"
    rf"|je m['’]appelle|mon nom est|me llamo|mi nombre es|mi chiamo|il mio nome è|mijn naam is|ik heet"
    rf"|(?:o )?meu nome é|chamo-me)[ ,]+({_NAME})",
    re.IGNORECASE,
)
_CASED = re.compile(
    rf"(?:\b[Tt]his is ({_NAME}) (?:here|speaking|calling|again|from)\b)"
    r"|(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme|Monsieur|Madame|Sra?|Señora?|Signora?|Mevrouw|Meneer)\b\.? "
    rf"({_NAME}))"
    r"|(?:\b(?:[Rr]egards|[Ss]incerely|[Cc]heers|[Tt]hanks|[Tt]hank you|[Gg]rüße|[Cc]ordialement|[Ss]aludos)"
    rf"[,.!]?\s*\n\s*({_NAME})\s*$)"
)
_STOP_WORDS = """
 a about account actually again already also am an and are as at because been being but by called can card
changed correct did do does for from had has have here how i if in incorrect into is it its just misspelled
missing my need no not now of on or order please printed really registered should since so spelled spelt still
that the then there this to too under want was we what when where which who why will with without would wrong
you your
"""
_PLAIN = frozenset(_STOP_WORDS.split())
_PARTICLE_WORDS = """van von der den de la le du di da dos del el al bin ibn ter ten zu zum"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())


def find(text: str) -> Iterator[Match]:
    """Yield names after a cue. After "my name is" lower case counts too, as people write in chats."""
    for found in _STRONG.finditer(text):
        start = found.start(1)
        length = _length(found.group(1), lower=True)
        if length:
            yield Match(start, start + length, "NAME", 0.8)
    for found in _CASED.finditer(text):
        group = found.lastindex or 0
        length = _length(found.group(group), lower=False)
        if length:
            yield Match(found.start(group), found.start(group) + length, "NAME", 0.75)


def _length(words: str, *, lower: bool) -> int:
    """Length of the leading part of ``words`` that reads as a name; 0 for none."""
    end = position = 0
    capital = words[:1].isupper()
    for taken, word in enumerate(words.split(" ")):
        plain = word.casefold().rstrip(".")
        if plain in _PLAIN or (taken and capital and not word[0].isupper() and plain not in _PARTICLES):
            break
        if not word[0].isupper() and not lower and plain not in _PARTICLES:
            break
        if taken == 2 and not capital:
            break
        position += len(word) + (taken > 0)
        end = end if plain in _PARTICLES else position
    return end


DETECTOR = Detector(labels=("NAME",), find=find, loose=True)
