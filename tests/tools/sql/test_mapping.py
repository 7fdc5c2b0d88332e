"""A legacy schema's values, both ways; what no rule fits is an error and never a guess."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from frontdesk.tools.sql import dates
from frontdesk.tools.sql.mapping import Bound, Told, UnmappedError, stored, told

STORED = [
    ("2026-07-03", "%Y%m%d", "20260703"),
    ("2026-07-03", "%d.%m.%y", "03.07.26"),
    ("2026-07-03", "%Y%j", "2026184"),
    ("2026-07-03", "cyymmdd", "1260703"),
    ("1999-12-31", "cyymmdd", "0991231"),
    ("2026-07-03", "cyyddd", "126184"),
    ("2000-01-01", "julian_day", "2451545"),
]


@pytest.mark.parametrize(("iso", "form", "kept"), STORED)
def test_dates_go_both_ways(iso: str, form: str, kept: str) -> None:
    assert dates.to_stored(iso, form) == kept
    assert dates.from_stored(kept, form) == iso
    assert dates.from_stored(f" {kept} ", form) == iso
    assert dates.problem(form) == ""


def test_numbers_times_and_blanks_are_dates_too() -> None:
    assert dates.from_stored(Decimal("20260703"), "%Y%m%d") == "2026-07-03"
    assert dates.from_stored(991231, "cyymmdd") == "1999-12-31"
    assert dates.from_stored("20260703141500", "%Y%m%d%H%M%S") == "2026-07-03T14:15:00"
    assert [dates.from_stored(blank, "%Y%m%d") for blank in ("", "        ", "00000000", 0)] == [None] * 4


@pytest.mark.parametrize("value", ["20261345", "2026-07-03", "abc", "1", "2" * 40])
@pytest.mark.parametrize("form", ["%Y%m%d", "cyymmdd", "cyyddd"])
def test_no_date_is_guessed(value: str, form: str) -> None:
    with pytest.raises(ValueError):
        dates.from_stored(value, form)


@pytest.mark.parametrize("form", ["day", "%Y", "%q", "%m%d"])
def test_a_form_that_loses_the_date_is_a_fault(form: str) -> None:
    assert dates.problem(form)


RULES = Told.model_validate(
    {
        "map": {"KD-NR": "customer_id", "AUFTR.STAT": "status"},
        "trim": True,
        "codes": {"status": {"07": "shipped", "09": "cancelled"}, "paid": {"Y": True, "N": False, "": None}},
        "dates": {"placed_on": "%Y%m%d"},
        "scale": {"total": 0.01},
    }
)


def test_a_row_is_told_in_the_contracts_words() -> None:
    row = {
        "KD-NR": "C-1     ",
        "AUFTR.STAT": "07",
        "paid": "Y ",
        "placed_on": 20260703,
        "total": "0000018705",
        "rest": None,
    }
    assert told(row, RULES) == {
        "customer_id": "C-1",
        "status": "shipped",
        "paid": True,
        "placed_on": "2026-07-03",
        "total": 187.05,
        "rest": None,
    }
    assert told({"paid": "  "}, RULES) == {"paid": None}


STRANGE = [
    ("a code nobody listed", {"AUFTR.STAT": "08"}, "status"),
    ("a code without its zero", {"AUFTR.STAT": "7"}, "status"),
    ("a flag in small letters", {"paid": "y"}, "paid"),
    ("no date", {"placed_on": "20261301"}, "placed_on"),
    ("no number", {"total": "12,50"}, "total"),
    ("not a number", {"total": "NaN"}, "total"),
    ("a number that is too long", {"total": "1" * 30}, "total"),
]


@pytest.mark.parametrize(("row", "field"), [row[1:] for row in STRANGE], ids=[row[0] for row in STRANGE])
def test_an_unknown_value_is_an_error_that_does_not_repeat_it(row: dict[str, Any], field: str) -> None:
    with pytest.raises(UnmappedError) as raised:
        told(row, RULES)
    assert raised.value.field == field
    assert str(next(iter(row.values()))) not in str(raised.value)


BOUND: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("a code", {"codes": {"shipped": "07"}}, "shipped", "07"),
    ("a flag", {"codes": {"true": "Y", "false": "N"}}, True, "Y"),
    ("a date", {"date": "%Y%m%d"}, "2026-07-03", "20260703"),
    ("cents", {"scale": 100}, 12.35, 1235),
    ("cents as text", {"scale": 100, "width": 9, "fill": "0", "side": "left"}, 12.35, "000001235"),
    ("a padded text", {"width": 8}, "C-1", "C-1     "),
    ("a number as text", {"as_text": True}, 7, "7"),
    ("null", {"codes": {"shipped": "07"}}, None, None),
]


@pytest.mark.parametrize(("rule", "value", "kept"), [row[1:] for row in BOUND], ids=[row[0] for row in BOUND])
def test_arguments_are_stored(rule: dict[str, Any], value: Any, kept: Any) -> None:
    assert stored("field", value, Bound.model_validate(rule)) == kept


NOT_BOUND: list[tuple[str, dict[str, Any], Any]] = [
    ("a code nobody listed", {"codes": {"shipped": "07"}}, "lost"),
    ("no date", {"date": "%Y%m%d"}, "tomorrow"),
    ("part of a cent", {"scale": 100}, 12.345),
    ("too wide", {"width": 3}, "C-1000"),
    ("no number", {"scale": 100}, "many"),
    ("before the century", {"date": "cyymmdd"}, "1899-01-01"),
]


@pytest.mark.parametrize(("rule", "value"), [row[1:] for row in NOT_BOUND], ids=[row[0] for row in NOT_BOUND])
def test_arguments_that_do_not_fit_are_refused(rule: dict[str, Any], value: Any) -> None:
    with pytest.raises(UnmappedError):
        stored("field", value, Bound.model_validate(rule))
