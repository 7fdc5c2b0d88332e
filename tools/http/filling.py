"""Arguments into a request: each stays within the segment, field or value in which the contract has it. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from frontdesk.tools.http.names import header_value

_PLACE = re.compile(r"\{([a-zA-Z_][a-zA-Z0-9_]*)\}")
_APART = re.compile(r"[/\\\x00-\x1f\x7f]")
"""In a path these are read as the end of a segment by some server or proxy even where they are encoded."""

ABSENT: Any = object()
"""Stands for an argument that was not given."""


class UnfitError(ValueError):
    """An argument cannot stand where the contract puts it. Says where, and never what it is."""


def places(template: Any) -> set[str]:
    """Return the names that a template holds, at any depth."""
    if isinstance(template, str):
        return set(_PLACE.findall(template))
    if isinstance(template, Mapping):
        return {name for item in template.values() for name in places(item)}
    if isinstance(template, Sequence):
        return {name for item in template for name in places(item)}
    return set()


def path(template: str, values: Mapping[str, Any]) -> str:
    """Return a path with each value percent-encoded as a part of one segment.

    Raises:
        UnfitError: A value is absent, empty or no scalar, holds a slash, a backslash or a control character, or would
            make its segment ``.`` or ``..`` (which clients and servers resolve, also where they are encoded).
    """
    return "/".join(_segment(part, values) for part in template.split("/"))


def query(templates: Mapping[str, Any], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the fields of a query or a form, not yet encoded. UnfitError: a value is a record, or a list of such."""
    fields: list[tuple[str, str]] = []
    for name, template in templates.items():
        value = filled(template, values)
        items = value if isinstance(value, list) else [value]
        fields += [(name, _text(item, "a query")) for item in items if item is not ABSENT and item is not None]
    return fields


def headers(templates: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, str]:
    """Return headers. UnfitError: a value is no scalar, or not printable ASCII."""
    made: dict[str, str] = {}
    for name, template in templates.items():
        value = filled(template, values)
        if value is ABSENT or value is None:
            continue
        try:
            made[name] = header_value(_text(value, "a header"))
        except ValueError as error:
            raise UnfitError(str(error)) from None
    return made


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """Return a template with arguments in it.

    A text that is one ``{name}`` becomes the argument itself; where it was not given, ``ABSENT``, and a record or list
    leaves it out. Within a longer text an absent one becomes nothing. An argument's own text is never read as a
    template.

    Raises:
        UnfitError: A record or list within a longer text.
    """
    if isinstance(template, str):
        whole = _PLACE.fullmatch(template)
        if whole:
            return values.get(whole[1], ABSENT)
        return _PLACE.sub(lambda place: _inside(values.get(place[1])), template)
    if isinstance(template, Mapping):
        made = {key: filled(item, values) for key, item in template.items()}
        return {key: item for key, item in made.items() if item is not ABSENT}
    if isinstance(template, Sequence):
        return [item for item in (filled(part, values) for part in template) if item is not ABSENT]
    return template


def _segment(template: str, values: Mapping[str, Any]) -> str:
    plain = ""
    encoded = ""
    for index, part in enumerate(_PLACE.split(template)):
        text = _named(part, values) if index % 2 else part
        plain += text
        try:
            encoded += quote(text, safe="" if index % 2 else "!$&'()*+,;=:@-._~%")
        except UnicodeEncodeError:
            raise UnfitError("a path cannot hold half a character") from None
    if plain in {".", ".."}:
        raise UnfitError("a path may not climb")
    return encoded


def _named(name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    text = "" if value is None else _text(value, "a path")
    if not text or _APART.search(text):
        raise UnfitError("a part of a path is empty, or holds a slash, a backslash or a control character")
    return text


def _inside(value: Any) -> str:
    return "" if value is None else _text(value, "a text")


def _text(value: Any, where: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    raise UnfitError(f"{where} holds texts, numbers, true and false only")
