"""From annotated texts and what was found in them to figures. docs/measuring.md defines each in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.evals.figures import f_beta, quantile, share
from frontdesk.evals.scrub.data import Annotated, Span
from frontdesk.evals.scrub.labels import PLAIN, STRUCTURED, conversational, ours

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found in one text."""

    spans: tuple[Span, ...]
    """With our labels."""
    text: str
    """Masked."""
    ms: float
    """Time it took."""


@dataclass(slots=True)
class _Tally:
    spans: int = 0
    masked: int = 0
    chars: int = 0
    clear: int = 0
    found: int = 0
    right: int = 0
    strict: int = 0

    def figures(self) -> Figures:
        recall, precision = share(self.masked, self.spans), share(self.right, self.found)
        return {
            "spans": self.spans,
            "found": self.found,
            "recall": recall,
            "precision": precision,
            "precision_strict": share(self.strict, self.found),
            "f2": f_beta(precision, recall, 2),
            "leakage": share(self.clear, self.chars),
        }


def measure(texts: Sequence[Annotated], results: Sequence[Searched]) -> Figures:
    """Return the figures.

    Args:
        texts: What was searched.
        results: What was found, in the same order.

    Returns:
        ``overall`` and, where the texts are annotated, ``conversational``, ``structured``, ``labels`` (as they stand
        in the data) and ``ignored`` (annotated labels that are not measured, with how often; ``unknown`` lists those
        of them that the table of labels does not have). A figure that nothing can be said about is None.
    """
    pairs = list(zip(texts, results, strict=True))
    if not texts or texts[0].spans is None:
        return {"overall": _plain(pairs)}
    kinds = {ours(span.label) for text in texts for span in text.spans or ()} - {""}
    judge = _Judge(names_only=kinds == {"NAME"})
    for text, result in pairs:
        judge.take(text, result)
    chats = [(text, result) for text, result in pairs if conversational(text.text)]
    others = Counter(span.label for text in texts for span in text.spans or () if not ours(span.label))
    return {
        "overall": judge.all.figures() | _plain(pairs),
        "conversational": judge.chat.figures() | _plain(chats),
        "structured": judge.structured.figures(),
        "labels": {label: tally.figures() for label, tally in sorted(judge.labels().items())},
        "ignored": dict(sorted(others.items())),
        "unknown": sorted(label for label in others if label.casefold() not in PLAIN),
    }


def _plain(pairs: Sequence[tuple[Annotated, Searched]]) -> Figures:
    times = [result.ms for _, result in pairs]
    return {
        "texts": len(pairs),
        "altered": share(sum(text.text != result.text for text, result in pairs), len(pairs)),
        "ms_p50": quantile(times, 0.5),
        "ms_p99": quantile(times, 0.99),
    }


class _Judge:
    """Counts, text by text."""

    def __init__(self, *, names_only: bool) -> None:
        """Take whether the data annotates names and no other personal data: then only found names are judged."""
        self.all, self.chat, self.structured = _Tally(), _Tally(), _Tally()
        self._names_only = names_only
        self._annotated: dict[str, _Tally] = defaultdict(_Tally)
        self._found: dict[str, _Tally] = defaultdict(_Tally)

    def take(self, text: Annotated, result: Searched) -> None:
        gold = [span for span in text.spans or () if ours(span.label)]
        masked = _cover(len(text.text), result.spans)
        common = [self.all, *([self.chat] if conversational(text.text) else [])]
        for span in gold:
            structured = [self.structured] if ours(span.label) in STRUCTURED else []
            _count_span(span, masked, [*common, *structured, self._annotated[span.label]])
        sensitive = _cover(len(text.text), gold)
        anything = sensitive if self._names_only else _cover(len(text.text), text.spans or ())
        for span in result.spans:
            if not self._names_only or span.label == "NAME":
                structured = [self.structured] if span.label in STRUCTURED else []
                _count_found(span, anything, sensitive, [*common, *structured, self._found[span.label]])

    def labels(self) -> dict[str, _Tally]:
        """Tallies by annotated label; what was found counts for all labels that mean the same kind."""
        joined: dict[str, _Tally] = {}
        for label, tally in self._annotated.items():
            found = self._found.get(ours(label), _Tally())
            joined[label] = _Tally(
                tally.spans, tally.masked, tally.chars, tally.clear, found.found, found.right, found.strict
            )
        return joined


def _cover(length: int, spans: Iterable[Span]) -> bytearray:
    covered = bytearray(length)
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    return covered


def _count_span(span: Span, masked: bytearray, tallies: Sequence[_Tally]) -> None:
    length = span.end - span.start
    hidden = sum(masked[span.start : span.end])
    for tally in tallies:
        tally.spans += 1
        tally.masked += 10 * hidden >= 9 * length
        tally.chars += length
        tally.clear += length - hidden


def _count_found(span: Span, anything: bytearray, sensitive: bytearray, tallies: Sequence[_Tally]) -> None:
    length = span.end - span.start
    for tally in tallies:
        tally.found += 1
        tally.right += 2 * sum(anything[span.start : span.end]) >= length
        tally.strict += 2 * sum(sensitive[span.start : span.end]) >= length
