"""What is wrong with a value, in the words of its schema: no word of the value itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_RULES: Mapping[str, str] = {
    "type": "must be of type {limit}",
    "enum": "must be one of {limit}",
    "const": "must be {limit}",
    "pattern": "must match the pattern {limit}",
    "format": "must be a valid {limit}",
    "minLength": "must have at least {limit} characters",
    "maxLength": "must have at most {limit} characters",
    "minimum": "must be at least {limit}",
    "maximum": "must be at most {limit}",
    "exclusiveMinimum": "must be more than {limit}",
    "exclusiveMaximum": "must be less than {limit}",
    "multipleOf": "must be a multiple of {limit}",
    "minItems": "must have at least {limit} items",
    "maxItems": "must have at most {limit} items",
}


def told(error: Any) -> str:
    """Return one of jsonschema's errors as a sentence's part: ``order_id must match the pattern ^[0-9]{5}$``."""
    where = _where(error)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"{where} lacks {_listed(missing)}"
    if error.validator in {"additionalProperties", "unevaluatedProperties"}:
        allowed = _listed(error.schema.get("properties", {})) or "none"
        return f"{where} has a property that is not allowed; allowed: {allowed}"
    if error.validator is None:
        return f"{where} is not allowed here"
    rule = _RULES.get(str(error.validator))
    if rule is None:
        return f"{where} does not satisfy {error.validator!r}"
    if error.validator in {"pattern", "format"} and isinstance(error.schema.get("x-invalid"), str):
        # the contract says it in the customer's words, who may read it
        return f"{where} is not valid ({error.schema['x-invalid'].strip().rstrip('.')})"
    limit = error.validator_value
    return f"{where} {rule.format(limit=_listed(limit) if isinstance(limit, list) else limit)}"


def _where(error: Any) -> str:
    """Name the place by the schema's own words: property names in the value may be anybody's text."""
    names = [
        part
        for before, part in zip(["", *error.absolute_schema_path], error.absolute_schema_path, strict=False)
        if before == "properties"
    ]
    return ".".join(str(name) for name in names) or "the object"


def _listed(items: Iterable[Any]) -> str:
    return ", ".join(str(item) for item in items)
