"""A path's segments, on their own: nothing is left to the client that would send them."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.tools.http import filling

FITS = [
    ("plain", "/orders/{id}", "10482", "/orders/10482"),
    ("a number", "/orders/{id}", 7, "/orders/7"),
    ("a query within", "/orders/{id}", "1?all=1", "/orders/1%3Fall%3D1"),
    ("dots beside something", "/orders/v{id}", "..", "/orders/v.."),
    ("three dots", "/orders/{id}", "...", "/orders/..."),
]


@pytest.mark.parametrize(("template", "value", "made"), [row[1:] for row in FITS], ids=[row[0] for row in FITS])
def test_a_value_is_part_of_one_segment(template: str, value: Any, made: str) -> None:
    assert filling.path(template, {"id": value}) == made


UNFIT = [
    ("up", "/orders/{id}", ".."),
    ("here", "/orders/{id}/lines", "."),
    ("up, made of two", "/orders/.{id}", "."),
    ("a slash", "/orders/{id}", "1/refunds"),
    ("a backslash", "/orders/{id}", "1\\refunds"),
    ("a line break", "/orders/{id}", "1\n"),
    ("nothing", "/orders/{id}", ""),
    ("a list", "/orders/{id}", ["1"]),
    ("half a character", "/orders/{id}", "\ud800"),
]


@pytest.mark.parametrize(("template", "value"), [row[1:] for row in UNFIT], ids=[row[0] for row in UNFIT])
def test_what_does_not_fit_is_said_without_the_value(template: str, value: Any) -> None:
    with pytest.raises(filling.UnfitError) as unfit:
        filling.path(template, {"id": value})
    assert "refunds" not in str(unfit.value)
