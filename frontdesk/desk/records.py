"""From a document's data to a typed record, with every fault at its line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from frontdesk.desk.fields import field_docs, model_at
from frontdesk.desk.files import Document, Place
from frontdesk.desk.modelling import TAGS
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault

Record = TypeVar("Record", bound=BaseModel)


def build(
    model: type[Record], document: Document, data: Mapping[str, Any], place: Place = ()
) -> tuple[Record | None, list[Fault]]:
    """Validate the data at one place of a document.

    Args:
        model: The record type.
        document: Where the data comes from.
        data: The data, plain JSON values. Types are not coerced: ``"5"`` is no number here, nor in our JSON Schemas.
        place: Where in the document the data stands.

    Returns:
        The record, or None and the faults.
    """
    record, details = _validate(model, data)
    return record, [_fault(model, document, place, detail) for detail in details]


def sound_part(model: type[BaseModel], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of the data without the values that have faults; a record that lacks a key goes as a whole.

    A list with a fault goes as a whole too: without one item, the later ones would be blamed at the wrong line.
    """
    copy: dict[str, Any] = json.loads(json.dumps(data))
    for detail in _validate(model, data)[1]:
        place = detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]
        index = next((number for number, step in enumerate(place) if isinstance(step, int)), len(place))
        _remove(copy, place[:index])
    return copy


def _remove(data: Any, place: Place) -> None:
    for step in place[:-1]:
        if not isinstance(data, dict) or step not in data:
            return
        data = data[step]
    if place and isinstance(data, dict):
        data.pop(place[-1], None)


def _validate(model: type[Record], data: Mapping[str, Any]) -> tuple[Record | None, list[ErrorDetails]]:
    try:
        return model.model_validate_json(json.dumps(data), strict=True), []
    except ValidationError as error:
        return None, [_placed(detail) for detail in error.errors(include_url=False)]


def _placed(detail: ErrorDetails) -> ErrorDetails:
    """Say where in the file a fault is: a chain of models may have several forms, which pydantic names on the way."""
    detail["loc"] = tuple(step for step in detail["loc"] if step not in TAGS)
    return detail


def _fault(model: type[BaseModel], document: Document, place: Place, detail: ErrorDetails) -> Fault:
    where: Place = detail["loc"]
    problem, remedy = _words(model, where, detail)
    return document.fault((*place, *where), problem, remedy)


def _words(model: type[BaseModel], where: Place, detail: ErrorDetails) -> tuple[str, str]:
    label, kind = _label(where), detail["type"]
    if kind == "extra_forbidden":
        owner = model_at(model, where[:-1])
        return f"unknown key `{label}`", choose(str(where[-1]), owner.model_fields if owner else ())
    if kind == "missing":
        return f"the key `{label}` is missing", _add(model, where)
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        given = shown(detail["input"])
        return f"`{label}` is `{given}`", choose(given, allowed)
    if kind == "string_pattern_mismatch":
        pattern = detail.get("ctx", {}).get("pattern", "")
        return f"`{label}` is `{shown(detail['input'])}`", f"it should match {pattern}"
    message = detail["msg"]
    return f"`{label}` has a value that is not allowed", message.replace("Input should", "it should")


def _add(model: type[BaseModel], where: Place) -> str:
    owner = model_at(model, where[:-1])
    meaning = field_docs(owner).get(str(where[-1]), "") if owner else ""
    return f"add `{where[-1]}: …`" + (f" ({meaning.rstrip('.')})" if meaning else "")


def _label(where: Place) -> str:
    text = ""
    for step in where:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")
