"""What a value looks like: patterns and formats of JSON Schema as searches in running text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_FORMATS = {
    "email": r"<EMAIL_\d+>|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "date": r"\d{4}-\d{2}-\d{2}",
    "phone": r"<PHONE_\d+>|\+?\d[\d ()/-]{5,}\d",
    "uuid": r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBER_WORDS = {word: value for value, word in enumerate(_NUMBERS.split())}


def firm_pattern(spec: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Return the search for a property that has a shape: its pattern, its format, or that of all its examples.

    A pattern that says only which characters are allowed (it matches any word) is no shape. What ``x-personal`` names
    may stand there as a placeholder: the words are masked.
    """
    if spec.get("type", "string") != "string":
        return None
    examples = tuple(spec.get("examples") or ())
    return _compiled(str(spec.get("pattern") or ""), str(spec.get("format") or ""), examples, _labels(spec))


def _labels(spec: Mapping[str, Any]) -> tuple[str, ...]:
    given = spec.get("x-personal") or ()
    return (given,) if isinstance(given, str) else tuple(map(str, given))


@lru_cache(maxsize=256)
def _compiled(pattern: str, shape: str, examples: tuple[Any, ...], labels: tuple[str, ...]) -> re.Pattern[str] | None:
    body = ""
    if pattern.startswith("^") and pattern.endswith("$"):
        body = pattern[1:-1]
    elif shape in _FORMATS:
        body = _FORMATS[shape]
    elif not pattern and examples:
        body = _shape_of(examples)
    if not body:
        return None
    if labels:
        body = rf"(?-i:<(?:{'|'.join(map(re.escape, labels))})_\d+>)|{body}"
    found = re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)
    return None if found.fullmatch("word") or found.fullmatch("two words") else found


def _shape_of(examples: tuple[Any, ...]) -> str:
    """Return ``[A-Z]{2}-\\d{4}`` for ``FH-1234``; nothing unless all examples agree and hold a digit."""
    shapes = {re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", str(example))) for example in examples}
    if len(shapes) != 1 or "9" not in (shape := shapes.pop()) or " " in shape:
        return ""
    return "".join({"A": "[A-Z]", "9": r"\d"}.get(char, re.escape(char)) for char in shape)


@lru_cache(maxsize=1)
def numbers_pattern() -> re.Pattern[str]:
    """Return the search for numbers, in digits or as a word up to twelve."""
    words = "|".join(_NUMBER_WORDS)
    return re.compile(rf"(?<![\w.,#-])(?:\d+(?:[.,]\d+)?|{words})(?![\w-])", re.I)


def number_of(text: str, *, whole: bool) -> float | int | None:
    """Return a found number; None when a whole one is wanted and it is not."""
    if text.lower() in _NUMBER_WORDS:
        return _NUMBER_WORDS[text.lower()]
    value = float(text.replace(",", "."))
    if whole:
        return int(value) if value.is_integer() else None
    return value
