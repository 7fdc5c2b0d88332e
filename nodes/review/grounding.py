"""Grounding: each number of a reply stands in a page, a tool result or the customer's words. Flags, never blocks."""

from __future__ import annotations

import re
from decimal import Decimal

from frontdesk.nodes.review.draft import PLACEHOLDER, Draft, Facts

_NUMBER = re.compile(r"\d+(?:[.,'’ \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?!\d)")
_MARKER = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")


def number(text: str) -> str:
    """Return one spelling of a number: "1,299.00" and "1299" are the same, so are "01" and "1".

    A comma or point before exactly three digits groups thousands; before one or two it is the decimal sign.
    """
    grouped = re.sub(r"[.,'’ \u00a0\u202f](?=\d{3}(?!\d))", "", text)
    return format(Decimal(grouped.replace(",", ".")).normalize(), "f")


def numbers(text: str) -> set[str]:
    """Return the numbers of ``text``; placeholders and list markers are none."""
    plain = _MARKER.sub(" ", PLACEHOLDER.sub(" ", text))
    return {number(found) for found in _NUMBER.findall(plain)}


def grounding(draft: Draft, facts: Facts) -> Draft:
    """Flag a number that no evidence has."""
    said = numbers(draft.text)
    if said and not said <= numbers(facts.evidence):
        return draft.with_text(draft.text, "grounding:number")
    return draft


__all__ = ["grounding", "number", "numbers"]
