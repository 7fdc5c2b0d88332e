"""Numbers in words, 0 to 999 999, in English, German, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


def _words(text: str) -> list[str]:
    return text.split()


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(text.split())


_EN = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_ORDINAL = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_DE = _words(
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
)
_DE_ONE = _words("_ ein zwei drei vier fünf sechs sieben acht neun")
_DE_TENS = _words("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_FR = _words(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
)
_FR_TENS = _words("vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt")
_ES = _words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
)
_ES_TENS = _words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS = _words(
    "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_TOKEN = re.compile(r"[^\W\d_]+")
_MAX = 7
"""Tokens of the longest number below a thousand: "one hundred and twenty one" has 5, "quatre vingt dix neuf" 4."""
THOUSANDS = {"thousand": 1000, "tausend": 1000, "mille": 1000, "mil": 1000, "million": 1_000_000, "millones": 1_000_000}
ONES = frozenset(
    {"one", "ein", "eine", "einen", "einem", "einer", "eins", "un", "une", "uno", "una", "first", "second"}
)
"""Words that are mostly articles, pronouns or adverbs ("sign in first"): a number only before a unit."""
_FOREIGN = frozenset({"once", "sept", "cent", "mil", "mille", "neuf", "acht", "elf", "six", "cien", "second", "dos"})
"""Words that mean something else in another of the languages: taken only among words of their own."""
_ENGLISH = re.compile(r"\b(?:the|is|are|and|of|to|you|your|for|in|it)\b", re.IGNORECASE)
_OWN = frozenset({"six", "second"})


def _english() -> Iterator[tuple[str, int]]:
    small = dict(enumerate(_EN)) | {20 + 10 * at: tens for at, tens in enumerate(_EN_TENS)}
    for value in range(100):
        word = small.get(value) or f"{small[value // 10 * 10]} {small[value % 10]}"
        yield word, value
        for hundreds in range(1, 10):
            yield f"{small[hundreds]} hundred {word}" if value else f"{small[hundreds]} hundred", 100 * hundreds + value
            yield f"{small[hundreds]} hundred and {word}", 100 * hundreds + value
    yield from ((word, at) for at, word in enumerate(_EN_ORDINAL, 1) if word != "second")
    yield from (("a hundred", 100), ("dozen", 12), ("a dozen", 12), ("two dozen", 24), ("half a dozen", 6))
    yield from (("couple", 2), ("twice", 2), ("fortnight", 14))
    yield from (
        (f"{tens} {word}", 20 + 10 * at + one)
        for at, tens in enumerate(_EN_TENS)
        for one, word in enumerate(_EN_ORDINAL[:9], 1)
    )


def _german() -> Iterator[tuple[str, int]]:
    for value in range(100):
        if value < 20:
            word = _DE[value]
        else:
            tens = _DE_TENS[value // 10 - 2]
            word = tens if value % 10 == 0 else f"{_DE_ONE[value % 10]}und{tens}"
        for spelled in {word, word.replace("ß", "ss"), word.replace("ü", "ue").replace("ö", "oe")}:
            yield spelled, value
            for hundreds in range(1, 10):
                yield f"{_DE_ONE[hundreds]}hundert{spelled if value else ''}", 100 * hundreds + value
    yield from (("hundert", 100), ("dutzend", 12))


def _french() -> Iterator[tuple[str, int]]:
    for value in range(100):
        if value < 20:
            words = [_FR[value]]
        else:
            tens, one = value // 10, value % 10
            base = _FR_TENS[tens - 2]
            rest = one + 10 if tens in (7, 9) else one
            words = [f"{base} {_FR[rest]}", f"{base} et {_FR[rest]}"] if rest else [base, f"{base}s"]
        for word in words:
            even = word.replace("-", " ")
            yield even, value
            for hundreds in range(1, 10):
                start = "cent" if hundreds == 1 else f"{_FR[hundreds]} cent"
                yield f"{start} {even}", 100 * hundreds + value
                if value == 0:
                    yield from ((start, 100 * hundreds), (f"{start}s", 100 * hundreds))
    yield from (("douzaine", 12), ("quinzaine", 15))


def _spanish() -> Iterator[tuple[str, int]]:
    for value in range(100):
        if value < 30:
            word = _ES[value]
        else:
            tens = _ES_TENS[value // 10 - 3]
            word = tens if value % 10 == 0 else f"{tens} y {_ES[value % 10]}"
        yield word, value
        for at, hundreds in enumerate(_ES_HUNDREDS, 1):
            start = "ciento" if at == 1 and value else hundreds
            yield f"{start} {word}" if value else start, 100 * at + value
    yield "docena", 12


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    found: dict[str, int] = {}
    for word, value in (*_spanish(), *_french(), *_german(), *_english()):
        if word not in ("cent zéro",) and not word.endswith((" zero", " zéro", " cero")):
            found[word] = value
    return found


@lru_cache(maxsize=1)
def _starts() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _table())


def spelled(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, value) of every number in words.

    A lone word of these is yielded too (see :data:`ONES`); the caller knows whether a unit follows.
    """
    tokens = [(found.group().casefold(), found.start(), found.end()) for found in _TOKEN.finditer(text)]
    table, starts = _table(), _starts()
    if not any(word in starts for word, _, _ in tokens):
        return
    english = _ENGLISH.search(text) is not None
    at = 0
    while at < len(tokens):
        if tokens[at][0] not in starts:
            at += 1
            continue
        size, value = _longest(tokens[at : at + _MAX], table)
        word = tokens[at][0]
        if not size or (size == 1 and word in _FOREIGN and english is not (word in _OWN)):
            at += 1
            continue
        if at + size < len(tokens) and (times := THOUSANDS.get(tokens[at + size][0])):
            more, rest = _longest(tokens[at + size + 1 : at + size + 1 + _MAX], table)
            value, size = value * times + (rest if more else 0), size + 1 + more
        yield tokens[at][1], tokens[at + size - 1][2], value
        at += size


def _longest(tokens: list[tuple[str, int, int]], table: dict[str, int]) -> tuple[int, int]:
    """Return how many tokens from the first make up a number, and which; (0, 0) for none."""
    for size in range(len(tokens), 0, -1):
        value = table.get(" ".join(word for word, _, _ in tokens[:size]))
        if value is not None:
            return size, value
    return 0, 0


__all__ = ["ONES", "spelled", "words_of"]
