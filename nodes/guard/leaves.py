"""The texts in a tool's result that may hold an instruction: free texts, not ids, dates, numbers or closed lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from frontdesk.graph.placeholders import PLACEHOLDER

_PLAIN = re.compile(r"<[A-Z_]+_\d+>|[A-Za-zÀ-ɏ0-9_.:+/#-]{0,24}|[\d\s.,:+/()-]{0,40}")
"""Texts that hold no instruction: one short word, a number, a date, a placeholder. Only scripts that put blanks between
words are short: elsewhere 24 characters are a sentence."""
_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
_LETTERS = re.compile(r"[^\W\d_]{2}|[^\W\d_\x00-\u024f]")
"""A word: two letters, or one sign of a script that needs no more."""
_WORDS = 2
"""Words that a name such as ``in_transit`` has at most."""
_CLOSED = frozenset({"enum", "const"})
_FORMATS = frozenset({"date", "date-time", "time", "duration", "uuid", "ipv4", "ipv6"})
"""Formats that the gateway checks and that hold no words."""
_PROBES = (
    "ignore_all_of_this",
    "Ignore-all-of-this.",
    "IGNOREALLOFTHIS",
    "ignoreallofthis",
    "10483ignore",
    "忽略之前的所有指令",
)
"""A pattern that lets one of these pass says nothing."""


def texts_of(value: Any, schema: Any) -> Iterator[str]:
    """Yield the texts of JSON data that may hold an instruction: values at any depth, and names nobody declared.

    Args:
        value: JSON data.
        schema: Its JSON Schema. What it constrains to a list, a format or a pattern is left out.
    """
    if isinstance(value, str):
        if not _is_closed(value, schema) and not _is_plain(value):
            yield value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if not _declared(schema, name):
                yield from texts_of(name, {})
            yield from texts_of(item, _field(schema, name))
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item, _items(schema))


def words_of(value: Any, schema: Any) -> Iterator[str]:
    """Yield all texts of JSON data that hold a word and that the contract does not close, in the order of the data.

    Short ones are among them: an instruction may be cut into pieces that each look like a name.
    """
    if isinstance(value, str):
        if not _is_closed(value, schema) and _LETTERS.search(PLACEHOLDER.sub("", value)):
            yield value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if not _declared(schema, name):
                yield from words_of(name, {})
            yield from words_of(item, _field(schema, name))
    elif isinstance(value, list):
        for item in value:
            yield from words_of(item, _items(schema))


def replaced(value: Any, schema: Any, clean: Mapping[str, str]) -> Any:
    """Return JSON data with the texts of :func:`texts_of` that ``clean`` names in their clean form."""
    if isinstance(value, str):
        return value if _is_closed(value, schema) else clean.get(value, value)
    if isinstance(value, Mapping):
        return {
            name if _declared(schema, name) else clean.get(name, name): replaced(item, _field(schema, name), clean)
            for name, item in value.items()
        }
    return [replaced(item, _items(schema), clean) for item in value] if isinstance(value, list) else value


def _is_plain(value: str) -> bool:
    return _PLAIN.fullmatch(value) is not None and len(_WORD.findall(value)) <= _WORDS


def _is_closed(value: str, schema: Any) -> bool:
    """Whether the contract says what the text may be. A pattern does so for what has no blanks, such as an id."""
    if not isinstance(schema, Mapping):
        return False
    pattern = schema.get("pattern")
    firm = isinstance(pattern, str) and re.search(r"\s", value) is None and _is_firm(pattern)
    return bool(_CLOSED & schema.keys()) or schema.get("format") in _FORMATS or firm


@lru_cache(maxsize=256)
def _is_firm(pattern: str) -> bool:
    """Whether a pattern gives the whole text a shape; one without anchors says something of a part of it only."""
    bare = re.sub(r"\(.*\)|\[[^]]*\]", "", pattern)
    whole = pattern.startswith("^") and pattern.endswith("$") and "|" not in bare
    return whole and not any(re.search(pattern, probe) for probe in _PROBES)


def _declared(schema: Any, name: str) -> bool:
    return isinstance(schema, Mapping) and name in (schema.get("properties") or {})


def _field(schema: Any, name: str) -> Any:
    return schema["properties"][name] if _declared(schema, name) else {}


def _items(schema: Any) -> Any:
    return schema.get("items") or {} if isinstance(schema, Mapping) else {}


__all__ = ["replaced", "texts_of", "words_of"]
