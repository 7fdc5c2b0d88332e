"""Numbers as people spell them out, in seven languages: word to digits. "Double" and its like repeat the next digit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_UNITS = """
0 zero oh nought naught null nul cero
1 one eins ein eine un une uno una um uma een
2 two zwei zwo deux dos due dois duas twee
3 three drei trois tres tre drie
4 four vier quatre cuatro quattro quatro
5 five funf fuenf cinq cinco cinque vijf
6 six sechs seis sei meia zes
7 seven sieben sept siete sette sete zeven
8 eight acht huit ocho otto oito
9 nine neun neuf nueve nove negen
"""
_TEENS = """
10 ten zehn dix diez dieci dez tien
11 eleven elf onze once undici
12 twelve zwolf zwoelf douze doce dodici doze twaalf
13 thirteen dreizehn treize trece tredici treze dertien
14 fourteen vierzehn quatorze catorce quattordici catorze veertien
15 fifteen funfzehn fuenfzehn quinze quince quindici vijftien
16 sixteen sechzehn seize dieciseis sedici dezasseis dezesseis zestien
17 seventeen siebzehn diecisiete diciassette dezassete dezessete zeventien
18 eighteen achtzehn dieciocho diciotto dezoito achttien
19 nineteen neunzehn diecinueve diciannove dezanove dezenove negentien
"""
_TENS = """
20 twenty zwanzig vingt veinte venti vinte twintig
30 thirty dreissig trente treinta trenta trinta dertig
40 forty fourty vierzig quarante cuarenta quaranta quarenta veertig
50 fifty funfzig fuenfzig cinquante cincuenta cinquanta cinquenta vijftig
60 sixty sechzig soixante sesenta sessanta sessenta zestig
70 seventy siebzig septante setenta settanta zeventig
80 eighty achtzig huitante octante ochenta ottanta oitenta tachtig
90 ninety neunzig nonante noventa novanta negentig
"""
_TWICE = """
double doppel doppelt zweimal dobro dobbel doble dubbel doppio doppia
"""
_THRICE = """
triple treble dreimal dreifach tripel triplo tripla
"""
REPEAT = {
    **dict.fromkeys(_TWICE.split(), 2),
    **dict.fromkeys(_THRICE.split(), 3),
}
"""How often the number after the word is meant."""
_SIGN_LIST = """
dash minus hyphen space blank dot point slash stroke strich bindestrich leerzeichen punkt schragstrich tiret
espace barra guion espacio punto trattino spazio hifen ponto traco streepje spatie
"""
SIGNS = frozenset(_SIGN_LIST.split())
"""Words for what stands between digits."""
_THEN_LIST = """
then dann puis luego poi depois dan
"""
THEN = frozenset(_THEN_LIST.split())
_JOINT_LIST = """
and und et y e en
"""
JOINTS = frozenset(_JOINT_LIST.split()) | THEN
"""Words between two parts of a number that add nothing."""


def _lines(table: str) -> Iterator[tuple[str, list[str]]]:
    for line in table.strip().splitlines():
        digits, *words = line.split()
        yield digits, words


def _fused() -> Iterator[tuple[str, str]]:
    units = {word: digit for digit, words in _lines(_UNITS) for word in words if digit != "0"}
    columns = _lines(re.sub(" fourty| fuenfzig| octante", "", _TENS))
    for ten, (english, german, _, _, italian, *_, dutch) in columns:
        for unit, digit in units.items():
            number = ten[0] + digit
            yield f"{unit}und{german}", number
            yield f"{unit}en{dutch}", number
            yield f"{english}{unit}", number
            yield (italian[:-1] if unit in ("uno", "otto") else italian) + unit, number
            yield f"veinti{unit}", "2" + digit


def _all() -> Iterator[tuple[str, str]]:
    yield from _fused()
    for table in (_UNITS, _TEENS, _TENS):
        for digits, words in _lines(table):
            yield from ((word, digits) for word in words)


NUMBERS = dict(_all())
"""Word, lower case and without accents, to its digits."""
_GLUED = re.compile(r"(?:zero|one|two|three|four|five|six|seven|eight|nine){4,}")
_ENGLISH = re.compile(r"zero|one|two|three|four|five|six|seven|eight|nine")


WORDS = frozenset(NUMBERS)
RELEVANT = WORDS | SIGNS | JOINTS | frozenset(REPEAT)
"""All words that mean something inside a number."""
LONGEST = 12
"""Letters from which a word may be several digits written without spaces; the shortest is "sixsixsixsix"."""


def plain(word: str) -> str:
    """Return a lower-case word without accents, ß as ss."""
    if word.isascii():
        return word
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return bare.replace("ß", "ss")


def spelled(word: str) -> str:
    """Return the digits that a lower-case word spells ("seven", "siebzehn", "fouroneone"); empty for other words."""
    bare = plain(word)
    if bare in NUMBERS:
        return NUMBERS[bare]
    if len(bare) >= LONGEST and _GLUED.fullmatch(bare):
        return "".join(NUMBERS[part] for part in _ENGLISH.findall(bare))
    return ""
