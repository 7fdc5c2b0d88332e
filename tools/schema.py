"""JSON Schema, draft 2020-12: compiled once, formats on, never a value in a message, never a download."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from frontdesk.errors import ConfigurationError

_SLOW = "rfc3987_syntax"
_END = re.compile(r"(?<!\\)\$$")
_LIMIT = 5
"""Problems told at once: a model that reads more corrects no better."""


def import_jsonschema() -> ModuleType:
    """Import jsonschema without the IRI grammar, which costs a second at import and is wanted by hardly any schema."""
    if "jsonschema" in sys.modules or _SLOW in sys.modules:
        return importlib.import_module("jsonschema")
    sys.modules[_SLOW] = None  # type: ignore[assignment]
    try:
        return importlib.import_module("jsonschema")
    finally:
        del sys.modules[_SLOW]


def _iri(term: str) -> Any:
    def check(value: object) -> bool:
        return not isinstance(value, str) or importlib.import_module(_SLOW).is_valid_syntax(term, value)

    return check


def _checker(jsonschema: ModuleType) -> Any:
    checker = jsonschema.FormatChecker(jsonschema.Draft202012Validator.FORMAT_CHECKER.checkers)
    for name, term in (("iri", "iri"), ("iri-reference", "iri_reference")):
        checker.checks(name)(_iri(term))
    return checker


def _pattern(_validator: Any, pattern: str, value: object, _schema: Any) -> Iterator[Exception]:
    """Match as ECMA 262 does, where ``$`` is the very end: Python's lets a trailing line feed through."""
    if isinstance(value, str) and not re.search(_END.sub(r"\\Z", pattern), value):
        yield import_jsonschema().ValidationError("pattern")


class Schema:
    """A compiled schema."""

    def __init__(self, schema: Mapping[str, Any] | bool, name: str) -> None:
        """Compile.

        Args:
            schema: JSON Schema, draft 2020-12. References may lead into itself only; nothing is fetched.
            name: Whose schema it is, for the error's text.

        Raises:
            ConfigurationError: not a valid schema.
        """
        jsonschema = import_jsonschema()
        cls = jsonschema.Draft202012Validator
        try:
            cls.check_schema(schema)
        except jsonschema.SchemaError as error:
            where = "/".join(str(part) for part in error.absolute_path) or "top level"
            raise ConfigurationError(f"{name}: not a valid JSON Schema (2020-12) at {where}") from error
        referencing = importlib.import_module("referencing")
        self._unresolvable = importlib.import_module("referencing.exceptions").Unresolvable
        # An explicit registry without a retriever: the default one would fetch a remote $ref from the net.
        exact = jsonschema.validators.extend(cls, {"pattern": _pattern})
        self._validator = exact(schema, format_checker=_checker(jsonschema), registry=referencing.Registry())
        self._schema = schema

    def broken(self, value: Any) -> list[str]:
        """Return the names of the rules that ``value`` breaks, such as ``pattern``, sorted; empty: none."""
        try:
            return sorted({str(error.validator) for error in self._validator.iter_errors(value)})
        except (RecursionError, self._unresolvable):
            return ["schema"]

    def problems(self, value: Any) -> list[str]:
        """Return what is wrong with ``value``, at most five, in words that never repeat a value; empty: nothing."""
        try:
            found = sorted(self._validator.iter_errors(value), key=lambda error: [str(part) for part in error.path])
        except (RecursionError, self._unresolvable):
            return ["the value cannot be checked against the schema"]
        return [_words(error) for error in found[:_LIMIT]]


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
    "minItems": "must have at least {limit} items",
    "maxItems": "must have at most {limit} items",
}


def _words(error: Any) -> str:
    where = _where(error)
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return f"{where} lacks {_listed(missing)}"
    if error.validator in {"additionalProperties", "unevaluatedProperties"}:
        allowed = _listed(error.schema.get("properties", {})) or "none"
        return f"{where} has a property that is not allowed; allowed: {allowed}"
    rule = _RULES.get(str(error.validator))
    if rule is None:
        return f"{where} does not satisfy {error.validator!r}"
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
