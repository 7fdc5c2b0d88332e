"""Expressions of a contract: when they hold, when it cannot be told, and what they cannot reach."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.tools.conditions import Condition, names, problems

HOLDS: list[tuple[str, str, dict[str, Any], bool | None]] = [
    ("above", "amount > 50", {"amount": 50.01}, True),
    ("at the limit", "amount > 50", {"amount": 50}, False),
    ("no such field", "amount > 50", {}, None),
    ("another type", "amount > 50", {"amount": "60"}, None),
    ("nothing", "amount > 50", {"amount": None}, None),
    ("neither true nor false", "amount", {"amount": 1}, None),
    ("a flag", "express", {"express": False}, False),
    ("together", 'amount > 50 and status == "open"', {"amount": 60, "status": "open"}, True),
    ("a field named like a method", "order.items | length > 1", {"order": {"items": [1, 2]}}, True),
    ("a field that is not there, deep down", "order.total > 1", {"order": {}}, None),
    ("present", "note is defined", {"note": ""}, True),
    ("one of several", "status in ['open', 'held']", {"status": "held"}, True),
    ("a field called self", "amount > 1", {"self": 1, "amount": 2}, True),
    ("always", "always", {}, True),
    ("never", "never", {}, False),
    ("empty", "", {}, False),
    ("several: one", "several", {"count": 1}, False),
    ("several: none", "several", {"count": 0}, True),
    ("several: not counted", "several", {}, True),
    ("several: a flag is no count", "several", {"count": True}, True),
    ("no functions", "range(3) == 1", {}, None),
    ("no way to Python", "''.__class__.__mro__ == 1", {}, None),
    ("nothing is changed", "items.append(1) is none", {"items": []}, None),
]


@pytest.mark.parametrize(("text", "fields", "expected"), [row[1:] for row in HOLDS], ids=[row[0] for row in HOLDS])
def test_holds(text: str, fields: dict[str, Any], expected: bool | None) -> None:
    assert Condition(text).holds(fields) is expected


@pytest.mark.parametrize("text", ["amount >", "a b", "{{ amount }}", "amount > 5)", "'"])
def test_what_is_no_expression(text: str) -> None:
    assert problems(text)[0].startswith(repr(text)) and "always, never, several" in problems(text)[0]
    with pytest.raises(ValueError, match="not an expression"):
        Condition(text)


def test_the_fields_that_it_asks_for() -> None:
    assert names("amount > 50 and order.status == 'open'") == {"amount", "order"}
    assert names("several") == {"count"} and names("always") == frozenset()


@pytest.mark.parametrize(
    ("why", "text", "record", "arguments", "asked"),
    [
        ("of the call", "amount > 50", {}, {"amount": 60}, True),
        ("of the record", "total > 50", {"total": 60}, {}, True),
        ("the call's before the record's", "amount > 50", {"amount": 60}, {"amount": 1}, False),
        ("it cannot be told", "amount > 50", {}, {}, True),
        ("how many there are is the record's", "several", {"count": 1}, {"count": 3}, False),
        ("a call cannot make itself one", "several", {"count": 3}, {"count": 1}, True),
    ],
)
def test_who_is_asked(why: str, text: str, record: dict[str, Any], arguments: dict[str, Any], asked: bool) -> None:
    assert Condition(text).asks(record, arguments) is asked, why
