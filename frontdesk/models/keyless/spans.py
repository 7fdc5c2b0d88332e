"""Finds values in one message: by pattern, format, closed list, cue, or as the answer to a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.models.keyless.freetext import free_text
from frontdesk.models.keyless.shapes import firm_pattern, number_of, numbers_pattern
from frontdesk.models.keyless.words import stem

_NEGATED = re.compile(
    r"(?:\bnot|\binstead of|\brather than|\bisn'?t|\bwasn'?t|\baren'?t|\bno longer|\bnever)\s+"
    r"(?:(?!but\b)[a-z']+\s+){0,2}[#\"'(]?$",
    re.I,
)
_BETWEEN = r"(?:[\s:#.'\"(]|\b(?:numbers?|no|nr|id|is|was|are|the|it'?s|called|named|not|no longer)\b)*"
_CORRECTED = re.compile(r"\b(?:sorry|i meant|i mean|actually|correction|make that|no wait|wait)\b", re.I)
_YES = re.compile(r"^\W*(?:yes|yeah|yep|sure|please do|ok(?:ay)?|ja|oui|sí)\b", re.I)
_NO = re.compile(r"^\W*(?:no|nope|nah|not?|nein|non)\b", re.I)


@dataclass(frozen=True, slots=True)
class Span:
    """A value and where it stands in the message."""

    start: int
    end: int
    value: Any


def find(
    text: str, name: str, spec: Mapping[str, Any], *, answer: bool, strict: bool, taken: Sequence[Span] = ()
) -> list[Span]:
    """Return the values for one property in one message.

    Args:
        text: The customer's (masked) message.
        name: The property's name.
        spec: Its JSON Schema.
        answer: Whether the message answers our question for this property.
        strict: True for an optional property: a number or a free text then needs a cue.
        taken: Parts of the message that belong to other properties.
    """
    if spec.get("enum"):
        found = _listed(text, spec, exact=strict)
    elif (pattern := firm_pattern(spec)) is not None:
        found = _by_pattern(text, pattern, spec, strict=strict and not answer)
    elif spec.get("type") == "boolean":
        found = _boolean(text, spec, answer=answer)
    elif spec.get("type") in {"integer", "number"}:
        found = _numbers(text, spec, answer=answer)
    elif spec.get("type") == "string":
        found = [
            Span(*hit) for hit in free_text(text, name, spec, answer=answer, taken=[(t.start, t.end) for t in taken])
        ]
        return found
    else:
        return []
    return [span for span in found if not any(span.start < other.end and other.start < span.end for other in taken)]


def said(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans that stand: without negated ones ("not 10482"), and after a correction only the later ones."""
    standing = [span for span in spans if not _NEGATED.search(text[: span.start])]
    if len({span.value for span in standing}) > 1:
        marks = [mark.end() for mark in _CORRECTED.finditer(text)]
        after = [span for span in standing if marks and span.start >= marks[-1]]
        return after or standing
    return standing


def cued(text: str, position: int, spec: Mapping[str, Any]) -> bool:
    """Whether one of the property's cues announces what stands at a position, such as "order number is: 10482"."""
    before = text[:position]
    return before.endswith("#") or any(
        re.search(rf"(?<!\w){re.escape(str(cue))}{_BETWEEN}$", before, re.I) for cue in spec.get("x-cues", ())
    )


def _by_pattern(text: str, pattern: re.Pattern[str], spec: Mapping[str, Any], *, strict: bool) -> list[Span]:
    found = [Span(match.start(), match.end(), _cased(match[0], spec)) for match in pattern.finditer(text)]
    marked = [span for span in found if cued(text, span.start, spec)]
    if marked:
        # "10482 or 10483" after one cue: the neighbours in a list count as marked too
        return [span for span in found if span in marked or _listed_with(text, span, marked)]
    return [] if strict and spec.get("x-cues") else found


def _listed_with(text: str, span: Span, marked: Sequence[Span]) -> bool:
    joint = r"\s*(?:,|and|or|&|,? ?not|,? ?but|instead of|rather than|\s)*\s*#?"
    return any(
        re.fullmatch(joint, text[min(a.end, span.end) : max(a.start, span.start)], re.I) is not None for a in marked
    )


def _cased(value: str, spec: Mapping[str, Any]) -> str:
    pattern = spec.get("pattern")
    if pattern and not re.search(pattern, value):
        return next((v for v in (value.upper(), value.lower()) if re.search(pattern, v)), value)
    return value


def _listed(text: str, spec: Mapping[str, Any], *, exact: bool) -> list[Span]:
    """Match the closed list's values and their synonyms; the longest phrase wins where two overlap.

    By stems, or exactly: "cancel" is no "cancelled" where nothing needs the value.
    """
    form = str.casefold if exact else stem
    tokens = [(match.start(), match.end(), form(match[0])) for match in re.finditer(r"[^\W_]+(?:'\w+)?", text)]
    hits: list[tuple[int, int, Any]] = []
    for value in spec["enum"]:
        phrases = [str(value).replace("_", " "), *map(str, (spec.get("x-words") or {}).get(str(value), ()))]
        for phrase in phrases:
            wanted = [form(word) for word in re.findall(r"[^\W_]+(?:'\w+)?", phrase)]
            hits += [
                (index, len(wanted), value)
                for index in range(len(tokens) - len(wanted) + 1)
                if wanted and [token[2] for token in tokens[index : index + len(wanted)]] == wanted
            ]
    hits.sort(key=lambda hit: -hit[1])
    used: set[int] = set()
    spans = []
    for index, size, value in hits:
        if not used & set(range(index, index + size)):
            used |= set(range(index, index + size))
            spans.append(Span(tokens[index][0], tokens[index + size - 1][1], value))
    return sorted(spans, key=lambda span: span.start)


def _boolean(text: str, spec: Mapping[str, Any], *, answer: bool) -> list[Span]:
    for cue in spec.get("x-cues", ()):
        match = re.search(rf"(?<!\w){re.escape(str(cue))}(?!\w)", text, re.I)
        if match:
            return [Span(match.start(), match.end(), not _NEGATED.search(text[: match.start()]))]
    if answer and (match := _YES.search(text) or _NO.search(text)):
        return [Span(match.start(), match.end(), bool(_YES.search(text)))]
    return []


def _numbers(text: str, spec: Mapping[str, Any], *, answer: bool) -> list[Span]:
    found = []
    for match in numbers_pattern().finditer(text):
        value = number_of(match[0], whole=spec.get("type") == "integer")
        near = cued(text, match.start(), spec) or cued_after(text, match.end(), spec)
        if value is not None and (answer or near) and _within(value, spec):
            found.append(Span(match.start(), match.end(), value))
    return found


def cued_after(text: str, position: int, spec: Mapping[str, Any]) -> bool:
    """Whether one of the property's cues stands behind a position, such as "4 seats"."""
    after = text[position : position + 16]
    return any(re.match(rf"\s*{re.escape(str(cue))}(?!\w)", after, re.I) for cue in spec.get("x-cues", ()))


def _within(value: float, spec: Mapping[str, Any]) -> bool:
    return bool(spec.get("minimum", value) <= value <= spec.get("maximum", value))
