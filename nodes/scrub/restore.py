"""Placeholders become values again: in a reply for this customer, and in a tool's arguments. Nowhere else."""

from __future__ import annotations

import html as html_module
import re
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from frontdesk.errors import ToolRefusedError
from frontdesk.graph.deps import Restore
from frontdesk.nodes.scrub.origin import REMOVED, bare, is_foreign
from frontdesk.nodes.scrub.placeholders import Mark, label_of, scan

ONE_WAY = frozenset({"CARD", "SECRET"})
"""Labels that return only into a field annotated for them; a reply shows them covered."""

_LINK = re.compile(
    r"""\b(?:[a-z][a-z0-9+.-]{1,20}://|www\.|(?:mailto|tel|sms|data|javascript):)[^\s"']*|\]\([^)\n]*\)?"""
    r"""|\b(?:href|src|action)\s?=\s?(?:"[^"]*"|'[^']*'|[^\s>]*(?:>\S*)?)""",
    re.IGNORECASE,
)
_UNTYPED_FORMATS = frozenset(
    {"uri", "uri-reference", "iri", "iri-reference", "uri-template", "hostname", "idn-hostname"}
)
_EMAIL_FORMATS = frozenset({"email", "idn-email"})
_NUMERIC = frozenset({"PHONE", "NATIONAL_ID", "PASSPORT", "LICENCE", "DOB"})
_MESSAGES = {
    "unknown_placeholder": "A placeholder in the arguments stands for nothing in this conversation. Ask the customer.",
    "wrong_placeholder": "A field holds a placeholder of another kind than the field takes. Ask the customer.",
    "one_way": "Card numbers and secrets cannot be passed to this field.",
    "placeholder_in_link": "A placeholder must not be part of a link.",
}


def restore_text(text: str, values: Mapping[str, str], *, html: bool = False) -> str:
    """Put values back into a reply.

    Args:
        text: The masked reply.
        values: The session's placeholders with their values.
        html: Escape the values for HTML.

    Returns:
        The reply for the customer. A placeholder that the session does not know, or inside a link, stays as it is;
        cards and secrets are shown covered (``•••• 1111``), and what others wrote is left out (``(removed)``).
    """
    linked = _linked(text)

    def put(mark: Mark) -> str:
        if mark.key not in values or linked(mark):
            return text[mark.start : mark.end]
        if is_foreign(values[mark.key]):
            return REMOVED
        shown = _covered(mark.key, values[mark.key])
        return html_module.escape(shown) if html else shown

    return _replaced(text, put)


def restore_value(value: Any, values: Mapping[str, str], *, html: bool = False) -> Any:
    """Put values back as :func:`restore_text` does, in strings at any depth: for showing a proposal to its customer."""
    if isinstance(value, str):
        return restore_text(value, values, html=html)
    if isinstance(value, Mapping):
        return {name: restore_value(item, values, html=html) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [restore_value(item, values, html=html) for item in value]
    return value


def restorer(values: Mapping[str, str], schema: Mapping[str, Any] | None = None, *, tool: str = "") -> Restore:
    """Return the function that puts values back into a tool's arguments, in strings at any depth.

    Args:
        values: The session's placeholders with their values.
        schema: JSON Schema of the arguments. ``x-personal`` on a string (a label, or a list of labels) names what the
            field takes; ``format: email`` means EMAIL. A field without either takes anything but one-way labels.
            ``x-masked: true``: nothing is put back into this field.
        tool: Name for the error.

    Returns:
        Masked arguments to a new value of the same shape. It raises ToolRefusedError: ``unknown_placeholder``,
        ``wrong_placeholder``, ``one_way`` or ``placeholder_in_link``.
    """
    return lambda value: _walk(value, schema or {}, values, tool)


def _walk(value: Any, schema: Mapping[str, Any], values: Mapping[str, str], tool: str) -> Any:
    if isinstance(value, str):
        # a field for words that are kept takes them as they are: what is behind a placeholder stays in its thread
        return value if schema.get("x-masked") is True else _filled(value, schema, values, tool)
    if isinstance(value, Mapping):
        fields = _part(schema, "properties")
        rest = _part(schema, "additionalProperties")
        for name in value:
            if any(not mark.bare or mark.key in values for mark in scan(str(name))):
                raise _refused(tool, "wrong_placeholder")
        return {name: _walk(item, _part(fields, name) or rest, values, tool) for name, item in value.items()}
    if isinstance(value, list | tuple):
        items = _part(schema, "items")
        return [_walk(item, items, values, tool) for item in value]
    return value


def _part(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = schema.get(name)
    return part if isinstance(part, Mapping) else {}


def _filled(text: str, schema: Mapping[str, Any], values: Mapping[str, str], tool: str) -> str:
    linked = _linked(text)
    wanted = _wanted(schema)

    def put(mark: Mark) -> str:
        if mark.key not in values and mark.bare:
            return text[mark.start : mark.end]
        if mark.key not in values:
            raise _refused(tool, "unknown_placeholder")
        if schema.get("format") in _UNTYPED_FORMATS or linked(mark):
            raise _refused(tool, "placeholder_in_link")
        label = label_of(mark.key)
        if wanted and label not in wanted:
            raise _refused(tool, "wrong_placeholder")
        if label in ONE_WAY and not wanted:
            raise _refused(tool, "one_way")
        return bare(values[mark.key])

    return _replaced(text, put)


def _wanted(schema: Mapping[str, Any]) -> frozenset[str]:
    given = schema.get("x-personal")
    labels = frozenset([given] if isinstance(given, str) else given or ())
    if not labels and schema.get("format") in _EMAIL_FORMATS:
        return frozenset({"EMAIL"})
    # A number of no known kind may well be the phone or the identity number that the field asks for.
    return labels | {"NUMBER"} if labels & _NUMERIC else labels


def _linked(text: str) -> Callable[[Mark], bool]:
    """Return the function that tells whether a placeholder touches a link; it may be asked in the text's order only."""
    links = deque(found.span() for found in _LINK.finditer(text))

    def linked(mark: Mark) -> bool:
        while links and links[0][1] <= mark.start:
            links.popleft()
        return bool(links) and links[0][0] < mark.end

    return linked


def _replaced(text: str, put: Callable[[Mark], str]) -> str:
    pieces: list[str] = []
    last = 0
    for mark in scan(text):
        pieces += [text[last : mark.start], put(mark)]
        last = mark.end
    return "".join([*pieces, text[last:]])


def _covered(key: str, value: str) -> str:
    label = label_of(key)
    if label == "CARD":
        return f"•••• {''.join(filter(str.isdigit, value))[-4:]}"
    return "••••" if label in ONE_WAY else value


def _refused(tool: str, reason: str) -> ToolRefusedError:
    return ToolRefusedError(tool, reason, _MESSAGES[reason])
