"""Whether a value is one that the contract takes, and what would be, in words for the customer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.models.keyless.shapes import firm_pattern, number_of, numbers_pattern
from frontdesk.models.keyless.spans import cued, cued_after
from frontdesk.tools.schema import Schema

PARTIAL = "partial"
"""A word of a masked text was changed, which only the customer can do."""
TRIES = 20
"""Parts of a message that are looked at as a try: more are noise."""
CODES = ("pattern", "minimum", "maximum", PARTIAL)
"""Codes that :func:`explained` words each in its own way."""
_LIKE_A_CODE = re.compile(r"(?<![\w<-])[\w-]*\d[\w-]*(?![\w>-])|<NUMBER_\d+>")
"""What may be meant as an id; a number of a shape that nothing in the desk has is masked."""
_AROUND = re.compile(r"[\s.,;!?]+")


def fault(value: Any, spec: Mapping[str, Any]) -> str:
    """Return the rule of JSON Schema that a value breaks, such as ``pattern``; empty for none.

    What stands behind a placeholder is judged by the gateway, which sees it.
    """
    if isinstance(value, str) and PLACEHOLDER.search(value):
        return ""
    broken = _schema(json.dumps(spec, sort_keys=True, default=str)).broken(value)
    return broken[0] if broken else ""


def attempted(text: str, spec: Mapping[str, Any], *, asked: bool) -> str:
    """Return the rule that a message breaks where it seems to give a value and none was found; empty for none.

    Args:
        text: The customer's message.
        spec: JSON Schema of the property.
        asked: Whether the message answers our question for it, or corrects it; otherwise a cue must announce the value.
    """
    if spec.get("enum") or spec.get("type") == "boolean" or "x-from" in spec:
        return ""
    if spec.get("type") in {"integer", "number"}:
        return _number_fault(text, spec, asked=asked)
    if firm_pattern(spec) is not None:
        tried = any(asked or cued(text, match.start(), spec) for match in islice(_LIKE_A_CODE.finditer(text), TRIES))
        return ("format" if spec.get("format") else "pattern") if tried else ""
    value = _AROUND.sub(" ", text).strip()
    short = len(value) < int(spec.get("minLength") or 0) and bool(_LIKE_A_CODE.search(value))
    return "minLength" if asked and short else ""


def explained(name: str, spec: Mapping[str, Any], code: str) -> str:
    """Return what would be right, in the customer's words: the contract's ``x-invalid``, or what it says otherwise.

    Args:
        name: The property.
        spec: Its JSON Schema.
        code: From :func:`fault` or :func:`attempted`, or :data:`PARTIAL`.
    """
    label = name.replace("_", " ")
    if code == PARTIAL:
        return f"To be sure that nothing is mixed up, I need the whole {label} once more."
    if given := spec.get("x-invalid"):
        return str(given).strip()
    low, high = spec.get("minimum"), spec.get("maximum")
    if code in {"minimum", "maximum"} and low is not None and high is not None:
        return f"The {label} has to be between {low} and {high}."
    if code in {"minimum", "maximum"}:
        return f"The {label} has to be {f'at least {low}' if code == 'minimum' else f'at most {high}'}."
    if spec.get("enum"):
        return f"It can be one of these: {', '.join(str(value).replace('_', ' ') for value in spec['enum'])}."
    what = str(spec.get("description") or f"a valid {label}").strip().rstrip(".")
    example = f", such as {spec['examples'][0]}" if spec.get("examples") else ""
    return f"I need {what[0].lower()}{what[1:]}{example}."


def _number_fault(text: str, spec: Mapping[str, Any], *, asked: bool) -> str:
    for match in islice(numbers_pattern().finditer(text), TRIES):
        if not (asked or cued(text, match.start(), spec) or cued_after(text, match.end(), spec)):
            continue
        value = number_of(match[0], whole=spec.get("type") == "integer")
        code = "type" if value is None else fault(value, spec)
        if code:
            return code
    return ""


@lru_cache(maxsize=512)
def _schema(text: str) -> Schema:
    return Schema(json.loads(text), "a property")


__all__ = ["CODES", "PARTIAL", "attempted", "explained", "fault"]
