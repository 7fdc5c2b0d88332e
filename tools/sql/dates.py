"""Dates as back offices store them, and as contracts tell them (ISO 8601).

Forms: a pattern of ``datetime.strptime`` (``%Y%m%d``, ``%d.%m.%Y``, ``%Y%j``), or one of

* ``cyymmdd``: century (0 = 1900, 1 = 2000), year, month, day: ``1260703`` (IBM i);
* ``cyyddd``: century, year, day of the year: ``126184`` (JD Edwards' "Julian");
* ``julian_day``: the astronomers' day number, at noon: ``2461225``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

NAMED = ("cyymmdd", "cyyddd", "julian_day")
_JULIAN_OF_ORDINAL_0 = 1_721_425
"""Julian day number minus Python's ordinal: 1 January 2000 is ordinal 730120 and day 2451545."""
_TIMES = re.compile(r"%[HIMSfp]")
_CENTURIES = {"cyymmdd": (7, "%y%m%d"), "cyyddd": (6, "%y%j")}


def problem(form: str) -> str:
    """Return what is wrong with a form; empty: nothing."""
    if form in NAMED:
        return ""
    if "%" not in form:
        return f"`{form}` is no form of a date; a pattern such as %Y%m%d, or one of {', '.join(NAMED)}"
    try:
        same = from_stored(to_stored("2026-07-03", form), form)
    except ValueError:
        return f"`{form}` is no pattern that a date can be read back by"
    return "" if str(same)[:10] == "2026-07-03" else f"`{form}` loses a part of the date"


def from_stored(value: object, form: str) -> str | None:
    """Return the ISO date (with its time where the form has one); None for a blank or zero.

    Raises:
        ValueError: Not a date in that form.
    """
    text = str(int(value)) if isinstance(value, Decimal | float) and value == int(value) else str(value).strip()
    if not text.strip("0 "):
        return None
    if form == "julian_day":
        return date.fromordinal(int(text) - _JULIAN_OF_ORDINAL_0).isoformat()
    if form in _CENTURIES:
        width, pattern = _CENTURIES[form]
        digits = text if len(text) == width else f"0{text}"  # a number has lost the century's zero
        if not re.fullmatch(rf"[01]\d{{{width - 1}}}", digits):
            raise ValueError(form)
        found = datetime.strptime(digits[1:], pattern).replace(tzinfo=UTC).date()
        return found.replace(year=1900 + 100 * int(digits[0]) + found.year % 100).isoformat()
    read = datetime.strptime(text, form).replace(tzinfo=UTC)
    return read.replace(tzinfo=None).isoformat() if _TIMES.search(form) else read.date().isoformat()


def to_stored(iso: str, form: str) -> str:
    """Return an ISO date in a form, as text.

    Raises:
        ValueError: Not an ISO date, or one that the form cannot hold.
    """
    moment = datetime.fromisoformat(iso)
    if form == "julian_day":
        return str(moment.date().toordinal() + _JULIAN_OF_ORDINAL_0)
    if form in _CENTURIES:
        if not 1900 <= moment.year <= 2099:  # one digit of century
            raise ValueError(form)
        return f"{moment.year // 100 - 19}{moment.strftime(_CENTURIES[form][1])}"
    return moment.strftime(form)
