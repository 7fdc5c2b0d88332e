"""Schemas that contracts share: bundled as they are read, and faults with file and line where they are not there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.check import report
from frontdesk.desk.load import Desk
from frontdesk.desk.shared import bundled, leads

RETAIL = Path(__file__).parents[2] / "desks" / "retail"
NUMBER = "pattern: ^[0-9]{5}$"


def desk(root: Path, reference: str) -> Path:
    shutil.copytree(RETAIL, root / "d")
    (root / "d" / "schemas").mkdir()
    (root / "d" / "schemas" / "number.yaml").write_text(
        "type: string\n$defs: {five: {pattern: '^[0-9]{5}$'}}\nallOf: [{$ref: '#/$defs/five'}]\n"
    )
    file = root / "d" / "tools" / "get_order.yaml"
    text = file.read_text()
    assert NUMBER in text
    file.write_text(text.replace(NUMBER, f"$ref: {reference!r}", 1))
    return root / "d"


def test_a_shared_schema_becomes_part_of_the_contract(tmp_path: Path) -> None:
    contract = Desk.load(desk(tmp_path, "number.yaml")).tools["get_order"]
    assert contract.input["properties"]["order_id"]["$ref"] == "#/$defs/number.yaml"
    assert contract.input["$defs"]["number.yaml"]["allOf"] == [{"$ref": "#/$defs/number.yaml/$defs/five"}]


@pytest.mark.parametrize(
    ("word", "reference", "told"),
    [("no file", "numbr.yaml", "leads out of the file"), ("no part", "number.yaml#/$defs/six", "leads nowhere"),
     ("the net", "https://x.example/a.json", "leads out of the file"), ("no definition", "#/$defs/x", "leads nowhere")],
)  # fmt: skip
def test_a_reference_to_nothing_is_named_with_its_line(tmp_path: Path, word: str, reference: str, told: str) -> None:
    faults = [fault for fault in report(desk(tmp_path, reference)) if told in fault.problem]
    lines = (tmp_path / "d" / "tools" / "get_order.yaml").read_text().split("\n")
    assert [(fault.file, "$ref" in lines[fault.line - 1]) for fault in faults] == [("tools/get_order.yaml", True)], word


SCHEMA: dict[str, Any] = {"$defs": {"a/b": {"$anchor": "here"}}, "allOf": [{}], "enum": [{"$anchor": "quoted"}]}


@pytest.mark.parametrize(
    ("reference", "there"),
    [
        ("#", True),
        ("#/$defs/a~1b", True),
        ("#/allOf/0", True),
        ("#/allOf/1", False),
        ("#here", True),
        ("#quoted", False),
    ],
)
def test_where_a_reference_leads(reference: str, there: bool) -> None:
    assert leads(SCHEMA, reference) is there


def test_schemas_that_refer_to_each_other_end() -> None:
    shared = {"a": {"$ref": "b", "$id": "x"}, "b": {"items": {"$ref": "a"}}}
    assert bundled({"$ref": "a"}, shared) == {
        "$ref": "#/$defs/a",
        "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"items": {"$ref": "#/$defs/a"}}},
    }
