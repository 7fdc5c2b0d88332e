"""What a customer's own record says of them."""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.nodes.scrub.own_values import own_values

LABELS = {"name": "NAME", "first": "NAME", "last": "NAME", "mail": "EMAIL", "address": "ADDRESS", "zip": "ADDRESS"}
SCHEMA = {"properties": {field: {"x-personal": label} for field, label in LABELS.items()}}


@pytest.mark.parametrize(
    ("word", "record", "expected"),
    [
        ("a name", {"name": "Jo Berg", "id": "C-1"}, [("NAME", "Jo Berg")]),
        ("first and last name", {"first": "Jo", "last": "Berg"}, [("NAME", "Jo Berg")]),
        ("nested", {"name": {"first_name": "Jo", "last_name": "Berg"}}, [("NAME", "Jo Berg")]),
        ("a postcode in an address", {"address": "5 Elm Road, Bristol BS6 5AA"},
         [("ADDRESS", "5 Elm Road, Bristol BS6 5AA"), ("ADDRESS", "BS6 5AA")]),
        ("a postcode of digits", {"address": "Gasse 5, 50667 Köln"},
         [("ADDRESS", "Gasse 5, 50667 Köln"), ("ADDRESS", "50667")]),
        ("an address in parts", {"address": {"line": "9 Elm", "town": "Denver", "code": "80279"}},
         [("ADDRESS", "9 Elm, Denver, 80279"), ("ADDRESS", "80279")]),
        ("a number that is no postcode", {"address": "12345 Elm Street, Ely"}, [("ADDRESS", "12345 Elm Street, Ely")]),
        ("a code alone", {"zip": "80279"}, [("ADDRESS", "80279")]),
        ("the same twice", {"mail": "a@b.example", "all": {"mail": "a@b.example"}}, [("EMAIL", "a@b.example")]),
        ("empty", {"name": " ", "mail": None}, []),
    ],
)  # fmt: skip
def test_values(word: str, record: Any, expected: list[tuple[str, str]]) -> None:
    schema = {"properties": {**SCHEMA["properties"], "all": SCHEMA}}
    assert own_values(record, schema) == expected, word
