"""The forms in which a value that is known may be written again: folded letters, umlauts, parts, dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from frontdesk.nodes.scrub.dates import DATE, date_parts

RELAXED = frozenset(("ADDRESS", "EMAIL"))
"""Labels of values with words in them, where another spelling of an umlaut is the same value."""
_NOISE = re.compile(r"[\W_]+")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BEFORE_WORDS = """
am is im i'm it's name names called for to hi hello hey dear mr mrs ms miss from by with regards thanks cheers sincerely
love best yours me ich bin heisse heiße hallo liebe lieber gruß grüße suis bonjour cher chère soy hola sono ciao ik ben
"""
BEFORE = frozenset(_BEFORE_WORDS.split())
"""Words after which a name in small letters is one, in a text without capitals."""
PRESENTED = re.compile(
    r"(?<![^\W_])(?:i['’]?m|i am|name is|this is|it['’]s|dear|hi|hello|hey|mrs?|ms|miss|mx|dr|regards|cheers|sincerely"
    r"|yours|wishes|thank(?:s| you)|called|signed|call me|ask for|speak (?:to|with)|ich bin|herr|frau|gr[uü](?:ß|ss)en?"
    r"|je suis|soy|sono|ik ben)\.?[ ,]{0,2}\n?\s{0,2}\Z"
)
"""Words in small letters right before a name that is an ordinary word, too."""
ENDED = re.compile(r"\s*(?:\Z|[.,;:!?)\n]|(?:and|here|again|from|speaking|calling|at)\b)")
"""What follows such a name: a sentence that goes on otherwise has the word as a verb or a noun."""
INITIALLED = re.compile(r"[^\W\d_]\.\s?[^\W\d_]")
_LINE = re.compile(r"[,;\n]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss"})
_WRITTEN_OUT = re.compile(r"([aou])e|aa")
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"}
_LEAST_LINE = 6
"""Letters and digits of a part of an address that is looked for alone."""
_TITLE_WORDS = """
mr mrs ms miss dr prof herr frau mme monsieur madame sr sra señor señora signor signora sir
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_HOMOGRAPHS = """
abbey able ace al alba amber ana anders angel archer art ash ashes aurora autumn bailey baker bank banks barber basil
bauer bay bean beau bell bello berg best bianca bianchi bill bird bishop black blanc blanco blue bond booth bradley
braun bridge bright brook brooks brown bush butcher butler buzz candy carpenter carter case cash castle chance charity
chase church clay cliff close cloud cole colt cook cooper corn cruz crystal da daisy dale dash dawn day de dean dee
den der destiny di diamond dolores don drew du duke dusty earl east ebony eden engel eve faith farmer ferrari field
fields finn fisher fleming flint flora flores flower ford forest foster fox frank free french fuller gardener gay gem
gene ginger glass glen gold good grace grand grant gray green grey gross guy hall happy harmony harper hart harvest
hazel heath heather heaven herb herbst hill hills holiday holly honey hope house hunt hunter ice iris iron ivory ivy
jack jade jasmine jay jean jet jewel job joy judge june justice kay keen key king kitty klein knight koch kurz la lake
lamb land lane lang lark laurel law le leal lee leon levy lily little long love luck lucky luna luz major mann mar
march marina mark marsh marshall mason max may meier mercury mercy merry miles mill miller mills mint misty moon moor
moore more moss myrtle new nice nick noble north not nova oak ocean olive opal orange page paige paint palmer paris
park parker parks parson pat patience patty paz pearl penny pepper perry petit phoenix piper pitt poet pond pool pope
porter post potter power powers presley price prince queen rain ray read reed reef reyes rich richter rick ridge ring
rob robin rock rocky rod roi rosa rose rosemary rossi roth rubio ruby rush rusty sage sales sandy savage scarlet
schwarz scott sea sergeant shade shell shepherd ship short sierra silver skip sky small smart smith snow sol sommer
son sonny south sparrow spencer spring star stark steel stella stephens sterling stern stock stone storm story street
strong sue sugar summer summers sunny swan sweet tanner tate taylor teal temple terry thorn tiger tom tony town trip
true tucker turner vale van victor victory viola violet virginia von wade walker wall walls ward warden waters weaver
webb weiss wells west white wild will winter wise wolf wood woods wren wright young zen
"""
HOMOGRAPHS = frozenset(_HOMOGRAPHS.split())
"""Names that are words as well: such a name alone is not looked for, only together with the rest of the full name."""


@lru_cache(maxsize=2048)
def _letter(char: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
    return "".join(_LETTERS.get(part, part) for part in bare if part.isalnum())


def folded(low: str) -> str:
    """Return letters and digits alone, without accents, of a lower-case text."""
    return _NOISE.sub("", low) if low.isascii() else "".join(map(_letter, low))


def needles(value: str, *, spelling: bool) -> list[str]:
    """Return what to look for in a folded text: the folded value, and other spellings of its umlauts.

    Args:
        value: In any case.
        spelling: Whether "Müller", "Mueller" and "Muller" are the same.
    """
    low = value.lower()
    plain = folded(low)
    found = [plain]
    if spelling and not low.isascii():
        found.append(folded(low.translate(_UMLAUTS)))
    if spelling and _WRITTEN_OUT.search(plain):
        found.append(_WRITTEN_OUT.sub(lambda pair: pair.group(1) or "a", plain))
    return list(dict.fromkeys(filter(None, found)))


def name_parts(name: str) -> list[str]:
    """Return the words of a full name without titles."""
    return [part for part in _PART.findall(name) if part.lower() not in _TITLES]


def lines(address: str) -> Iterator[str]:
    """Yield the parts of an address, split at commas and line ends, that say something alone: words with a number."""
    parts = _LINE.split(address)
    for part in parts if len(parts) > 1 else ():
        plain = folded(part.lower())
        if len(plain) >= _LEAST_LINE and not plain.isdigit() and any(map(str.isdigit, plain)):
            yield part.strip()


def dialled_at_home(phone: str) -> Iterator[str]:
    """Yield a telephone number given with ``+`` as it is dialled inside its country: ``07700 900042``."""
    if phone.startswith("+"):
        import phonenumbers  # noqa: PLC0415 - the metadata is loaded by the detector, not by this module's import

        try:
            parsed = phonenumbers.parse(phone, None)
        except phonenumbers.NumberParseException:
            return
        yield phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def dates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of all dates with a year, in any written form."""
    yield from (found.span() for found in DATE.finditer(text))


def date_form(value: str) -> tuple[int, ...]:
    """Return day, month and year of two digits, sorted: the same for every order and form of one date."""
    return tuple(sorted(part % 100 for part in date_parts(value)))
