"""What a customer sees of a call before they say yes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from frontdesk.models.keyless.shapes import firm_pattern
from frontdesk.tools.contract import ToolContract

_FIELD = re.compile(r"\{([a-zA-Z_][a-zA-Z0-9_]*)\}")


def shown_as(name: str, spec: Mapping[str, Any]) -> str:
    """Return what stands for a property in the contract's question: ``x-shown``, or its own name."""
    return str(spec.get("x-shown") or name)


def is_shown(contract: ToolContract, name: str) -> bool:
    """Whether the question of a confirmed call shows the value of a property of ``input``."""
    spec = (contract.input.get("properties") or {}).get(name) or {}
    return contract.confirm == "always" and shown_as(name, spec) in _FIELD.findall(contract.question)


def is_chosen(spec: Any) -> bool:
    """Whether a model may choose a value of this schema, or of a part of it, that the customer did not say.

    So it is with closed lists, flags, and what a record of theirs gives, unless ``x-source`` says otherwise.
    """
    return any(_chosen(part) for part in _parts(spec))


def source_of(spec: Mapping[str, Any]) -> str:
    """Return where a value may come from: ``customer``, ``record`` or ``any``."""
    given = spec.get("x-source")
    return str(given or ("record" if "x-from" in spec or firm_pattern(spec) is not None else "customer"))


def _chosen(spec: Mapping[str, Any]) -> bool:
    closed = "enum" in spec or spec.get("type") == "boolean"
    source = spec.get("x-source") or ("record" if closed else source_of(spec))
    return source == "record" and "const" not in spec


def _parts(spec: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(spec, Mapping):
        return
    yield spec
    properties = spec.get("properties")
    for part in (spec.get("items"), *(properties.values() if isinstance(properties, Mapping) else ())):
        yield from _parts(part)


__all__ = ["is_chosen", "is_shown", "shown_as", "source_of"]
