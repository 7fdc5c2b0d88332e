"""The operations of a document, with what each takes and gives. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from frontdesk.tools.openapi.document import Document, UnfitOperationError
from frontdesk.tools.openapi.schemas import convert

METHODS = ("get", "head", "post", "put", "patch", "delete")
Where = Literal["path", "query", "header"]
_IGNORED = frozenset({"accept", "content-type", "authorization"})
"""Header parameters that OpenAPI itself says have no effect."""
KEY = "idempotency-key"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as it stands in the document."""

    method: str
    path: str
    data: Mapping[str, Any]
    shared: tuple[Any, ...] = ()
    """Parameters of all operations of the path."""

    @property
    def id(self) -> str:
        """Its ``operationId``, else method and path."""
        found = self.data.get("operationId")
        return found if isinstance(found, str) and found else f"{self.method} {self.path}"

    @property
    def tags(self) -> list[str]:
        """Its tags."""
        found = self.data.get("tags")
        return [tag for tag in found if isinstance(tag, str)] if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter."""

    name: str
    where: Where
    required: bool
    schema: dict[str, Any]


@dataclass(slots=True)
class Taken:
    """What an operation takes."""

    parameters: list[Parameter] = field(default_factory=list)
    body: dict[str, Any] | None = None
    """Schema of the body."""
    body_kind: Literal["json", "form"] = "json"
    body_required: bool = False
    keyed: bool = False
    """Whether the document has an ``Idempotency-Key``."""


def operations(document: Document, wanted: Collection[str], tags: Collection[str]) -> Iterator[Operation]:
    """Yield the operations that are wanted.

    Args:
        document: Where they stand.
        wanted: Their ids; empty: all that are not deprecated.
        tags: One of these; empty: any.
    """
    paths = document.data.get("paths")
    for path, item in paths.items() if isinstance(paths, Mapping) else ():
        try:
            entry = document.resolved(item)
        except UnfitOperationError:
            continue
        shared = entry.get("parameters")
        for method in METHODS:
            data = entry.get(method)
            if not isinstance(data, Mapping):
                continue
            found = Operation(method.upper(), str(path), data, tuple(shared) if isinstance(shared, list) else ())
            named = found.id in wanted if wanted else not data.get("deprecated")
            if named and (not tags or set(found.tags) & set(tags)):
                yield found


def taken(document: Document, operation: Operation) -> Taken:
    """Return what an operation takes. UnfitOperationError: something that a contract of kind http cannot send."""
    made = Taken()
    own = operation.data.get("parameters")
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for part in (*operation.shared, *(own if isinstance(own, list) else ())):
        parameter = document.resolved(part)
        found[str(parameter.get("name")), str(parameter.get("in"))] = parameter
    for (name, where), parameter in found.items():
        if where == "header" and name.lower() == KEY:
            made.keyed = True
        elif not (where == "header" and name.lower() in _IGNORED):
            one = _parameter(document, name, where, parameter)
            made.parameters += [one] if one else []
    if operation.data.get("requestBody") is not None:
        _body(document, operation, made)
    return made


def given(document: Document, operation: Operation) -> dict[str, Any]:
    """Return the schema of an operation's answer; ``{}`` where it has none, or none in JSON."""
    responses = operation.data.get("responses")
    codes = responses if isinstance(responses, Mapping) else {}
    for code in sorted(str(code) for code in codes if str(code).startswith("2")):
        response = document.resolved(codes.get(code, codes.get(int(code)) if code.isdigit() else None))
        media = _json(response.get("content"))
        if media is not None and media.get("schema") is not None:
            return convert(document, _joined(document, media["schema"]))
    return {}


def statuses(operation: Operation) -> list[str]:
    """Return the statuses of faults that the document names."""
    responses = operation.data.get("responses")
    return sorted(str(code) for code in (responses if isinstance(responses, Mapping) else {}) if str(code)[:1] in "45")


def _parameter(document: Document, name: str, where: str, parameter: Mapping[str, Any]) -> Parameter | None:
    required = parameter.get("required") is True or where == "path"
    schema = convert(document, parameter.get("schema", {}))
    unfit = where == "cookie" or "content" in parameter or schema.get("type") == "object"
    if unfit or (schema.get("type") == "array" and (where != "query" or parameter.get("explode") is False)):
        if required:
            raise UnfitOperationError(f"the parameter {name!r} is sent in a way that an http contract has no word for")
        return None
    if where not in {"path", "query", "header"}:
        raise UnfitOperationError(f"the parameter {name!r} stands nowhere that we know")
    if "description" not in schema and isinstance(parameter.get("description"), str):
        schema = {**schema, **convert(document, {"description": parameter["description"]})}
    return Parameter(name, where, required, schema)  # type: ignore[arg-type]


def _body(document: Document, operation: Operation, made: Taken) -> None:
    request = document.resolved(operation.data["requestBody"])
    made.body_required = request.get("required") is True
    content = request.get("content")
    media = _json(content)
    if media is None and isinstance(content, Mapping) and FORM in content:
        media, made.body_kind = document.resolved(content[FORM]), "form"
    if media is None:
        if made.body_required:
            raise UnfitOperationError("its body is neither JSON nor a form")
        return
    schema = media.get("schema", {})
    made.body = convert(document, _joined(document, schema))
    if made.body_kind == "form" and "properties" not in made.body:
        raise UnfitOperationError("the fields of its form are not named")


def _json(content: Any) -> Mapping[str, Any] | None:
    if not isinstance(content, Mapping):
        return None
    for kind, media in content.items():
        plain = str(kind).partition(";")[0].strip().lower()
        if isinstance(media, Mapping) and (plain == JSON or plain.endswith("+json")):
            return media
    return None


def _joined(document: Document, schema: Any) -> Any:
    """Return a schema as one record where it is one, in itself or as ``allOf`` of such; else as it is."""
    try:
        whole = document.resolved(schema)
    except UnfitOperationError:
        return schema
    parts = whole.get("allOf")
    if not isinstance(parts, list):
        return whole
    records = [_joined(document, part) for part in parts]
    if not all(
        isinstance(one, Mapping) and set(one) <= {"type", "properties", "required", "description"} for one in records
    ):
        return whole
    rest = {key: value for key, value in whole.items() if key not in {"allOf", "properties", "required"}}
    every = [*records, whole]
    properties = {name: part for one in every for name, part in one.get("properties", {}).items()}
    required = list(dict.fromkeys(name for one in every for name in one.get("required", [])))
    return {**rest, "type": "object", "properties": properties, "required": required}
