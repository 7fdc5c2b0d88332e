"""From an answer to the contract's result. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonpointer import JsonPointerException, resolve_pointer

from frontdesk.tools.http.options import ErrorRule, HttpRequest, ResultField

_NOTHING: Any = object()


class AbsentError(Exception):
    """The answer does not hold what the contract's ``result`` points at."""


def result(request: HttpRequest, answer: Any, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result.

    Args:
        request: Whose ``result`` says where it stands.
        answer: The answer's document.
        arguments: For fields that come from there.

    Raises:
        AbsentError: Something that is not optional is not there, or the result is no record.
    """
    if isinstance(request.result, str):
        found = at(answer, request.result)
        if not isinstance(found, dict):
            raise AbsentError
        return found
    made: dict[str, Any] = {}
    for name, rule in request.result.items():
        field = ResultField(pointer=rule) if isinstance(rule, str) else rule
        value = _field(field, answer, arguments)
        if value is not _NOTHING:
            made[name] = value
        elif not field.optional:
            raise AbsentError
    return made


def rule_for(request: HttpRequest, status: int, answer: Any) -> ErrorRule | None:
    """Return the contract's rule for an answer, the first that holds; None: it has none."""
    rules = request.errors.get(str(status))
    if rules is None:
        return None
    for rule in rules if isinstance(rules, list) else [rules]:
        made = ErrorRule(reason=rule) if isinstance(rule, str) else rule
        if all(_matches(at(answer, pointer), allowed) for pointer, allowed in made.when.items()):
            return made
    return None


def needs_body(request: HttpRequest, status: int) -> bool:
    """Return whether a rule for this status looks into the answer."""
    rules = request.errors.get(str(status))
    return isinstance(rules, list | ErrorRule) and any(
        rule.when for rule in (rules if isinstance(rules, list) else [rules])
    )


def at(answer: Any, pointer: str) -> Any:
    """Return what stands at a JSON Pointer; a private object that equals nothing where nothing does."""
    try:
        return resolve_pointer(answer, pointer, _NOTHING)
    except JsonPointerException:
        return _NOTHING


def _field(field: ResultField, answer: Any, arguments: Mapping[str, Any]) -> Any:
    if field.pointer is not None:
        return at(answer, field.pointer)
    if field.argument is not None:
        return arguments.get(field.argument, _NOTHING)
    return field.value


def _matches(found: Any, allowed: list[Any]) -> bool:
    """Compare by type as well: to Python, 1 and true are the same."""
    return any(type(found) is type(one) and found == one for one in allowed)
