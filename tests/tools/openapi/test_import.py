"""An OpenAPI document as contracts for review."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from frontdesk.desk.check import report
from frontdesk.errors import DataError
from frontdesk.testing.backoffice import BackOffice
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.openapi.document import Document
from frontdesk.tools.openapi.drafts import Draft, connection_text, import_openapi, write_drafts
from frontdesk.tools.openapi.schemas import convert
from frontdesk.tools.openapi.texts import argument_name, sentence, tool_name
from frontdesk.tools.schema import Schema
from tests.support.backoffice import ask, connected

SHOP = Path(__file__).with_name("shop.yaml")
CONFIG = """\
name: corner
business: Corner Shop
languages: [en]
"""
INTENTS = """\
intents:
  - name: hello
    title: say hello
    description: Says hello
    utterances: [hello, hi there]
"""


@pytest.fixture(scope="module")
def drafts() -> dict[str, Draft]:
    return {draft.operation: draft for draft in import_openapi(SHOP, "crm")}


def loaded(draft: Draft) -> Mapping[str, Any]:
    data: Mapping[str, Any] = YAML(typ="safe").load(draft.text)
    return data


def test_every_operation_is_a_contract_or_says_why_not(drafts: dict[str, Draft]) -> None:
    assert {name: draft.name for name, draft in drafts.items() if not draft.problem} == {
        "getOrder": "get_order",
        "getOrder!!": "get_order_2",
        "createRefund": "create_refund",
        "listCategories": "list_categories",
    }
    assert {name: draft.problem for name, draft in drafts.items() if draft.problem} == {
        "uploadFile": "its body is neither JSON nor a form"
    }


def test_a_read(drafts: dict[str, Draft]) -> None:
    made = ToolContract.model_validate(loaded(drafts["getOrder"]))
    assert (made.effect, made.scopes, made.confirm) == ("read", ["orders:read"], "never")
    assert made.input["required"] == ["orderId"]
    assert made.input["properties"]["orderId"]["description"] == "The order's number"
    assert made.connector.options == {
        "method": "GET",
        "path": "/orders/{orderId}",
        "query": {"expand": "{expand}"},
        "headers": {"X-Locale": "{x_locale}"},
    }
    assert made.output["required"] == ["id"]
    assert made.output["properties"]["customer"]["type"] == ["object", "null"]


def test_a_write(drafts: dict[str, Draft]) -> None:
    made = ToolContract.model_validate(loaded(drafts["createRefund"]))
    assert (made.effect, made.scopes, made.confirm, made.verified) == ("write", ["refunds:write"], "always", "strong")
    assert made.input["required"] == ["amount", "order_id", "customer_id"]
    assert made.input["properties"]["amount"] == {"type": "number", "exclusiveMinimum": 0}
    assert made.input["properties"]["reason"]["enum"] == ["late", "broken", None]
    assert "id" not in made.input["properties"]
    assert made.connector.options["idempotency_header"] == "Idempotency-Key"
    assert made.connector.options["body"]["json"]["order-id"] == "{order_id}"
    assert not made.idempotency.remote


def test_a_list_becomes_a_record_and_a_tree_stays_a_tree(drafts: dict[str, Draft]) -> None:
    made = ToolContract.model_validate(loaded(drafts["listCategories"]))
    assert made.connector.options["result"] == {"items": ""}
    schema = Schema(made.output, "output")
    assert not schema.problems({"items": [{"name": "a", "children": [{"name": "b", "children": []}]}]})
    assert schema.problems({"items": [{"name": "a", "children": [{"name": 1}]}]})


def test_what_a_person_decides_is_marked_and_not_decided(drafts: dict[str, Draft]) -> None:
    for draft in drafts.values():
        lines = draft.text.splitlines()
        remarked = {
            lines[index + 1].partition(":")[0] for index, line in enumerate(lines) if "review:" in line and index > 2
        }
        assert (
            not draft.text or {"description", "effect", "scopes", "owner", "input", "output", "connector"} <= remarked
        )
    assert "customer_id?" in drafts["createRefund"].text


def test_the_check_refuses_every_contract_until_somebody_decided(tmp_path: Path, drafts: dict[str, Draft]) -> None:
    (tmp_path / "desk.yaml").write_text(CONFIG + connection_text(SHOP, "crm"))
    (tmp_path / "intents.yaml").write_text(INTENTS)
    write_drafts(list(drafts.values()), tmp_path / "tools")
    refused = {fault.file for fault in report(tmp_path) if "owner.argument" in fault.problem}
    assert refused == {f"tools/{draft.file}" for draft in drafts.values() if draft.text}

    reviewed = tmp_path / "tools" / "list_categories.yaml"
    reviewed.write_text(reviewed.read_text().replace("owner:\n  argument: decide_which\n", ""))
    assert [fault for fault in report(tmp_path) if fault.file == "tools/list_categories.yaml"] == []


async def test_an_imported_contract_can_be_called(tmp_path: Path, drafts: dict[str, Draft]) -> None:
    options = loaded(drafts["getOrder"])["connector"]["options"]
    async with BackOffice() as office:
        backend = connected(office.url)
        found = await ask(
            backend, {**options, "path": options["path"].replace("orderId", "order_id"), "query": {}, "headers": {}}
        )
        await backend.close()
    assert found["order_id"] == "10482"


def test_nothing_is_overwritten(tmp_path: Path, drafts: dict[str, Draft]) -> None:
    (tmp_path / "get_order.yaml").write_text("mine")
    written = {draft.name: draft for draft in write_drafts(list(drafts.values()), tmp_path)}
    assert (tmp_path / "get_order.yaml").read_text() == "mine"
    assert "there already" in written["get_order"].problem
    assert written["create_refund"].written == tmp_path / "create_refund.yaml"


def test_somebody_elses_words_lose_what_is_not_for_people(drafts: dict[str, Draft]) -> None:
    text = drafts["getOrder"].text
    assert "description: Looks up an order. x See docs." in text
    assert "evil.example" not in text
    assert "<" not in text


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"operation_ids": ["createRefund"]}, ["create_refund"]),
        ({"operation_ids": ["oldFiles"]}, ["old_files"]),
        ({"tags": ["Orders"]}, ["get_order"]),
    ],
    ids=["by id", "deprecated, by id", "by tag"],
)
def test_a_choice(options: dict[str, Any], names: list[str]) -> None:
    assert [draft.name for draft in import_openapi(SHOP, "crm", **options)] == names


DOCUMENTS: dict[str, tuple[Any, str]] = {
    "no mapping": ([], "should be a mapping"),
    "swagger": ({"swagger": "2.0"}, "should be OpenAPI 3.0 or 3.1"),
    "unknown version": ({"openapi": "4.0.0"}, "should be OpenAPI 3.0 or 3.1"),
    "another file": ({"openapi": "3.1.0", "paths": {"/a": {"$ref": "other.yaml#/a"}}}, "leads out of the document"),
    "another host": ({"openapi": "3.1.0", "x": {"$ref": "https://evil.example/a"}}, "leads out of the document"),
    "not valid": ({"openapi": "3.1.0", "paths": {}}, "not a valid OpenAPI document"),
    "nothing in it": ({"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}}, "no operation"),
}


@pytest.mark.parametrize(("data", "problem"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_that_cannot_be_used(tmp_path: Path, data: Any, problem: str) -> None:
    path = tmp_path / "spec.json"
    path.write_text(json.dumps(data))
    with pytest.raises(DataError, match=problem):
        import_openapi(path, "crm")


@pytest.mark.parametrize("text", ["{", "a: [", "\0", "a: &x [*x]", "!!python/object:os.system {}"])
def test_a_file_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(text)
    with pytest.raises(DataError):
        import_openapi(path, "crm")


def test_a_small_file_that_unfolds_to_a_giant(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    path = tmp_path / "spec.yaml"
    path.write_text("\n".join(["openapi: 3.1.0", "a0: &a0 [x]", *levels]))
    with pytest.raises(DataError, match="more than 500,000 parts"):
        import_openapi(path, "crm")


def test_an_operation_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(DataError, match="no operation getOrdr; there are: getOrder"):
        import_openapi(SHOP, "crm", operation_ids=["getOrdr"])


SCHEMAS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "nullable": ("3.0", {"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    "nullable is a word since": ("3.1", {"type": ["string", "null"]}, {"type": ["string", "null"]}),
    "nullable without a type": ("3.0", {"allOf": [{"type": "string"}], "nullable": True},
                                {"anyOf": [{"allOf": [{"type": "string"}]}, {"type": "null"}]}),
    "exclusive": ("3.0", {"type": "integer", "maximum": 3, "exclusiveMaximum": True}, {"type": "integer", "exclusiveMaximum": 3}),
    "exclusive is a number since": ("3.1", {"exclusiveMaximum": 3}, {"exclusiveMaximum": 3}),
    "inclusive": ("3.0", {"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
    "example": ("3.0", {"example": 1}, {"examples": [1]}),
    "a format of its own": ("3.0", {"type": "string", "format": "password"}, {"type": "string"}),
    "a format of ours": ("3.0", {"type": "string", "format": "date"}, {"type": "string", "format": "date"}),
    "other words": ("3.0", {"type": "object", "xml": {"name": "x"}, "x-secret": 1, "discriminator": {"propertyName": "a"}}, {"type": "object"}),
    "required but not there": ("3.0", {"properties": {"a": {}}, "required": ["a", "b"]}, {"properties": {"a": {}}, "required": ["a"]}),
    "true": ("3.1", {"properties": {"a": True, "b": False}}, {"properties": {"a": {}, "b": {"not": {}}}}),
    "beside a reference, ignored": ("3.0", {"$ref": "#/components/schemas/A", "type": "string"},
                                    {"$ref": "#/$defs/A", "$defs": {"A": {"type": "integer"}}}),
    "beside a reference": ("3.1", {"$ref": "#/components/schemas/A", "maximum": 3},
                           {"$ref": "#/$defs/A", "maximum": 3, "$defs": {"A": {"type": "integer"}}}),
}  # fmt: skip


@pytest.mark.parametrize(("version", "schema", "expected"), SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema(version: str, schema: dict[str, Any], expected: dict[str, Any]) -> None:
    document = Document({"components": {"schemas": {"A": {"type": "integer", "format": "int64"}}}}, version)
    assert convert(document, schema) == expected


@given(text=st.text())
def test_any_text_is_one_visible_line(text: str) -> None:
    made = sentence(text, 50)
    assert len(made) <= 53
    assert "\n" not in made
    assert not set(made) & set("{}`#\u202e\u200b\0")


@given(texts=st.lists(st.text(), max_size=8))
def test_names_are_legal_and_unique(texts: list[str]) -> None:
    tools: set[str] = set()
    arguments: set[str] = set()
    for text in texts:
        assert tool_name(text, tools).isidentifier()
        assert argument_name(text, arguments).isidentifier()
    assert len(tools) == len(arguments) == len(texts)
