"""E-mail addresses, plain and disguised: "anna (at) mail dot com", "a n n a @ mail . com"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.view import seen

_LOCAL = r"(?<![\w.+])[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_PLAIN = re.compile(rf"{_LOCAL}\s?@{{1,2}}\s?(?:[^\W_](?:[\w-]{{0,62}}[^\W_])?\.)+[^\W\d_][\w-]{{1,23}}")
_NUMERIC_HOST = re.compile(rf"{_LOCAL}@\[?\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]?")
_QUOTED = re.compile(r"\"[^\"\s@][^\"\n@]{0,62}\"@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}", re.IGNORECASE)
_AT_LIST = """
at ät aet arobase arobas chiocciola arroba klammeraffe apestaartje apenstaartje snabel commat
"""
_AT_WORDS = _AT_LIST.split()
_DOT_LIST = """
dot punkt point punto ponto punt period dott
"""
_DOT_WORDS = _DOT_LIST.split()
_SIGN = rf"(?:{'|'.join(_AT_WORDS)})(?:[ -]sign| the rate(?: of)?)?"
_OPEN, _CLOSE = r"[\[({<|*'\"_-]{1,2}\s?", r"\s?[\])}>|*'\"_-]{1,2}"
_AT = rf"(?:{_OPEN}(?:{_SIGN}|@|a){_CLOSE}|\b{_SIGN}\b|@)\s{{0,2}}"
_DOT = rf"\s{{0,2}}(?:{_OPEN}(?:{'|'.join(_DOT_WORDS)}|\.|d){_CLOSE}|\b(?:{'|'.join(_DOT_WORDS)})\b)\s{{0,2}}"
_BREAKS = (
    r"\s(?:underscore|unterstrich|minus|dash|hyphen|bindestrich|tiret|gui[oó]n|trattino|plus|streepje|underline)\s"
)
_WORD = r"[a-z0-9][a-z0-9_+-]{0,62}"
_JOIN = rf"(?:\s?\.\s?|{_DOT}|{_BREAKS})"
_NAME = re.compile(rf"(?<![\w.'’]){_WORD}(?:{_JOIN}{_WORD}){{0,3}}\s{{0,2}}\Z", re.IGNORECASE)
_LONGEST_NAME = 130
_PROVIDER = (
    r"(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|proton(?:mail)?|gmx|web|aol|mail|libero|orange|t-online|msn"
    r"|me|posteo|mailbox|fastmail|zoho|yandex|qq|free|laposte|sfr|wanadoo|virgilio|tiscali|terra|sapo|ziggo"
    r"|kpnmail|example)"
)
_TOP = (
    r"(?:com|org|net|edu|gov|info|biz|io|co|me|app|dev|eu|de|at|ch|uk|fr|es|it|nl|be|pt|br|mx|us|ca|au|ie|pl|se|no|dk"
    r"|fi|in|jp|example|test)"
)
_HOST = rf"{_WORD}(?:{_BREAKS}{_WORD}){{0,2}}"
_SPELLED = re.compile(
    rf"{_AT}{_HOST}(?:{_DOT}{_WORD}){{0,2}}{_DOT}{_TOP}\b"
    rf"|{_AT}{_PROVIDER}\s?\.\s?{_TOP}(?:\s?\.\s?(?:uk|au|br|jp|nz|za|in|mx))?\b"
    rf"|@\s?{_HOST}(?:(?:{_DOT}|\s?[.,]\s?){_WORD}){{0,2}}(?:{_DOT}|\s?[.,]\s?|\s){_TOP}\b"
    rf"|{_OPEN}(?:{_SIGN}|@|a){_CLOSE}\s?{_WORD}(?:(?:\s?\.\s?|{_DOT}|{_BREAKS}){_WORD}){{0,2}}"
    rf"(?:\s?\.\s?|{_DOT})[a-z]{{2,10}}\b",
    re.IGNORECASE,
)
"""From the sign on: it is rarer than words, so the name before it is looked at only where a host follows."""
_LETTERS = re.compile(
    r"(?<![^\s<(\[\"':;,])(?:[\w.+-] {1,2}){2,40}(?:@|\(at\)|at) {0,2}(?:[\w.-] {1,2}){3,40}[\w-](?!\w)", re.IGNORECASE
)
_BEGUN = re.compile(r"(?<![\w.+-])(?=[\w.+-]{0,63}[a-z])[\w.+-]{2,64} ?@(?:[\w-]{2,40})?\s*\Z", re.IGNORECASE)
_NOBODY_LIST = """
it this that the them look looking bought ordered saw found you me us him her here there i we they am is are be was were
arrived stay shop buy meet work live order
"""
_NOBODY = frozenset(_NOBODY_LIST.split())
_ARTICLE = re.compile(r"\b(?:the|an?|my|your|this|that|some)\s+$", re.IGNORECASE)
_HINTS = frozenset(_AT_WORDS)
_NOISE = re.compile(r"[\s\[\](){}<>|*'\"]+")
_AS_AT = re.compile(rf"(?<=[\s\[(<{{|*'\"_-])(?:{'|'.join(_AT_WORDS)})(?=[\s\])>}}|*'\"_-])", re.IGNORECASE)
_AS_DOT = re.compile(rf"(?<=[\s\[(<{{|*'\"_-])(?:{'|'.join(_DOT_WORDS)})(?=[\s\])>}}|*'\"_-])", re.IGNORECASE)


def canonical(value: str) -> str:
    """Return the address without spaces, case and disguise: "anna (at) mail dot com" is ``anna@mail.com``."""
    if "@" not in value:
        value = _AS_AT.sub("@", value)
    return _NOISE.sub("", _AS_DOT.sub(".", value)).casefold()


def find(text: str) -> Iterator[Match]:
    """Yield e-mail addresses."""
    view = seen(text)
    marked = "@" in text
    if marked:
        for pattern, score in ((_PLAIN, 0.96), (_NUMERIC_HOST, 0.95), (_QUOTED, 0.95), (_BEGUN, 0.6)):
            for found in pattern.finditer(text):
                yield Match(found.start(), found.end(), "EMAIL", score, "name, @ and host")
    if marked or view.has(_HINTS) or "(a)" in view.low:
        yield from _spelled(text)
        for found in _LETTERS.finditer(text):
            yield Match(found.start(), found.end(), "EMAIL", 0.85, "address letter by letter")


def _spelled(text: str) -> Iterator[Match]:
    for found in _SPELLED.finditer(text):
        first = max(0, found.start() - _LONGEST_NAME)
        name = _NAME.search(text[first : found.start()])
        # "I saw it at ikea dot com", "at this point": ordinary talk.
        if name and ("@" in found.group() or not _ordinary(text, first + name.start(), name.group())):
            yield Match(first + name.start(), found.end(), "EMAIL", 0.85, "address in disguise")


def _ordinary(text: str, start: int, name: str) -> bool:
    return name.casefold().split()[0] in _NOBODY or _ARTICLE.search(text, max(0, start - 8), start) is not None


DETECTOR = Detector(labels=("EMAIL",), find=find, canonical=canonical, loose=True)
