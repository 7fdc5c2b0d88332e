"""JSON Schemas (draft 2020-12) of a desk's files, published from the very records that load them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from frontdesk.desk.config import DeskConfig, Intent, Page, ToolContract
from frontdesk.desk.fields import field_docs, nested_model
from frontdesk.prompts.template import PromptHeader

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_RECORDS: dict[str, type[BaseModel]] = {
    "desk": DeskConfig,
    "intents": Intent,
    "tool": ToolContract,
    "page": Page,
    "prompt": PromptHeader,
}


def desk_schemas() -> dict[str, dict[str, Any]]:
    """Return file name (``desk.schema.json`` …) to schema. Page and prompt describe a file's front matter."""
    made = {f"{name}.schema.json": _schema(name, model) for name, model in _RECORDS.items()}
    intents = made["intents.schema.json"]
    definitions = intents.pop("$defs", {})
    header = {key: intents.pop(key) for key in ("$schema", "$id")}
    made["intents.schema.json"] = {
        **header,
        "title": "intents.yaml",
        "type": "object",
        "properties": {"intents": {"type": "array", "items": {"$ref": "#/$defs/Intent"}, "minItems": 1}},
        "required": ["intents"],
        "additionalProperties": False,
        "$defs": {**definitions, "Intent": intents},
    }
    return made


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder, which is made if need be, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in desk_schemas().items():
        path = folder / name
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    _, schema = models_json_schema([(model, "validation")], ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = schema["$defs"]
    for part in _models_in(model):
        _describe(part, definitions[part.__name__])
    root = definitions.pop(model.__name__)
    if model is Page:
        # the body stands below the front matter, not in it
        del root["properties"]["body"]
    if model is ToolContract:
        for key in ("input", "output"):
            root["properties"][key] = {"$ref": DIALECT, "description": root["properties"][key].get("description", "")}
    result = {"$schema": DIALECT, "$id": f"urn:frontdesk:schema:{name}", **root}
    return {**result, "$defs": definitions} if definitions else result


def _models_in(model: type[BaseModel]) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    waiting = [model]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.append(current)
            nested = (nested_model(field.annotation) for field in current.model_fields.values())
            waiting.extend(part for part in nested if part is not None)
    return found


def _describe(model: type[BaseModel], schema: dict[str, Any]) -> None:
    schema["description"] = (model.__doc__ or "").strip().split("\n")[0]
    docs = field_docs(model)
    for name, part in schema.get("properties", {}).items():
        part.pop("title", None)
        if name in docs:
            part["description"] = docs[name].replace("``", "`")
