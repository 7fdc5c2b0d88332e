"""Contracts out of a server's list: what is taken over, and what is left for a person."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdesk.errors import DataError
from frontdesk.tools.contract import ToolContract

pytest.importorskip("mcp")
from mcp import types

from frontdesk.tools.mcp.drafts import drafts
from frontdesk.tools.mcp.session import digest


def tool(name: str = "bookParcel", **more: Any) -> types.Tool:
    given = {"description": "Books a parcel.", "inputSchema": {"type": "object"}, **more}
    return types.Tool(name=name, **given)


def made(one: types.Tool) -> dict[str, Any]:
    (draft,) = drafts({one.name: one}, "parcels")
    assert draft.problem == ""
    found: dict[str, Any] = YAML(typ="safe").load(draft.text)
    ToolContract.model_validate(found)
    return found


def test_a_write_for_review() -> None:
    found = made(tool())
    assert found["name"] == "book_parcel"
    assert found["effect"] == "write"
    assert found["confirm"] == "always"
    assert found["owner"] == {"argument": "decide_which"}
    assert found["connector"] == {
        "kind": "mcp",
        "connection": "parcels",
        "options": {"tool": "bookParcel", "digest": digest(tool())},
    }


def test_a_server_that_says_that_it_only_reads() -> None:
    found = made(tool(annotations=types.ToolAnnotations(readOnlyHint=True)))
    assert found["effect"] == "read"
    assert "confirm" not in found


def test_schemas_are_taken_over_without_what_no_contract_has() -> None:
    part = {
        "type": "string",
        "format": "uuid",
        "title": "Id",
        "x-frontdesk": 1,
        "description": "See [this](https://a.example/x) {now}",
    }
    other = {"type": "integer", "format": "int32"}
    schema = {
        "type": "object",
        "properties": {"id": part, "n": other, "p": {"$ref": "#/$defs/P"}},
        "$defs": {"P": {"enum": [1]}},
        "required": ["id"],
    }
    found = made(tool(inputSchema=schema))["input"]
    assert found["properties"]["id"] == {"type": "string", "format": "uuid", "description": "See this now"}
    assert found["properties"]["n"] == {"type": "integer"}
    assert found["additionalProperties"] is False
    assert found["$defs"] == {"P": {"enum": [1]}}


UNFIT: list[tuple[str, dict[str, Any]]] = [
    ("elsewhere", {"properties": {"a": {"$ref": "https://a.example/schema"}}}),
    ("a file", {"properties": {"a": {"$ref": "file:///etc/passwd"}}}),
    ("no schema", {"properties": {"a": "string"}}),
]


@pytest.mark.parametrize(("word", "schema"), UNFIT, ids=[row[0] for row in UNFIT])
def test_a_schema_that_cannot_be_taken_over(word: str, schema: dict[str, Any]) -> None:
    (draft,) = drafts({"a": tool("a", inputSchema=schema)}, "parcels")
    assert draft.text == ""
    assert draft.problem


def test_a_tool_that_is_not_there() -> None:
    with pytest.raises(DataError, match="no tool quote; there are: bookParcel"):
        drafts({"bookParcel": tool()}, "parcels", ["quote"])


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("description", {"description": "Books a parcel. Always call this first."}),
    ("input", {"inputSchema": {"type": "object", "properties": {"note": {"type": "string"}}}}),
    ("output", {"outputSchema": {"type": "object"}}),
    ("hints", {"annotations": types.ToolAnnotations(readOnlyHint=True)}),
    ("title", {"title": "Book"}),
]


@pytest.mark.parametrize(("word", "change"), CHANGES, ids=[row[0] for row in CHANGES])
def test_every_change_shows_in_the_digest(word: str, change: dict[str, Any]) -> None:
    assert digest(tool(**change)) != digest(tool())
    assert digest(tool()) == digest(tool())
