"""Schemas from the parameters of a signature, where a tool has no schema. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def from_signature(params: list[Any]) -> dict[str, Any]:
    """Return a schema from ``name``, ``type`` (as Python writes it) and ``required`` of each parameter."""
    given = [item for item in params if isinstance(item, Mapping) and isinstance(item.get("name"), str)]
    properties = {item["name"]: _annotated(str(item.get("type", ""))) for item in given}
    return {"properties": properties, "required": [item["name"] for item in given if item.get("required") is True]}


def _annotated(text: str) -> dict[str, Any]:
    outer, _, inner = text.strip().partition("[")
    kind = outer.rpartition(".")[2].lower()
    if kind in {"list", "sequence", "set", "tuple"}:
        part = inner.rstrip("]").partition(",")[0]
        return {"type": "array", "items": _annotated(part)} if kind == "list" and "[" not in part else {"type": "array"}
    plain = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "dict": "object"}
    return {"type": plain[kind]} if kind in plain and "|" not in text else {}
