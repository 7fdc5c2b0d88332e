"""Parsing and defaults, as tables."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import ToolRefusedError
from frontdesk.tools.arguments import canonical, parse, with_defaults

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


@pytest.mark.parametrize("text", ["```" + " " * 19_000 + "x", "```json" + "\n" * 19_000 + "{"], ids=["blanks", "lines"])
def test_a_fence_that_never_ends_takes_no_time(text: str) -> None:
    """With an expression this took cubic time: an hour for one call of a model, in which nobody else was served."""
    with pytest.raises(ToolRefusedError) as error:
        parse("get_order", text, "read")
    assert error.value.reason == "malformed"
