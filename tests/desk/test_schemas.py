"""The published JSON Schemas say what the loader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from frontdesk.desk.files import Document, parse_markdown, parse_yaml
from frontdesk.desk.schemas import desk_schemas, write_schemas


def read(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8")
    document = parse_markdown(text, path.name) if path.suffix == ".md" else parse_yaml(text, path.name)
    assert isinstance(document, Document)
    return dict(document.data)


def errors(schema: str, data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(desk_schemas()[schema]).iter_errors(data)]


FILES = [
    ("desk.schema.json", "desk.yaml"),
    ("intents.schema.json", "intents.yaml"),
    ("page.schema.json", "knowledge/delivery.md"),
    ("tool.schema.json", "tools/get_order.yaml"),
    ("tool.schema.json", "tools/cancel_order.yaml"),
    ("prompt.schema.json", "prompts/careful.md"),
]


def test_each_schema_is_valid_and_written(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new")
    assert sorted(path.name for path in written) == sorted(desk_schemas())
    for path in written:
        Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(("schema", "file"), FILES)
def test_a_good_file_passes(desk: Path, schema: str, file: str) -> None:
    assert errors(schema, read(desk / file)) == []


@pytest.mark.parametrize(("schema", "file"), FILES)
def test_an_unknown_key_is_refused(desk: Path, schema: str, file: str) -> None:
    assert errors(schema, {**read(desk / file), "colour": "red"}) != []


@pytest.mark.parametrize(
    ("schema", "file", "change"),
    [
        ("desk.schema.json", "desk.yaml", {"routing": {"accept": 2}}),  # range
        ("desk.schema.json", "desk.yaml", {"name": "Two Words"}),  # pattern
        ("desk.schema.json", "desk.yaml", {"guards": {"size": {"action": "shout"}}}),  # closed list
        ("intents.schema.json", "intents.yaml", {"intents": []}),  # none
        ("page.schema.json", "knowledge/delivery.md", {"body": "x"}),  # the body stands below
        ("tool.schema.json", "tools/get_order.yaml", {"input": {"type": "strin"}}),  # schema in the schema
    ],
)
def test_what_the_loader_refuses_is_refused(desk: Path, schema: str, file: str, change: dict[str, Any]) -> None:
    assert errors(schema, {**read(desk / file), **change}) != []


def test_every_key_is_described() -> None:
    desk = desk_schemas()["desk.schema.json"]
    assert desk["properties"]["link_hosts"]["description"] == "Hosts that a reply may link to."
    assert "Seconds" in desk["$defs"]["Models"]["properties"]["timeout"]["description"]
