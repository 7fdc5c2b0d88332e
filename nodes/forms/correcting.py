"""Corrections: "no, number 12, not 21" changes what was given, and a part of a text only where it is plain which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.models.keyless.shapes import firm_pattern

_LEAD = re.compile(
    r"^\W*(?:(?:oh|ok(?:ay)?|hm+|hang on|hold on|oops|ah|but|and|yes|please)\W+)*"
    r"(?:no|nope|not|sorry|wait|actually|i meant?|i mean|correction|wrong|change (?:it|that)|make (?:it|that)"
    r"|(?:it|that) should be|rather|instead|that'?s wrong|my mistake|my bad)\b"
    r"|\b(?:i meant|instead of|rather than|, ?not|and not|not \S+ but)\b|\binstead\W*$",
    re.I,
)
_WORD = r"(?:numbers?\s+|no\.?\s+|nr\.?\s+|the\s+)?[\"'“]?(?P<{}>(?:<[A-Z_]+_\d+>|[\w-]+))[\"'”]?"
_SWAPS = (
    re.compile(rf"\b{_WORD.format('new')}\s*,?\s+(?:and\s+)?not\s+{_WORD.format('old')}", re.I),
    re.compile(rf"\bnot\s+{_WORD.format('old')}\s*,?\s+but\s+{_WORD.format('new')}", re.I),
    re.compile(rf"\b{_WORD.format('new')}\s+(?:instead of|rather than)\s+{_WORD.format('old')}", re.I),
)
CORRECTING = (
    "no nope not sorry oh oops wait hang hold actually i meant mean correction correct wrong change make take use it "
    "that should be is was rather instead my mistake bad number numbers one first second third fourth fifth "
    "please ok okay yes"
)
"""Words of a correction that say nothing of their own."""
_SAME = re.compile(r"\bsame\b(?!\s+(?:for|with)\b)", re.I)


def corrects(text: str) -> bool:
    """Whether a message is worded as a correction of what was said before."""
    return bool(_LEAD.search(text))


def means_the_same(text: str, name: str, *, asked: bool) -> bool:
    """Whether a message asks for the value of an earlier request: "the same as before", "same reason".

    Args:
        text: The customer's message.
        name: The property.
        asked: Whether our last words asked for it; otherwise the message must name it.
    """
    word = name.rsplit("_", 1)[-1]
    return bool(_SAME.search(text)) if asked else bool(re.search(rf"\bsame {re.escape(word)}\b", text, re.I))


def edited(text: str, slots: Mapping[str, Any], properties: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the free text of which a message changes one word: "no, number 12, not 21" in "21 Mill Lane".

    Args:
        text: The customer's message.
        slots: What was given before.
        properties: JSON Schema by name.

    Returns:
        Its name and new value; None as the value where the text is masked, so that nobody here can change a part of it.
        Empty where no text, or more than one, has the old word.
    """
    swap = next((found for pattern in _SWAPS if (found := pattern.search(text))), None)
    if swap is None:
        return {}
    loose = {
        name: value
        for name, value in slots.items()
        if isinstance(value, str) and _is_loose(properties.get(name) or {}) and value != swap["new"]
    }
    old = re.compile(rf"(?<!\w){re.escape(swap['old'])}(?!\w)", re.I)
    plain = {name: value for name, value in loose.items() if len(old.findall(value)) == 1}
    if len(plain) == 1:
        name, value = plain.popitem()
        return {name: old.sub(lambda _: swap["new"], value)}
    masked = [name for name, value in loose.items() if PLACEHOLDER.search(value)]
    return {masked[0]: None} if len(masked) == 1 and not plain else {}


def _is_loose(spec: Mapping[str, Any]) -> bool:
    return spec.get("type", "string") == "string" and not any(
        (spec.get("enum"), spec.get("x-from"), spec.get("format"), firm_pattern(spec))
    )


__all__ = ["corrects", "edited", "means_the_same"]
