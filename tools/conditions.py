"""Expressions of a contract, such as ``amount > 50``: when the customer, or a second person, is asked."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

_WORDS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "always": lambda fields: True,
    "never": lambda fields: False,
    "": lambda fields: False,
    "several": lambda fields: fields.get("count") != 1 or isinstance(fields["count"], bool),
}
"""What a contract may say instead of an expression."""


class Condition:
    """One condition over a call's arguments and the record that its precheck looked up."""

    def __init__(self, text: str) -> None:
        """Compile.

        Args:
            text: ``always``, ``never`` (or nothing), ``several`` (the field ``count`` is not 1), or a Jinja expression
                that is true or false: ``amount > 50 and status == "open"``. It runs in Jinja's sandbox, without
                functions; ``order.items`` is the field, never a method.

        Raises:
            ValueError: not an expression; the message says where.
        """
        self.text = text.strip()
        self._holds = _WORDS.get(self.text) or _compiled(self.text)

    @property
    def fixed(self) -> bool:
        """Whether it holds, or does not, whatever the call is: no record has to be looked up for it."""
        return self.text in {"always", "never", ""}

    def holds(self, fields: Mapping[str, Any]) -> bool | None:
        """Say whether it holds.

        Args:
            fields: The record's fields and, before them, the arguments.

        Returns:
            None where it cannot be told: a field that is not there, types that do not compare, a result that is
            neither true nor false. Whoever asks takes the safe side then.
        """
        try:
            found = self._holds(fields)
        except Exception:  # noqa: BLE001 - an expression over anybody's values may raise anything; it says nothing then
            return None
        return found if isinstance(found, bool) else None

    def asks(self, record: Mapping[str, Any], arguments: Mapping[str, Any]) -> bool:
        """Whether somebody is asked: where it holds, and where it cannot be told.

        Args:
            record: What the precheck looked up; ``several`` counts there alone.
            arguments: Of the call; one of them hides a field of the record of the same name.
        """
        return self.holds(record if self.text == "several" else {**record, **arguments}) is not False


@lru_cache(maxsize=256)
def condition(text: str) -> Condition:
    """Compile a contract's condition, once. ValueError: not an expression."""
    return Condition(text)


def problems(text: str) -> list[str]:
    """Return what is wrong with a condition's text, in words; empty: it can be used."""
    try:
        Condition(text)
    except ValueError as error:
        return [str(error)]
    return []


def names(text: str) -> frozenset[str]:
    """Return the fields that a condition asks for; none for the fixed words. ValueError: not an expression."""
    if text.strip() in _WORDS:
        return frozenset({"count"} if text.strip() == "several" else ())
    _compiled(text.strip())
    jinja2, meta = importlib.import_module("jinja2"), importlib.import_module("jinja2.meta")
    return frozenset(meta.find_undeclared_variables(jinja2.Environment().parse("{{ (" + text + ") }}")))


def _compiled(text: str) -> Callable[[Mapping[str, Any]], Any]:
    # Imported late: a desk without expressions does not need it.
    jinja2 = importlib.import_module("jinja2")
    try:
        expression = _environment().compile_expression(text, undefined_to_none=False)
    except jinja2.TemplateSyntaxError as error:
        remedy = "write an expression such as `amount > 50`, or always, never, several"
        raise ValueError(f"{text!r} is not an expression ({error.message}); {remedy}") from None
    return lambda fields: expression(dict(fields))


@lru_cache(maxsize=1)
def _environment() -> Any:
    jinja2, sandbox = importlib.import_module("jinja2"), importlib.import_module("jinja2.sandbox")

    class Fields(sandbox.ImmutableSandboxedEnvironment):  # type: ignore[misc, name-defined]
        """Reads a record's fields before an object's attributes."""

        def getattr(self, obj: Any, attribute: str) -> Any:
            return self.getitem(obj, attribute) if isinstance(obj, Mapping) else super().getattr(obj, attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            if isinstance(obj, Mapping):
                return obj[argument] if argument in obj else self.undefined(obj=obj, name=argument)
            return super().getitem(obj, argument)

    made = Fields(undefined=jinja2.StrictUndefined)
    # Nothing but the fields has a name: "range" is a field that is not there, not a way to fill the memory.
    made.globals.clear()
    return made
