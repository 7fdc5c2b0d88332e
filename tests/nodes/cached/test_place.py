"""Which pages an answer may rest on: those that a customer may be shown today, in their present version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from frontdesk.desk.config import Page
from frontdesk.desk.pages import version_of
from frontdesk.nodes.cached.place import visible

TODAY = date(2026, 6, 15)


def page(name: str, **fields: Any) -> Page:
    return Page.model_validate({"id": name, "title": "Returns", "body": "You have 30 days.", **fields})


@pytest.mark.parametrize(
    ("word", "fields", "seen"),
    [
        ("always", {}, True),
        ("last day", {"valid_to": TODAY}, True),
        ("expired", {"valid_to": date(2026, 6, 14)}, False),
        ("later", {"valid_from": date(2026, 6, 16)}, False),
        ("of customers", {"audience": "customer"}, False),
    ],
)
def test_pages_by_day_and_audience(word: str, fields: dict[str, Any], seen: bool) -> None:
    one = page("returns", **fields)
    expected = {"returns": version_of(one)} if seen else {}
    assert visible({"returns": one}, signed_in=False, today=TODAY) == expected, word


def test_a_replaced_page_is_none() -> None:
    pages = {one.id: one for one in (page("returns"), page("returns-2026", replaces=["returns"], valid_from=TODAY))}
    assert list(visible(pages, signed_in=False, today=date(2026, 6, 14))) == ["returns"]
    assert list(visible(pages, signed_in=False, today=TODAY)) == ["returns-2026"]
