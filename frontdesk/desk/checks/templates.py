"""Texts with ``{placeholders}``, as desk.yaml and tool contracts write them."""

from __future__ import annotations

from collections.abc import Collection
from string import Formatter

from frontdesk.desk.names import choose, listed


def placeholders(text: str) -> set[str] | None:
    """Return the names in a text's ``{name}`` placeholders; None when its braces are wrong.

    Only plain names count as right: ``{}``, ``{0}``, ``{a.b}``, ``{a!r}`` and ``{a:>9}`` are refused, so that a text
    can do nothing but show a value.
    """
    names: set[str] = set()
    try:
        for _, name, spec, conversion in Formatter().parse(text):
            if name is None:
                continue
            if not name.isidentifier() or spec or conversion:
                return None
            names.add(name)
    except ValueError:
        return None
    return names


def text_fault(text: str, allowed: Collection[str]) -> tuple[str, str] | None:
    """Return problem and remedy of a text whose placeholders are wrong or unknown; None when all is well."""
    names = placeholders(text)
    form = ", ".join("{" + name + "}" for name in sorted(allowed)) or "none"
    if names is None:
        return "the braces are wrong", f"write placeholders as plain names, literal braces as {{{{ and }}}}: {form}"
    for name in sorted(names - set(allowed)):
        return f"unknown placeholder `{{{name}}}`", choose(name, sorted(allowed)) if allowed else listed([form])
    return None
