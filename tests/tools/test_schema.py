"""Compiled schemas: formats on, exact ends, no downloads, no values in messages."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.tools.schema import Schema

JUDGED = [
    ({"format": "email"}, "a@b.example", True),
    ({"format": "email"}, "ab", False),
    ({"format": "date"}, "2026-02-29", False),
    ({"format": "iri"}, "http://ƒøø.example/", True),
    ({"format": "iri"}, "no iri", False),
    ({"pattern": "^a$"}, "a", True),
    ({"pattern": "^a$"}, "a\n", False),  # Python's $ would let it through
    ({"pattern": "a\\$"}, "a$b", True),  # an escaped dollar is a dollar
    ({"$ref": "#/$defs/n", "$defs": {"n": {"type": "integer"}}}, "x", False),
    ({"$ref": "https://example.com/other.json"}, 1, False),  # never fetched, so nothing passes
    ({"unevaluatedProperties": False, "properties": {"a": True}}, {"b": 1}, False),
    (False, 1, False),
    ({"format": "time"}, "08:30:06Z", True),
    ({"format": "time"}, "08:30:06", False),  # draft 3's checker, which takes it, must not have the last word
    ({"pattern": "(a$|b$)"}, "b\n", False),
    ({"pattern": "^\\d{5}$"}, "1048２", False),  # ECMA's digits are ASCII
    ({"pattern": "^\\p{Letter}+$"}, "héЖ", True),
    ({"pattern": "^[\\w\\W]$"}, "é", True),
    ({"pattern": "^(a|a)*$"}, "a" * 60 + "!", False),  # would take hours: out of time is not valid
    ({"patternProperties": {"^a$": False}, "additionalProperties": False}, {"a\n": 1}, False),
    ({"multipleOf": 0.5}, 1e308, True),
    ({"$ref": "https://json-schema.org/draft/2020-12/schema"}, {"type": "nonsense"}, False),
    ({"$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}, 1, False),  # goes round for ever
]


@pytest.mark.parametrize(("schema", "value", "valid"), JUDGED)
def test_judgement(schema: Any, value: Any, valid: bool) -> None:
    assert (Schema(schema, "t").problems(value) == []) is valid


def test_at_most_five_problems_are_told() -> None:
    schema = {"properties": {name: {"type": "integer"} for name in "abcdefgh"}}
    assert len(Schema(schema, "t").problems(dict.fromkeys("abcdefgh", "x"))) == 5


def test_the_place_is_named_in_the_schemas_words() -> None:
    schema = {
        "properties": {"lines": {"items": {"properties": {"sku": {"type": "string"}}, "additionalProperties": False}}}
    }
    found = Schema(schema, "t").problems({"lines": [{"sku": 1}, {"my secret": 1}]})
    assert found == [
        "lines.sku must be of type string",
        "lines has a property that is not allowed; allowed: sku",
    ]


def test_a_shape_is_told_in_the_contracts_words_where_it_has_any() -> None:
    spec = {"type": "string", "pattern": "^[0-9]{6}$", "x-invalid": "An account number has six digits."}
    schema = Schema({"type": "object", "properties": {"account": spec}}, "transfer: input")
    assert schema.problems({"account": "x"}) == ["account is not valid (An account number has six digits)"]
    assert "string" in schema.problems({"account": 7})[0], "what is no shape is told by its rule"


def test_references_lead_to_given_documents_and_nowhere_else() -> None:
    documents = {"size.json": {"enum": ["S", "M"]}}
    schema = Schema({"properties": {"size": {"$ref": "size.json"}}}, "t", documents)
    assert schema.problems({"size": "S"}) == [] and schema.broken({"size": "XL"}) == ["enum"]
    assert Schema({"$ref": "other.json"}, "t", documents).broken(1) == ["schema"]


@pytest.mark.parametrize("schema", [{"type": "objekt"}, {"properties": 1}, {"minLength": -1}, {"pattern": "("}])
def test_a_faulty_schema_is_named(schema: Any) -> None:
    with pytest.raises(ConfigurationError, match="the tool"):
        Schema(schema, "the tool")


def test_the_iri_grammar_is_not_imported_until_it_is_needed() -> None:
    code = (
        "import sys; from frontdesk.tools.schema import Schema; Schema({'format': 'date'}, 't').problems('x');"
        "print('rfc3987_syntax' in sys.modules); print(Schema({'format': 'iri'}, 't').problems('no iri') != [])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_a_very_long_iri_is_not_looked_at() -> None:
    """The grammar takes twenty seconds for a text that fills a call."""
    schema = Schema({"type": "string", "format": "iri"}, "x")
    assert schema.problems("http://example.org/" + "a" * 900) == []
    assert schema.problems("http://example.org/" + "a" * 19_000)
