"""Parsing, coercion and defaults, as tables."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import ToolRefusedError
from frontdesk.tools.arguments import canonical, coerce, parse, with_defaults

PARSED = [
    ('{"a": 1}', "read", {"a": 1}, []),  # strict
    ("", "write", {}, []),  # no arguments
    ("{'a': 1}", "read", {"a": 1}, ["repaired:json"]),  # quotes
    ('```json\n{"a": 1,}\n```', "read", {"a": 1}, ["repaired:json"]),  # fence and comma
    ('{"a": {"b": 1}', "read", {"a": {"b": 1}}, None),  # nested and cut off: two braces open, so not one object
    ('{"a": 1', "read", {"a": 1}, ["repaired:json"]),  # cut off
    ('{"a": 1} {"b": 2}', "read", None, None),  # two objects
    ('Sure! {"a": 1,}', "read", None, None),  # talk around it
    ("[1]", "read", None, None),  # no object
    ('{"a": NaN}', "write", None, None),  # no JSON constant
    ('{"a": 1, "a": 2}', "write", None, None),  # twice
    ("{'a': 1}", "write", None, None),  # a write is never repaired
]


@pytest.mark.parametrize(("text", "effect", "expected", "repairs"), PARSED)
def test_parse(text: str, effect: Any, expected: Any, repairs: Any) -> None:
    if expected is None or repairs is None:
        with pytest.raises(ToolRefusedError) as raised:
            parse("t1", text, effect)
        assert raised.value.reason == "malformed"
    else:
        assert parse("t1", text, effect) == (expected, repairs)


COERCED = [
    ("3", {"type": "integer"}, 3),
    ("-3", {"type": "integer"}, -3),
    ("3.0", {"type": "integer"}, "3.0"),  # ambiguous
    ("٣", {"type": "integer"}, "٣"),  # another script's digit
    ("3.5", {"type": "number"}, 3.5),
    ("1e9", {"type": "number"}, "1e9"),  # not how people write
    ("TRUE", {"type": "boolean"}, True),
    ("yes", {"type": "boolean"}, "yes"),  # ambiguous
    (10482, {"type": "string"}, "10482"),
    (True, {"type": "string"}, True),  # a boolean is no number
    ("bristol ", {"type": "string", "enum": ["Bristol", "Cork"]}, "Bristol"),
    ("a", {"type": "string", "enum": ["A", "Á"]}, "A"),
    ("x", {"type": "string", "enum": ["A"]}, "x"),  # no member
    ("3", {"type": ["integer", "string"]}, "3"),  # either would do
    ("3", {}, "3"),  # nothing declared
]


@pytest.mark.parametrize(("value", "declared", "expected"), COERCED)
def test_coerce(value: Any, declared: Any, expected: Any) -> None:
    result, changes = coerce({"p": value}, {"properties": {"p": declared}})
    assert result == {"p": expected} and type(result["p"]) is type(expected)
    assert changes == (["coerced:p"] if expected is not value and expected != value else [])


@pytest.mark.parametrize(
    ("schema", "kept"),
    [
        ({"properties": {"p": {"type": "string"}}}, False),  # null for an optional property
        ({"properties": {"p": {"type": "string"}}, "required": ["p"]}, True),  # required: the schema decides
        ({"properties": {"p": {"type": ["string", "null"]}}}, True),  # null is allowed
    ],
)
def test_null_is_absent_only_where_it_can_mean_nothing_else(schema: Any, kept: bool) -> None:
    assert ("p" in coerce({"p": None}, schema)[0]) is kept


def test_defaults_never_replace() -> None:
    schema = {"properties": {"a": {"default": 1}, "b": {"default": 2}, "c": True}}
    assert with_defaults({"b": 5}, schema) == {"a": 1, "b": 5}


def test_canonical_is_one_text() -> None:
    assert canonical({"b": "é", "a": [1, {"d": 1, "c": 2}]}) == '{"a":[1,{"c":2,"d":1}],"b":"\\u00e9"}'


@given(st.text() | st.text(alphabet="{}[]\":,'`\\ ab1\n", max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    for effect in ("read", "write"):
        try:
            arguments, _ = parse("t1", text, effect)  # type: ignore[arg-type]
        except ToolRefusedError:
            continue
        json.dumps(arguments, allow_nan=False)
