"""Free text such as an address or the name of an item: what follows a cue, or the whole answer to a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.graph.placeholders import PLACEHOLDER

Hit = tuple[int, int, str]
"""Start, end and the text itself."""

TRIES = 12
"""Places where a value may begin that are looked at: more are noise, and each costs a search to the message's end."""

_LEAD = re.compile(
    r"^(?:[\s,:;.–-]+|(?:no|yes|ok|okay|sure|well|so|um|oh|hi|hello|sorry|please|it'?s|it is|that'?s|"
    r"that would be|the item is|this is|i mean|i meant|(?:my|the) (?:new )?address is|"
    r"new address|address|is|to|at|the|my|a|an|"
    r"send it to|deliver (?:it )?to|ship (?:it )?to|change it to|make (?:it|that))(?=[\s,:;.]))+",
    re.I,
)
_TAIL = re.compile(r"(?:[\s,;.!?–-]|\b(?:please|pls|thanks|thank you|cheers|instead|then|if possible|ok|okay))+$", re.I)
_END = re.compile(
    r"\s*(?:[!?\n;]|\.\s|\.$|\b(?:instead of|rather than|because|since|as it|as they|thanks|thank you|please)\b)", re.I
)
_END_PLACE = re.compile(r"[\s,(]*(?:\b(?:for|on|of|and)\s+)?(?:\b(?:my|the)\s+)?\border\s*(?:number|no\.?|#|\d)", re.I)
_END_NAME = re.compile(
    r"\s*(?:,|\(|\b(?:from|of|in|on|for|with|that|which|and|but|as|it|is|was|are|were|has|to|order)\b)", re.I
)
_HOUSE = re.compile(
    r"(?<!\S)(?:(?i:flat|apartment|unit)\s+\d+\w?,\s*)?\d{1,4}[a-z]?\s+[A-Z][a-z]+\s+\w|<[A-Z]*ADDRESS_\d+>", re.M
)
"""How an address begins that nothing announces."""
_PLACE = re.compile(r"\d|<[A-Z][A-Z_]*_\d+>|,")
_NOT_A_VALUE = re.compile(
    r"^\W*(?:no|nope|yes|yeah|none|nothing|never ?mind|cancel|stop|help|why|what|how|when|where|which|who|can|could|do|"
    r"does|is|actually|wait|make (?:it|that)|i don'?t|don'?t|not sure|no idea|forget|leave|skip|drop"
    r"|the same)\b(?!\s*\d)",
    re.I,
)


def free_text(
    text: str, name: str, spec: Mapping[str, Any], *, answer: bool, taken: Sequence[tuple[int, int]] = ()
) -> list[Hit]:
    """Return at most one text for a free-text property.

    Args:
        text: The customer's message.
        name: The property's name; one that speaks of an address must look like a place (a digit, a comma or a
            placeholder), so that "to change my address" is none.
        spec: Its JSON Schema: ``x-cues``, ``minLength``, ``maxLength``; ``x-whole: true`` takes the message as it is.
        answer: Whether the message answers our question for this property.
        taken: Parts of the message that belong to other properties; a name does not reach into them.
    """
    if spec.get("x-whole") is True:
        whole = text.strip()[: spec.get("maxLength", len(text))]
        return [(0, len(text), whole)] if whole else []
    place = "address" in name or "address" in str(spec.get("title", "")).lower()
    for start in _starts(text, spec, place=place)[:TRIES]:
        hit = _cut(text, start, place=place, taken=taken)
        inside = [(max(a, hit[0]) - hit[0], b - hit[0]) for a, b in taken if a < hit[1] and b > hit[0]]
        if _fits(hit[2], spec, place=place) and not (place and inside and not _PLACE.search(_without(hit[2], inside))):
            return [hit]
    if answer and not _NOT_A_VALUE.match(text) and not (place and taken and not _PLACE.search(_without(text, taken))):
        hit = _trim(text, 0, len(text))
        # our question was for a place, so one without a number is taken too; the schema has the last word
        if _fits(hit[2], spec, place=False):
            return [hit]
    return []


def _without(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """Return what is left where parts of a message belong to other properties."""
    kept = [char for at, char in enumerate(text) if not any(start <= at < end for start, end in taken)]
    return "".join(kept)


def _starts(text: str, spec: Mapping[str, Any], *, place: bool) -> list[int]:
    """Return where a value may begin: after a cue; for a place, where it begins like one first."""
    found = sorted(
        match.end()
        for cue in spec.get("x-cues", ())
        for match in re.finditer(rf"(?<!\w){re.escape(str(cue))}(?!\w)\s*:?\s*", text, re.I)
    )
    if not place:
        # "I would like to exchange …" names an action, "instead of the …" what is not wanted
        return [start for start in found if not re.match(r"(?:to|of)\s+[a-z]", text[start:])]
    firm = re.compile(r"(?:\S+\s+){0,1}?(?:\d|<[A-Z][A-Z_]*_\d+>|[A-ZÄÖÜ]\w)")
    likely = [start for start in found if firm.match(text, start)]
    rest = [start for start in reversed(found) if start not in likely]
    return [*likely, *rest, *(match.start() for match in _HOUSE.finditer(text))]


def _cut(text: str, start: int, *, place: bool, taken: Sequence[tuple[int, int]]) -> Hit:
    ends = [len(text)]
    for pattern in (_END, _END_PLACE if place else _END_NAME):
        # a leading article or "is" is no end; _trim takes it off
        lead = _LEAD.match(text[start:])
        match = pattern.search(text, start + (lead.end() if lead else 0) + 1)
        if match:
            ends.append(match.start())
    ends += [other for other, _ in taken if other > start and not place]
    return _trim(text, start, min(ends))


def _trim(text: str, start: int, end: int) -> Hit:
    lead = _LEAD.match(text[start:end])
    if lead:
        start += lead.end()
    tail = _TAIL.search(text[start:end])
    if tail:
        end = start + tail.start()
    while start < end and text[start] in " ,:;\"'":
        start += 1
    return start, end, text[start:end].strip(" \"'")


def _fits(value: str, spec: Mapping[str, Any], *, place: bool) -> bool:
    if not spec.get("minLength", 2) <= len(value) <= spec.get("maxLength", 300):
        return False
    # the gateway validates what stands behind a placeholder
    plain = PLACEHOLDER.sub("0", value)
    if (pattern := spec.get("pattern")) and not re.search(pattern, plain):
        return False
    if place:
        # an order number alone is no address
        return bool(_PLACE.search(value)) and not re.fullmatch(r"(?:order\s*)?#?\d+", value, re.I)
    return not _NOT_A_VALUE.match(value)
