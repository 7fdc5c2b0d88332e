"""Finds whole addresses: a certain part first, then how far the address reaches to both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.nodes.scrub.address import patterns
from frontdesk.nodes.scrub.address.codes import Part, parts
from frontdesk.nodes.scrub.address.cues import Cue, corners, cues
from frontdesk.nodes.scrub.address.tokens import Shape, shape

_HINT = re.compile(
    r"\d|[Ss]tr(?:eet|a(?:ß|ss)e)|[Rr]oad|[Aa]venue|Lane|Boulevard|Terrace|[Rr]ue |[Cc]alle |[Vv]ia |[Pp]iazza|[Rr]ua "
    r"|corner|Corner|CORNER|ecke|Ecke|STREET|ROAD|AVENUE|[adf]po\b|[ADF]PO\b|[Aa]ddress|[Aa]dres|[Ii]ntersection"
    r"| lives? at |moved to "
)
_BUSINESS = re.compile(
    r"\b(?:shops?|stores?|branch(?:es)?|outlets?|showrooms?|opening|opens?|filialen?|laden|geschäft|magasins?|boutiques?"
    r"|restaurants?|cafés?|hotels?|pubs?|areas?|stations?|eat|tiendas?|negozio|negozi|winkels?|lojas?)\b",
    re.IGNORECASE,
)
_AT = frozenset({"at", "near", "outside", "opposite", "from"})
_APART = re.compile(r"[\s,>|?]*")
_NUMBER = re.compile("[nNA]")
_LOOK = 20
"""Characters after a cue that tell whether the writer uses capitals."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def addresses(text: str) -> list[Part]:
    """Return the addresses of a normalised text, apart from each other, in order.

    Addresses with only spaces, commas and line breaks between them are one.
    """
    if not _HINT.search(text):
        return []
    seen = shape(text)
    backwards = seen.marks[::-1]
    found = [*_streets(seen), *_phrases(seen), *_parts(seen), *_corners(seen)]
    reached: list[Part] = []
    for part in sorted(found):
        if not reached or part.end > reached[-1].end:
            reached.append(_reach(seen, backwards, part))
    return _joined(text, [*reached, *_towns(seen), *_named(seen)])


def _streets(seen: Shape) -> Iterator[Part]:
    letters = set(seen.marks)
    for street in patterns.STREETS if letters & {"n", "N"} else ():
        if not letters.isdisjoint(street.needs):
            for found in street.pattern.finditer(seen.marks):
                yield Part(*seen.span(*found.span()), street.score, street.reason)
    for found in patterns.SMALL_STREET.finditer(seen.marks):
        yield Part(*seen.span(*found.span()), 0.7, "house number and street")
    if letters & {"T", "R"} and not _BUSINESS.search(seen.text):
        for found in patterns.NUMBERLESS.finditer(seen.marks):
            yield Part(*seen.span(*found.span()), 0.7, "street after a word for a place")


def _phrases(seen: Shape) -> Iterator[Part]:
    business = _BUSINESS.search(seen.text) is not None
    for cue in cues(seen):
        first = seen.mark_at(cue.end)
        name = patterns.NAME_LINE.match(seen.marks, first)
        first = name.end() if name else first
        small = seen.text[cue.end : cue.end + _LOOK].islower()
        phrase = (patterns.PHRASE_SMALL if small else patterns.PHRASE).match(seen.marks, first)
        if phrase and _is_address(phrase.group(), cue, business=business):
            reason = "after words for an address" if cue.strong else "after words for a way or a place"
            yield Part(*seen.span(*phrase.span()), 0.85 if cue.strong else 0.8, reason)


def _is_address(marks: str, cue: Cue, *, business: bool) -> bool:
    if business and not cue.strong and not _NUMBER.search(marks):
        return False
    evidence = patterns.STRONG_EVIDENCE if cue.strong else patterns.EVIDENCE
    return evidence.search(marks) is not None


def _parts(seen: Shape) -> Iterator[Part]:
    return parts(seen.text, seen.small)


def _corners(seen: Shape) -> Iterator[Part]:
    for start, end in corners(seen.text, seen.small):
        streets = patterns.CORNER.match(seen.marks, seen.mark_at(end))
        if streets:
            yield Part(start, seen.span(*streets.span())[1], 0.8, "two streets that meet")


def _towns(seen: Shape) -> Iterator[Part]:
    for found in patterns.TOWN_AND_CODE.finditer(seen.marks):
        before, code = seen.word(found.start() - 2).lower(), seen.word(found.start(1))
        if before == "in" and not _YEAR.fullmatch(code):
            yield Part(*seen.span(*found.span(1)), 0.6, "number after a town")


def _named(seen: Shape) -> Iterator[Part]:
    for found in patterns.NAME_AND_NUMBER.finditer(seen.marks):
        if seen.word(found.start() - 2).lower() in _AT:
            yield Part(*seen.span(*found.span()), 0.6, "name and number after a word for a place")


def _reach(seen: Shape, backwards: str, part: Part) -> Part:
    small = seen.text[part.start : part.end].islower()
    first, last = seen.mark_at(part.start), seen.mark_at(part.end)
    tail = (patterns.TAIL_SMALL if small else patterns.TAIL).match(seen.marks, last - 1)
    end = seen.span(0, tail.end())[1] if tail and tail.end() > last else part.end
    size = len(backwards)
    head = patterns.HEAD.match(backwards, size - first)
    first = size - head.end() if head else first
    joined = patterns.HEAD_JOINED.match(backwards, size - first)
    first = size - joined.end() if joined else first
    start = min(part.start, seen.starts[first // 2]) if first // 2 < len(seen.starts) else part.start
    return part._replace(start=start, end=max(end, part.end))


def _joined(text: str, found: list[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in sorted(found):
        if joined and (part.start <= joined[-1].end or _APART.fullmatch(text, joined[-1].end, part.start)):
            last = joined[-1]
            better = max(last, part, key=lambda item: item.score)
            joined[-1] = Part(last.start, max(last.end, part.end), better.score, better.reason)
        else:
            joined.append(part)
    return joined
