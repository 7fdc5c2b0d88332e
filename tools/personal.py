"""Which fields of a contract's schema hold personal data: the keyword ``x-personal``. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def labels_in(schema: Any) -> set[str]:
    """Return all labels that a schema gives to fields, wherever they stand."""
    if isinstance(schema, list):
        return set().union(*map(labels_in, schema)) if schema else set()
    if not isinstance(schema, Mapping):
        return set()
    own = {schema["x-personal"]} if isinstance(schema.get("x-personal"), str) else set()
    return own.union(*map(labels_in, schema.values()))
