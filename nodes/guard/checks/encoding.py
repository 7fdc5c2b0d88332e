"""Hidden text: writing that a person does not see but a model reads, or that only a decoder can read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontdesk.desk.guarding import GuardChannel
from frontdesk.nodes.guard.check import Check, Evidence
from frontdesk.nodes.guard.escapes import SELECTORS, TAGS, selected, tagged
from frontdesk.nodes.guard.quiet import register_validator
from frontdesk.nodes.guard.views import LIMIT, View

_APART = "\u00ad\u200b-\u200d\u2060-\u2064\ufeff"
_INSIDE_WORD = re.compile(f"[A-Za-z][{_APART}]+(?=[A-Za-z])")
_WORD_WITH = re.compile(f"(?<![A-Za-z])[A-Za-z]+(?:[{_APART}]+[A-Za-z]+)+")
_OVERRIDE = re.compile("[\u202d\u202e]")
_OVERRIDDEN = re.compile("[\u202d\u202e][^\u202c\n]*\u202c?")
_STACKED = re.compile("[\u0300-\u036f]{4,}")
_ENCODED = frozenset({"base64", "base32", "base85", "hex", "binary", "numbers"})
_WHERE = {
    "encoding.tags": TAGS,
    "encoding.selectors": SELECTORS,
    "encoding.zero_width": _WORD_WITH,
    "encoding.direction": _OVERRIDDEN,
    "encoding.stacked": _STACKED,
}


def _weights(text: str, seen: Sequence[View]) -> dict[str, float]:
    found: dict[str, float] = {}
    if any(view.kind in _ENCODED for view in seen):
        found["encoding.encoded"] = 0.3
    if text.isascii():
        return found
    if len(tagged(text)) >= 3:
        found["encoding.tags"] = 1.0
    if selected(text):
        found["encoding.selectors"] = 1.0
    if len(_INSIDE_WORD.findall(text)) >= 3:
        found["encoding.zero_width"] = 0.6
    if _OVERRIDE.search(text):
        found["encoding.direction"] = 0.4
    if len(_STACKED.findall(text)) >= 3:
        found["encoding.stacked"] = 0.3
    return found


@register_validator("frontdesk/encoding", data_type="string")
class Encoding(Check):
    """Fails on text hidden in tag characters, variation selectors or zero-width characters inside words."""

    def inspect(self, text: str, seen: Sequence[View], *, channel: GuardChannel = "user") -> Evidence:
        """Return the heaviest kind of hiding found in the first :data:`LIMIT` characters of ``text``, and where."""
        given = text[:LIMIT]
        found = _weights(given, seen)
        ranked = sorted(found, key=lambda rule: -found[rule])
        patterns = (_WHERE[rule] for rule in ranked if rule in _WHERE)
        return Evidence(
            score=max(found.values(), default=0.0),
            rules=tuple(ranked),
            spans=tuple(match.span() for pattern in patterns for match in pattern.finditer(given)),
        )


CHECK = Encoding
