"""What a customer's own record says of them: the values that a conversation of theirs may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from frontdesk.nodes.scrub.fields import mapped

_JOINED: Mapping[str, str] = {"NAME": " ", "ADDRESS": ", "}
"""Labels whose fields in one record make up one value, with what stands between them."""
_CODE = re.compile(
    r"(?:\b[A-Za-z]{1,2}\d[A-Za-z\d]? \d[A-Za-z]{2}|\b[A-Za-z]\d[A-Za-z] \d[A-Za-z]\d|\b\d{4} ?[A-Z]{2}"
    r"|\b\d{5}(?:-\d{3,4})?)(?=\W*\Z|,)|(?<=[,\n] )\d{5}(?= [A-ZÀ-Þ])|(?<=[,\n])\d{5}(?= [A-ZÀ-Þ])"
)
"""A postcode inside an address: British, Canadian, Dutch, or five digits; one of four digits is a year as well."""


def own_values(record: Any, schema: Any) -> list[tuple[str, str]]:
    """Return what is personal in a record.

    Args:
        record: JSON data: the result of the tool that ``scrub.record`` names.
        schema: That tool's ``output``, whose fields say with ``x-personal`` what they hold.

    Returns:
        Label and value, each once: names and addresses whole, also where several fields make them up (first and last
        name); of an address its postcode, too. Parts of names and lines of addresses are found by the search itself.
    """
    found: list[tuple[str, str]] = []
    _collect(mapped(record, schema, _Marked), found)
    return list(dict.fromkeys((label, value.strip()) for label, value in found if value.strip()))


class _Marked(str):
    """A text that is personal, with its label."""

    label: str

    def __new__(cls, label: str, text: str) -> _Marked:
        made = super().__new__(cls, text)
        made.label = label
        return made


def _collect(value: Any, found: list[tuple[str, str]]) -> None:
    if isinstance(value, Mapping):
        for label, separator in _JOINED.items():
            fields = [item for item in value.values() if isinstance(item, _Marked) and item.label == label]
            if fields:
                found.extend(_with_parts(label, separator.join(fields), alone=len(fields) == 1))
        for item in value.values():
            if not isinstance(item, _Marked) or item.label not in _JOINED:
                _collect(item, found)
    elif isinstance(value, list):
        for item in value:
            _collect(item, found)
    elif isinstance(value, _Marked):
        found.extend(_with_parts(value.label, value, alone=True))


def _with_parts(label: str, value: str, *, alone: bool) -> Iterator[tuple[str, str]]:
    yield label, str(value)
    if label == "ADDRESS":
        yield from ((label, code.group()) for code in _CODE.finditer(value) if not alone or code.group() != value)
