"""JSON Schema, draft 2020-12: compiled once, formats on, never a value in a message, never a download."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from frontdesk.errors import ConfigurationError
from frontdesk.tools.faultwords import told
from frontdesk.tools.patterns import PatternError, bounded, compiled, matches

_SLOW = "rfc3987_syntax"
_LONGEST_IRI = 1000
"""Characters of an ``iri`` that is looked at; a longer one is not valid."""
_LIMIT = 5
"""Problems told at once: a model that reads more corrects no better."""
_UNCHECKED = "the value cannot be checked against the schema"


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
        if not isinstance(value, str):
            return True
        # the grammar takes seconds for a text that fills a call
        return len(value) <= _LONGEST_IRI and importlib.import_module(_SLOW).is_valid_syntax(term, value)

    return check


def _regex(value: object) -> bool:
    try:
        return not isinstance(value, str) or bool(compiled(value))
    except PatternError:
        return False


def _checker(jsonschema: ModuleType) -> Any:
    # By its functions: FormatChecker(names) would take those of the class, where draft 3's `time` has the last word.
    checker = jsonschema.FormatChecker(())
    checker.checkers = {
        **jsonschema.Draft202012Validator.FORMAT_CHECKER.checkers,
        **{name: (_iri(term), ()) for name, term in (("iri", "iri"), ("iri-reference", "iri_reference"))},
        "regex": (_regex, ()),
    }
    return checker


def _pattern(_validator: Any, pattern: str, value: object, _schema: Any) -> Iterator[Exception]:
    if isinstance(value, str) and not matches(pattern, value):
        yield import_jsonschema().ValidationError("pattern")


def _patterns(validator: Any, patterns: Mapping[str, Any], value: object, _schema: Any) -> Iterator[Exception]:
    if isinstance(value, dict):
        for pattern, part in patterns.items():
            for name, item in value.items():
                if matches(pattern, name):
                    yield from validator.descend(item, part, path=name, schema_path=pattern)


def _additional(validator: Any, rest: Any, value: object, schema: Mapping[str, Any]) -> Iterator[Exception]:
    if not isinstance(value, dict):
        return
    named, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    for name, item in value.items():
        if name in named or any(matches(pattern, name) for pattern in patterns):
            continue
        if rest is False:
            yield import_jsonschema().ValidationError("additionalProperties")
        else:
            yield from validator.descend(item, rest, path=name)


_OURS = {"pattern": _pattern, "patternProperties": _patterns, "additionalProperties": _additional}


@functools.cache
def _tools() -> tuple[Any, Any]:
    """Return the validator's class, with ECMA's patterns, and the checker of formats."""
    jsonschema = import_jsonschema()
    return jsonschema.validators.extend(jsonschema.Draft202012Validator, _OURS), _checker(jsonschema)


def _registry(documents: Mapping[str, Any]) -> Any:
    """Return what references may lead to: the standard's own schemas and ``documents``. Nothing is fetched."""
    referencing = importlib.import_module("referencing")
    standard = importlib.import_module("jsonschema_specifications").REGISTRY
    if not documents:
        return standard
    made = functools.partial(
        referencing.Resource.from_contents,
        default_specification=importlib.import_module("referencing.jsonschema").DRAFT202012,
    )
    # A bare file name is found both as written and against the base that a schema without an ``$id`` has.
    return standard.with_resources((uri, made(document)) for uri, document in documents.items())


class Schema:
    """A compiled schema."""

    def __init__(
        self,
        schema: Mapping[str, Any] | bool,
        name: str,
        documents: Mapping[str, Mapping[str, Any] | bool] | None = None,
    ) -> None:
        """Compile.

        Args:
            schema: JSON Schema, draft 2020-12. References lead into itself, to the standard's own schemas or to
                ``documents``; nothing is fetched.
            name: Whose schema it is, for the error's text.
            documents: Other schemas by the URI or file name under which they are referred to.

        Raises:
            ConfigurationError: not a valid schema, or a pattern that cannot be read.
        """
        jsonschema = import_jsonschema()
        cls, checker = _tools()
        try:
            # with our checker of formats: a pattern is one that ECMA can read, whatever Python's `re` thinks of it
            jsonschema.Draft202012Validator.check_schema(schema, format_checker=checker)
        except jsonschema.SchemaError as error:
            where = "/".join(str(part) for part in error.absolute_path) or "top level"
            raise ConfigurationError(f"{name}: not a valid JSON Schema (2020-12) at {where}") from error
        except RecursionError:
            raise ConfigurationError(f"{name}: the schema is nested too deeply") from None
        self._validator = cls(schema, format_checker=checker, registry=_registry(documents or {}))
        self._schema = schema

    def broken(self, value: Any) -> list[str]:
        """Return the names of the rules that ``value`` breaks, such as ``pattern``, sorted; empty: none.

        ``["schema"]``: it cannot be told (see :meth:`problems`).
        """
        found = self._found(value)
        return ["schema"] if found is None else sorted({str(error.validator) for error in found})

    def problems(self, value: Any) -> list[str]:
        """Return what is wrong with ``value``, at most five, in words that never repeat a value; empty: nothing.

        Never raises. What cannot be checked (a reference that leads nowhere, a value nested too deeply, a pattern that
        takes more than :data:`frontdesk.tools.patterns.SECONDS`) is a problem: nothing passes because a check failed.
        """
        found = self._found(value)
        if found is None:
            return [_UNCHECKED]
        return [told(error) for error in sorted(found, key=lambda error: [str(part) for part in error.path])[:_LIMIT]]

    def errors(self, value: Any) -> list[Any] | None:
        """Return what the validator objects to, as its own errors; None where it cannot be told (see :meth:`problems`).

        They carry the value: for decisions, never for a text.
        """
        return self._found(value)

    def _found(self, value: Any) -> list[Any] | None:
        try:
            with bounded():
                return list(self._validator.iter_errors(value))
        except Exception:  # noqa: BLE001 - a schema is a desk's and a value anybody's: what trips the library is not valid
            return None
