"""Stretches of a text that read as digits, written in digits, in words, or with letters for digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.nodes.scrub.number_words import JOINTS, LONGEST, RELEVANT, REPEAT, THEN, plain, spelled
from frontdesk.nodes.scrub.shapes import HOLE

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(rf"(?:[^\w{HOLE}]|_){{0,6}}")
_TIGHT = re.compile(r"[ .\-/_*+~:#\\]?|\s?[-/.]\s?|\) ?| ?\(|(?:[*_~`]{1,3}|[\"')}\]])[ .-]?(?:[*_~`]{0,3}|[\"'({\[])")
_SENTENCE = re.compile(r"[.!?]\s")
_SEPTEMBER = re.compile(r"[.,]{0,2} ?\d{1,2}(?:st|nd|rd|th)?[., ]|[.,]{0,2} ?(?:19|20)\d\d")
_LOOKALIKE = str.maketrans("OoQDIliSsBZzGgqbЗбЧ", "0000111558226996364")
_FIRM = re.compile(r"[\dOoIl]+")
_LOOSE = re.compile(r"[\dOoQDIliSsBZzGgqbЗбЧ]+")
_CAPITAL = re.compile(r"[\dOISB]{3,}")
_WEAK = re.compile(r"[Oo]{1,8}|[Il]{1,4}|[SB]{1,4}")
_WEAK_STARTS = frozenset("OoIlSB")
_FILLED = 8
"""Digits from which letters alone may end a number: in "4111 1111 1111 OOOO" they are its zeros."""
_CROSSED = re.compile(r"\d{1,8}(?:[xX]\d{1,8}){2,}")
_THEN = re.compile(rf",? (?:{'|'.join(sorted(THEN))})\b")
_AFFIXED = re.compile(r"([^\W\d_]{2,}|[^\W\d_])?(\d{2,})([^\W\d_]+)?")


class Token(NamedTuple):
    """A part of a text that reads as digits."""

    start: int
    end: int
    digits: str
    plain: bool
    """Written in digits alone."""


class Run(NamedTuple):
    """Tokens with nothing but signs and spaces between them."""

    tokens: tuple[Token, ...]
    tight: tuple[bool, ...]
    """Per gap, whether it is one that numbers are written with: a space, a dash, a bracket; one fewer than tokens."""

    @property
    def digits(self) -> str:
        """All digits of the run."""
        return "".join(token.digits for token in self.tokens)

    @property
    def disguised(self) -> bool:
        """Whether a part is written in words or with letters for digits."""
        return not all(token.plain for token in self.tokens)

    def pieces(self) -> Iterator[Run]:
        """Yield the stretches of the run that have tight gaps alone."""
        first = 0
        for index, tight in enumerate((*self.tight, False)):
            if not tight:
                yield Run(self.tokens[first : index + 1], self.tight[first:index])
                first = index + 1


def tokens_of(text: str) -> Iterator[Token]:
    """Yield what could be part of a number, weak tokens (the letter O alone) and separators in words included."""
    repeat, spoken = 1, False
    for found in _WORD.finditer(text):
        word, (start, end) = found.group(), found.span()
        if word.isdigit():
            yield Token(start, end, word * repeat if len(word) == 1 else word, repeat == 1)
            repeat, spoken = 1, False
        elif word.isalpha():
            low = plain(word.lower())
            digits = spelled(low) if low in RELEVANT or len(low) >= LONGEST else ""
            digits = "" if low == "sept" and _SEPTEMBER.match(text, end) else digits
            if digits:
                yield Token(start, end, digits * repeat, plain=False)
            elif _is_weak(word) or (low in RELEVANT and _joins(text, end, low, spoken=spoken)):
                yield Token(start, end, "", plain=False)
            repeat, spoken = REPEAT.get(low, 1), bool(digits)
        else:
            yield from _mixed(word, start)
            repeat, spoken = 1, False


def _is_weak(word: str) -> bool:
    return word[0] in _WEAK_STARTS and _WEAK.fullmatch(word) is not None


def _joins(text: str, end: int, word: str, *, spoken: bool) -> bool:
    # "one and two" is a number going on, "10482 and 10483" are two; "4111 and then 1111" is one again.
    return word not in JOINTS or spoken or word in THEN or _THEN.match(text, end) is not None


def _mixed(word: str, start: int) -> Iterator[Token]:
    numbers = sum(map(str.isdigit, word))
    if _FIRM.fullmatch(word) or (_LOOSE.fullmatch(word) and 2 * numbers >= len(word)):
        yield Token(start, start + len(word), word.translate(_LOOKALIKE), plain=False)
        return
    if numbers >= 12 and _CROSSED.fullmatch(word):
        yield Token(start, start + len(word), word.lower().replace("x", ""), plain=False)
        return
    if numbers and _CAPITAL.fullmatch(word):
        yield Token(start, start + len(word), word.translate(_LOOKALIKE), plain=False)
        return
    affixed = _AFFIXED.fullmatch(word)
    if affixed and not affixed.group(3) and (said := spelled(plain((affixed.group(1) or "").lower()))):
        yield Token(start, start + len(word), said + affixed.group(2), plain=False)
        return
    if affixed and len(affixed.group(1) or "") != 1:
        yield Token(start + affixed.start(2), start + affixed.end(2), affixed.group(2), plain=True)


def runs_of(text: str, tokens: list[Token]) -> Iterator[Run]:
    """Yield the runs of tokens that :func:`tokens_of` found in ``text``: signs and spaces between them, few."""
    taken: list[Token] = []
    tight: list[bool] = []
    for token in tokens:
        if taken:
            gap = _GAP.fullmatch(text, taken[-1].end, token.start)
            if gap is None or (text[token.start].isupper() and _SENTENCE.search(gap.group())):
                yield from _finished(text, taken, tight)
                taken, tight = [], []
            else:
                tight.append(_TIGHT.fullmatch(text, taken[-1].end, token.start) is not None)
        taken.append(token)
    yield from _finished(text, taken, tight)


def _finished(text: str, tokens: list[Token], tight: list[bool]) -> Iterator[Run]:
    """Yield the run without weak ends; what is weak inside it becomes digits, words for signs become gaps."""
    strong = [index for index, token in enumerate(tokens) if token.digits]
    if not strong:
        return
    kept: list[Token] = []
    gaps: list[bool] = []
    for index in range(strong[0], _last(text, tokens, tight, strong) + 1):
        token = tokens[index]
        word = text[token.start : token.end]
        digits = token.digits or (word.translate(_LOOKALIKE) if _WEAK.fullmatch(word) else "")
        if not digits:
            continue
        if kept and _ends_in_ten(kept[-1]) and _is_unit(token):
            kept[-1] = Token(kept[-1].start, token.end, kept[-1].digits[0] + digits, plain=False)
            continue
        if kept:
            gaps.append(tight[index - 1])
        kept.append(token._replace(digits=digits))
    if strong[0] and text[tokens[strong[0] - 1].start : tokens[strong[0] - 1].end].lower() in REPEAT:
        kept[0] = kept[0]._replace(start=tokens[strong[0] - 1].start)
    yield Run(tuple(kept), tuple(gaps))


def _last(text: str, tokens: list[Token], tight: list[bool], strong: list[int]) -> int:
    last = strong[-1]
    if last + 1 == len(tokens) or sum(len(tokens[index].digits) for index in strong) < _FILLED:
        return last
    while last + 1 < len(tokens) and tight[last]:
        start, end, *_ = tokens[last + 1]
        if not _is_filler(text[start:end]):
            break
        last += 1
    return last


def _is_filler(word: str) -> bool:
    return len(word) > 1 and _WEAK.fullmatch(word) is not None


def _ends_in_ten(token: Token) -> bool:
    return not token.plain and len(token.digits) == 2 and token.digits[1] == "0" and token.digits[0] > "0"


def _is_unit(token: Token) -> bool:
    return not token.plain and len(token.digits) == 1 and token.digits > "0"
