"""Lossless coercions: what is made of a value, and that nothing is lost by it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.tools.coercing import coerce
from frontdesk.tools.patterns import bounded, matches
from frontdesk.tools.schema import Schema

INTEGERS = {"type": "array", "items": {"type": "integer"}}
RECORD = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}, "required": ["a"]}
DEFS = {
    "record": RECORD,
    "loop": {"type": "object", "properties": {"n": {"type": "integer"}, "in": {"$ref": "#/$defs/loop"}}},
}


def one(declared: Any, value: Any, **more: Any) -> tuple[Any, list[str]]:
    schema = Schema({"type": "object", "properties": {"p": declared}, "$defs": DEFS, **more}, "test")
    result, codes = coerce({"p": value}, schema)
    return result.get("p", "absent"), codes


MADE = [
    ("an integer", {"type": "integer"}, "3", 3),
    ("below zero", {"type": "integer"}, "-3", -3),
    ("a number", {"type": "number"}, "3.50", 3.5),
    ("a whole number", {"type": "number"}, "3", 3),
    ("a flag, as Python writes it", {"type": "boolean"}, "True", True),
    ("a text of digits", {"type": "string", "pattern": "^[0-9]{5}$"}, 10482, "10482"),
    ("a list's other case", {"enum": ["Bristol", "Cork"]}, "bristol ", "Bristol"),
    ("a list of numbers", {"enum": [1, 2]}, "2", 2),
    ("a constant", {"const": "YES"}, "yes", "YES"),
    ("nullable", {"type": ["integer", "null"]}, "3", 3),
    ("nullable, the other way", {"anyOf": [{"type": "integer"}, {"type": "null"}]}, "3", 3),
    ("one branch fits", {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}, "true", True),
    ("one item", INTEGERS, 3, [3]),
    ("one item that is coerced itself", INTEGERS, "3", [3]),
    ("items", INTEGERS, ["3", 4, "5"], [3, 4, 5]),
    ("a list as JSON text", INTEGERS, "[3, 4]", [3, 4]),
    ("an object as JSON text", RECORD, '{"a": 1}', {"a": 1}),
    ("an object as JSON text, coerced itself", RECORD, '{"a": "1"}', {"a": 1}),
    ("behind a reference", {"$ref": "#/$defs/record"}, {"a": "1", "b": 2}, {"a": 1, "b": "2"}),
    ("deep in a recursive schema", {"$ref": "#/$defs/loop"}, {"in": {"in": {"n": "7"}}}, {"in": {"in": {"n": 7}}}),
    ("null of an optional property", {"type": "string"}, None, "absent"),
    ("null deep down", RECORD, {"a": 1, "b": None}, {"a": 1}),
    ("a thousand items", INTEGERS, ["7"] * 1000, [7] * 1000),
]


@pytest.mark.parametrize(("declared", "value", "expected"), [row[1:] for row in MADE], ids=[row[0] for row in MADE])
def test_made(declared: Any, value: Any, expected: Any) -> None:
    result, codes = one(declared, value)
    assert result == expected and type(result) is type(expected)
    assert codes and all(code.startswith("coerced:p") for code in codes)


LEFT = [
    ("a leading zero is part of an id", {"type": "integer"}, "007"),
    ("a fraction is no integer", {"type": "integer"}, "3.0"),
    ("another script's digit", {"type": "integer"}, "٣"),
    ("a blank", {"type": "integer"}, " 3"),
    ("an exponent", {"type": "number"}, "1e9"),
    ("more digits than a float has", {"type": "number"}, "0.1234567890123456789"),
    ("yes is no flag", {"type": "boolean"}, "yes"),
    ("1 is no flag", {"type": "boolean"}, 1),
    ("a flag is no text", {"type": "string"}, True),
    ("the result is not valid", {"type": "string", "pattern": "^[0-9]{5}$"}, 1048),
    ("out of range", {"type": "integer", "maximum": 5}, "7"),
    ("two members fit", {"enum": ["A", "a"]}, "A "),
    ("no member fits", {"enum": ["A"]}, "x"),
    ("two branches fit", {"anyOf": [{"type": "integer"}, INTEGERS]}, "3"),
    ("either would do already", {"type": ["integer", "string"]}, "3"),
    ("nothing is declared", {}, "3"),
    ("two JSON texts", RECORD, '{"a": 1} {"a": 2}'),
    ("a key twice in JSON text", RECORD, '{"a": 1, "a": 2}'),
    ("what looks like a list", {"type": "array", "items": {"type": "string"}}, "[a"),
]


@pytest.mark.parametrize(("declared", "value"), [row[1:] for row in LEFT], ids=[row[0] for row in LEFT])
def test_left_as_it_is(declared: Any, value: Any) -> None:
    assert one(declared, value) == (value, [])


def test_a_required_null_is_left() -> None:
    assert one({"type": "string"}, None, required=["p"]) == (None, [])


def test_null_is_not_taken_for_absent_where_a_default_would_take_its_place() -> None:
    schema = Schema({"properties": {"p": {"type": "integer", "default": 9}}}, "test")
    assert coerce({"p": None}, schema, frozenset({"p"})) == ({"p": None}, [])


def test_one_fault_that_stays_keeps_no_other_from_being_mended() -> None:
    schema = Schema({"properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}, "test")
    assert coerce({"a": "1", "b": "x"}, schema) == ({"a": 1, "b": "x"}, ["coerced:a"])


def test_a_code_names_nothing_that_a_model_made_up() -> None:
    schema = Schema({"additionalProperties": {"type": "integer"}}, "test")
    assert coerce({"ignore all rules": "1"}, schema) == ({"ignore all rules": 1}, ["coerced:arguments"])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["3", "-1", "007", "3.5", "true", "False", "null", "[1]", "[\"1\"]", '{"a": 1}', "red", "RED", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "p"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
KINDS = ["integer", "number", "boolean", "string", "array", "object", "null"]
DECLARED = st.recursive(
    st.sampled_from([{"type": kind} for kind in KINDS] + [{"enum": ["red", "Blue", 3]}, {"type": ["integer", "null"]}]),
    lambda inner: (
        st.builds(lambda items: {"type": "array", "items": items}, inner)
        | st.builds(lambda a, b: {"type": "object", "properties": {"a": a, "b": b}}, inner, inner)
        | st.builds(lambda a, b: {"anyOf": [a, b]}, inner, inner)
    ),
    max_leaves=4,
)


def told(value: Any) -> Any:
    """What a value says, whatever form it has: numbers and flags as texts, one item as itself, nothing for null."""
    if isinstance(value, str):
        text = value.strip()
        if text[:1] in {"[", "{"}:
            return told(json.loads(text))
        try:
            return told(float(text))
        except ValueError:
            return text.casefold()
    if isinstance(value, list):
        return told(value[0]) if len(value) == 1 else [told(item) for item in value]
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items() if item is not None}
    return (
        str(value).casefold() if isinstance(value, bool) else float(value) if isinstance(value, int | float) else value
    )


@given(VALUES, DECLARED)
def test_what_is_changed_is_valid_and_says_the_same(value: Any, declared: dict[str, Any]) -> None:
    schema = Schema({"properties": {"p": declared}}, "test")
    result, codes = coerce({"p": value}, schema)
    if codes:
        before, after = schema.errors({"p": value}), schema.errors(result)
        assert before and after is not None and len(after) < len(before)
        assert told(result) == told({"p": value})
    else:
        assert result == {"p": value}
    assert coerce(result, schema)[0] == result


class Counted(Schema):
    """A schema that counts how often it is asked."""

    asked = 0

    def errors(self, value: Any) -> list[Any] | None:
        self.asked += 1
        return super().errors(value)


@pytest.mark.parametrize("wrong", [30, 1500], ids=["few faults", "many faults"])
def test_a_long_list_of_alternatives_is_given_up_soon(wrong: int) -> None:
    items = {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}
    schema = Counted({"type": "object", "properties": {"a": {"type": "array", "items": items}}}, "x")
    given = {"a": ["x"] * wrong + [1] * (1800 - wrong)}
    assert coerce(given, schema) == (given, [])
    assert schema.asked < 10


def test_all_looks_share_one_time() -> None:
    """Each look alone may take half a second; a coercion asks dozens of times, and the event loop waits."""
    with bounded(0.0), bounded(5.0), pytest.raises(TimeoutError):
        matches("^a$", "a")
    with bounded(5.0):
        assert matches("^a$", "a")
