"""Values between a back office and a contract: names, codes, padded texts, dates, amounts. Pure; never a guess.

What a column holds and a contract does not know is an error: a code without an entry, a date that is none, an amount
that is no number. No value stands in the error's text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from frontdesk.tools.sql.dates import from_stored, to_stored


class UnmappedError(Exception):
    """A value that the contract has no rule for; ``field`` is its name."""

    def __init__(self, field: str) -> None:
        """Take the field's name."""
        self.field = field
        super().__init__(f"{field}: no rule of the contract fits its value")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(_Strict):
    """How a row is told: first ``map``, then ``trim``, then one of the others for each field."""

    map: dict[str, str] = Field(default_factory=dict)
    """Column to field: ``KD_NR: customer_id``. Columns that are not named keep their names; a statement may leave out
    ``AS`` where the column is too awkward."""
    trim: bool | list[str] = False
    """Texts without the blanks that fixed width adds: all (true), or those of the fields named."""
    codes: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Field to stored code to what is told: ``status: {"07": shipped}``, ``paid: {Y: true, N: false}``. Any other code
    is an error."""
    dates: dict[str, str] = Field(default_factory=dict)
    """Field to its form: a pattern such as ``%Y%m%d``, ``cyymmdd``, ``cyyddd`` or ``julian_day``. Told as ISO 8601;
    blank and zero as null."""
    scale: dict[str, Decimal] = Field(default_factory=dict)
    """Field to what its number is multiplied by: ``amount: 0.01`` for cents, also where they are kept as text."""


class Bound(_Strict):
    """How an argument is stored; at most one of ``codes``, ``date``, ``scale``, then ``width``. Null stays null."""

    codes: dict[str, Any] = Field(default_factory=dict)
    """What is told to stored code: ``shipped: "07"``. Any other value is refused."""
    date: str = ""
    """An ISO date in the form named, see ``dates``."""
    scale: Decimal | None = Field(default=None, gt=0)
    """Multiplied by this, which must give a whole number: ``100`` for an amount kept in cents."""
    width: int = Field(default=0, ge=0, le=200)
    """Padded to so many characters; a longer value is refused."""
    fill: str = Field(default=" ", min_length=1, max_length=1)
    """With what."""
    side: Literal["left", "right"] = "right"
    """Where: ``left`` for numbers with leading zeros."""
    as_text: bool = False
    """Numbers as text."""


def told(row: Mapping[str, Any], rules: Told) -> dict[str, Any]:
    """Return a row as the contract tells it.

    Raises:
        UnmappedError: A value that no rule fits.
    """
    named = {rules.map.get(column, column): value for column, value in row.items()}
    return {field: _told(field, value, rules) for field, value in named.items()}


def _told(field: str, value: Any, rules: Told) -> Any:
    if isinstance(value, str) and (rules.trim is True or (rules.trim and field in rules.trim)):
        value = value.rstrip(" \0")
    if value is None:
        return None
    if field in rules.codes:
        return _code(field, value, rules.codes[field])
    if field in rules.dates:
        try:
            return from_stored(value, rules.dates[field])
        except ValueError:
            raise UnmappedError(field) from None
    if field in rules.scale:
        return float(_number(field, value) * rules.scale[field])
    return value


def stored(name: str, value: Any, rule: Bound) -> Any:
    """Return an argument as the back office stores it.

    Raises:
        UnmappedError: A value that the rule does not fit.
    """
    if value is None:
        return None
    if rule.codes:
        value = _code(name, value, rule.codes)
    elif rule.date:
        try:
            value = to_stored(str(value), rule.date)
        except ValueError:
            raise UnmappedError(name) from None
    elif rule.scale is not None:
        scaled = _number(name, value) * rule.scale
        if scaled != scaled.to_integral_value():
            raise UnmappedError(name)
        value = int(scaled)
    if rule.width or rule.as_text:
        value = _padded(name, str(value), rule)
    return value


def _padded(name: str, text: str, rule: Bound) -> str:
    if rule.width and len(text) > rule.width:
        raise UnmappedError(name)
    return text.rjust(rule.width, rule.fill) if rule.side == "left" else text.ljust(rule.width, rule.fill)


def _code(field: str, value: Any, codes: Mapping[str, Any]) -> Any:
    """Look a code up as text: ``7`` is not ``"07"``, and a code that nobody listed is an error."""
    key = str(value).lower() if isinstance(value, bool) else str(value)
    if key not in codes:
        raise UnmappedError(field)
    return codes[key]


def _number(field: str, value: Any) -> Decimal:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,18})?", text):
        raise UnmappedError(field)
    try:
        return Decimal(text)
    except InvalidOperation:
        raise UnmappedError(field) from None
