"""What a customer's message says that must be kept: values with their labels, choices, corrections."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.nodes.remember.details import Detail
from frontdesk.nodes.remember.labels import Label, joined, label_of
from frontdesk.nodes.remember.values import Span, values_in

_NAMED_BY_LABEL = frozenset({"number", "amount", "date", "time", "given"})


def labels(text: str, spans: Sequence[Span]) -> list[Label]:
    """Return the label of each value; one that is only joined to the value before shares its label."""
    found: list[Label] = []
    for at, span in enumerate(spans):
        before = spans[at - 1] if at else None
        floor = before.end if before else 0
        if before and before.kind == span.kind and joined(text[floor : span.start]):
            found.append(found[-1])
        elif span.kind in _NAMED_BY_LABEL:
            found.append(label_of(text, span.start, floor))
        else:
            found.append(Label())
    return found


def detail_of(span: Span, label: Label, turn: int) -> Detail:
    """Return a value and its label as an entry."""
    return Detail(span.kind, f"{label.words} {span.text}".strip(), turn, value=span.text)


def mentioned(text: str, turn: int, *, names: bool = True, known: frozenset[str] = frozenset()) -> list[Detail]:
    """Return the values in a masked text, with their labels, in their order.

    Args:
        text: The customer's own words.
        turn: From 1.
        names: As :func:`values_in`.
        known: As :func:`values_in`.
    """
    spans = values_in(text, names=names, known=known)
    pairs = zip(spans, labels(text, spans), strict=True)
    return [detail_of(span, label, turn) for span, label in pairs]


__all__ = ["detail_of", "labels", "mentioned"]
