"""Words spelt wrongly on purpose: digits for letters, inner letters mixed up, vowels left out, pig latin.

Every function takes casefolded text. Only words of :data:`~frontdesk.nodes.guard.vocabulary.WORDS` are ever put in
the place of others, so an ordinary message reads as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

from frontdesk.nodes.guard.vocabulary import COMMON, WORDS

_LEET = re.compile(r"[a-z0-9@$!|+€£(<^#*]{2,}")
_LEET_MARK = re.compile(r"[a-z][0-9@$!|+€£(<^#]|[0-9@$!|+€£(<^#][a-z]|\d[$@!|+]|[$@!|+]\d")
_AS_I = str.maketrans("013456789@$!|+€£(<^#2", "oieasgtbgasiitelccahz")
_AS_L = str.maketrans("1!|", "lll")
_MULTI = (
    ("|\\|", "n"), ("/\\/", "n"), ("\\/\\/", "w"), ("|\\/|", "m"), ("/\\/\\", "m"), ("\\/", "v"), ("/\\", "a"),
    ("|_|", "u"), ("|-|", "h"), ("|<", "k"), ("|)", "d"), ("|>", "p"), ("|2", "r"), ("()", "o"), ("[]", "o"),
    ("|_", "l"), ("}{", "h"), ("><", "x"), ("|3", "b"), ("vv", "w"), ("ph", "f"),
)  # fmt: skip
_STROKES = re.compile(r"\|\\|\\/|/\\|\|_|\|-|\|\)|\|<|\(\)")
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = re.compile("[aeiou]")


def _replaced(text: str, change: Callable[[str], str]) -> str:
    return _WORD.sub(lambda match: change(match.group()), text)


_EITHER = frozenset("1!|")
_CHOICES = tuple(
    str.maketrans(marks, letters) for marks, letters in (("", ""), ("9", "q"), ("6", "b"), ("7", "l"), ("8", "a"))
)


def _options(word: str) -> Iterator[str]:
    """Yield ``word`` with each 1, ! and | as i and as l: all combinations of up to five of them."""
    places = [at for at, char in enumerate(word) if char in _EITHER][:5]
    for letters in product("il", repeat=len(places)):
        chars = list(word)
        for at, letter in zip(places, letters, strict=True):
            chars[at] = letter
        yield "".join(chars)


def _spelt(word: str) -> str:
    """Read one word with digits and signs as letters: whichever letters of the usual ones give a known word."""
    # an exclamation mark at the end may be just that
    for core in dict.fromkeys((word, word.strip("!|<(#*+^"))):
        for option in _options(core):
            for marks in _CHOICES:
                if (found := option.translate(marks).translate(_AS_I)) in WORDS:
                    return found
    return word.translate(_AS_I)


def unleet(text: str) -> Iterator[str]:
    """Yield readings of ``text`` in which digits and signs inside words stand for letters."""
    given = text
    if len(_STROKES.findall(text)) >= 2:
        for drawn, letter in _MULTI:
            given = given.replace(drawn, letter)
        yield given
    if not _LEET_MARK.search(given):
        return
    pieces = {
        piece for piece in _LEET.findall(given) if not piece.isalpha() and not (piece.isdigit() and len(piece) > 4)
    }
    known = {piece: _spelt(piece) for piece in pieces}
    if WORDS.isdisjoint(word for piece, word in known.items() if piece.strip("!|<(#*+^") != word):
        return
    yield _LEET.sub(lambda match: known.get(match.group(), match.group()), given)
    if any(mark in given for mark in "1!|"):
        yield given.translate(_AS_L).translate(_AS_I)


def _signature(word: str) -> tuple[str, str, str]:
    return word[0], word[-1], "".join(sorted(word))


_LONG = [word for word in sorted(WORDS) if len(word) >= 5 and word.isascii()]
_MIXED = {_signature(word): word for word in _LONG}
_SHORT = {_signature(word): word for word in sorted(WORDS) if len(word) == 4 and word.isascii()}
_CUT = {word[:at] + word[at + 1 :]: word for word in _LONG if len(word) >= 6 for at in range(1, len(word))}
_ENDS = {(word[0], word[-1], len(word)) for word in _LONG}


def _corrected(word: str) -> str:
    if len(word) < 5 or word in WORDS or not word.isascii():
        return word
    first, last, size = word[0], word[-1], len(word)
    if (first, last, size) in _ENDS and (found := _MIXED.get(_signature(word))):
        return found
    if found := _CUT.get(word):
        return found
    if size >= 7 and (first, last, size - 1) in _ENDS:
        # one letter too many
        return next((cut for at in range(1, size - 1) if (cut := word[:at] + word[at + 1 :]) in WORDS), word)
    return word


def corrected(text: str) -> str:
    """Return ``text`` with words whose inner letters were mixed up, dropped or doubled put right.

    Words of four letters, where an honest word is easily taken for another, only beside two longer ones.
    """
    changed = 0

    def change(word: str) -> str:
        nonlocal changed
        found = _corrected(word)
        changed += found != word
        return found

    reading = _replaced(text, change)
    if changed < 2:
        return reading
    return _replaced(
        reading, lambda word: word if len(word) != 4 or word in WORDS else _SHORT.get(_signature(word), word)
    )


_BARE: dict[str, str] = {}
for _known in sorted(WORDS - COMMON, key=len) + sorted(COMMON, key=len):
    if _known.isascii() and len(_VOWELS.sub("", _known)) >= 2:
        _BARE.setdefault(_VOWELS.sub("", _known), _known)
_SHORTEST = """
    gnr ignore, ll all, yr your, th the, nd and, rls rules, prnt print, y you, r are, t to, b be, n in, f of, tld told,
    bfr before, wr were, ntl initial, lst list, thr their, ml mail, ths this, stp step, p api, s is, m me
"""
# several known words have these consonants: the one that attacks need
_BARE |= dict(pair.split() for pair in _SHORTEST.split(","))


def voweled(text: str) -> str:
    """Return ``text`` with words that have no vowel read as the known words that have their consonants."""
    bare = {word for word in _WORD.findall(text) if not _VOWELS.search(word)}
    # "my", "why" and units of measure stand in honest messages too
    if sum("y" not in word and word in _BARE for word in bare) < 3:
        return text
    return _replaced(text, lambda word: _BARE.get(word, word) if word in bare else word)


def _latin(word: str) -> str:
    if not word.endswith("ay") or len(word) < 4:
        return word
    stem = word[:-2]
    turned = [stem[-size:] + stem[:-size] for size in range(min(3, len(stem) - 1), 0, -1)]
    return next((each for each in (*turned, stem[:-1]) if each in WORDS), turned[-1])


def unlatined(text: str) -> str:
    """Return ``text`` read as pig latin, when a third of its words and at least four end in "ay"."""
    words = _WORD.findall(text)
    if sum(word.endswith("ay") for word in words) < max(4, len(words) / 3):
        return text
    return _replaced(text, _latin)


__all__ = ["corrected", "unlatined", "unleet", "voweled"]
