"""Imports an OpenAPI document: one contract per operation, written down for a person to review."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError
from frontdesk.tools.openapi.contracts import Contract, contract
from frontdesk.tools.openapi.document import Document, UnfitOperationError, read
from frontdesk.tools.openapi.operations import Operation, operations
from frontdesk.tools.openapi.texts import sentence, tool_name


@dataclass(frozen=True, slots=True)
class Draft:
    """One operation's contract, or why there is none."""

    operation: str
    """Its id in the document, in one line."""
    name: str
    """The tool's."""
    text: str = ""
    """The file's text; empty: there is none."""
    problem: str = ""
    """Why there is none."""
    written: Path | None = None
    """Where it was written."""

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.yaml"


def import_openapi(
    spec: Path, connection: str, operation_ids: Collection[str] = (), tags: Collection[str] = ()
) -> list[Draft]:
    """Make contracts out of an OpenAPI document. Nothing is downloaded and nothing is written.

    Every contract has an owner rule that names no argument, so ``frontdesk check`` refuses it until someone decides.

    Args:
        spec: OpenAPI 3.0 or 3.1, JSON or YAML, in one file.
        connection: Name of the desk's connection that the contracts are for.
        operation_ids: Which operations; empty: all that are not deprecated.
        tags: Only operations with one of these; empty: any.

    Returns:
        One per operation, in the document's order; those that cannot be made have a ``problem``.

    Raises:
        DataError: The document cannot be used, or it has none of the operations named; says which.
    """
    document = read(spec)
    found = list(operations(document, operation_ids, tags))
    missing = sorted(set(operation_ids) - {operation.id for operation in found})
    if missing or not found:
        known = ", ".join(sentence(one.id, 60) for one in operations(document, (), ()))
        what = f"no operation {', '.join(missing)}" if missing else "no operation that is wanted"
        raise DataError(f"{spec}: {what}; there are: {known or 'none'}")
    taken: set[str] = set()
    return [_draft(document, one, tool_name(one.id, taken), connection) for one in found]


def write_drafts(drafts: Sequence[Draft], folder: Path) -> list[Draft]:
    """Write drafts into a folder, which is made where there is none. A file that is there already stays as it is.

    Returns:
        The drafts: with ``written``, or with a ``problem``.

    Raises:
        DataError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_written(draft, folder) for draft in drafts]
    except OSError as error:
        raise DataError(f"{folder}: cannot be written ({type(error).__name__})") from None


def connection_text(spec: Path, connection: str) -> str:
    """Return lines for desk.yaml that name the connection, to be completed by a person. DataError: as above."""
    document = read(spec)
    servers = document.data.get("servers")
    first = servers[0].get("url", "") if isinstance(servers, list) and servers and isinstance(servers[0], dict) else ""
    url = first if isinstance(first, str) and first.startswith("https://") and not set(first) & set("{}?# \n") else ""
    options: dict[str, Any] = {"url": url or "https://", "auth": _auth(document, connection)}
    return as_yaml({"connections": {connection: {"kind": "http", "options": options}}})


def _draft(document: Document, operation: Operation, name: str, connection: str) -> Draft:
    shown = sentence(operation.id, 100)
    try:
        made = contract(document, operation, name, connection)
    except UnfitOperationError as error:
        return Draft(shown, name, problem=str(error))
    return Draft(shown, name, _text(document, operation, made))


def _text(document: Document, operation: Operation, made: Contract) -> str:
    info = document.data.get("info")
    about = info if isinstance(info, dict) else {}
    source = sentence(f"{about.get('title', 'a document')} {about.get('version', '')}", 80)
    lines = [
        f"# {sentence(f'{operation.method} {operation.path}', 100)} of {source}, imported from its OpenAPI document.",
        "# Decide whatever stands below `review:`, then remove the remark. Until there is an owner rule, `frontdesk",
        "# check` refuses the file.",
    ]
    for key, value in made.parts.items():
        if key in made.remarks:
            lines.append(f"# review: {sentence(made.remarks[key], 400).replace('`', '')}")
        lines.append(as_yaml({key: value}).rstrip("\n"))
    return "\n".join(lines) + "\n"


def as_yaml(data: Any) -> str:
    """Return data as the YAML of a desk's files."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - of an import only

    yaml = YAML()
    yaml.width = 110
    yaml.default_flow_style = False
    yaml.indent(mapping=2, sequence=4, offset=2)
    # a desk's files have no anchors
    yaml.representer.ignore_aliases = lambda *_: True
    text = io.StringIO()
    yaml.dump(data, text)
    return text.getvalue()


def _written(draft: Draft, folder: Path) -> Draft:
    if not draft.text:
        return draft
    path = folder / draft.file
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(draft.text)
    except FileExistsError:
        return Draft(draft.operation, draft.name, draft.text, f"{path} is there already and stays as it is")
    return Draft(draft.operation, draft.name, draft.text, written=path)


def _auth(document: Document, connection: str) -> dict[str, Any]:
    """Return what the document's first security scheme asks for, with variables named after the connection."""
    prefix = "".join(sign if sign.isalnum() and sign.isascii() else "_" for sign in connection).upper()
    prefix = prefix if prefix[:1].isalpha() else f"API_{prefix}"
    components = document.data.get("components")
    schemes = components.get("securitySchemes", {}) if isinstance(components, dict) else {}
    for scheme in schemes.values() if isinstance(schemes, dict) else ():
        kind = (scheme.get("type"), str(scheme.get("scheme", "")).lower()) if isinstance(scheme, dict) else ("", "")
        flow = scheme.get("flows", {}).get("clientCredentials") if kind[0] == "oauth2" else None
        if kind == ("http", "basic"):
            return {"basic": [f"{prefix}_USER", f"{prefix}_PASSWORD"]}
        if kind[0] == "apiKey" and scheme.get("in") == "header":
            return {"header": {str(scheme.get("name")): f"{prefix}_KEY"}}
        if isinstance(flow, dict):
            names = {"client_id": f"{prefix}_CLIENT_ID", "client_secret": f"{prefix}_CLIENT_SECRET"}
            return {"oauth2_client": {"token_url": str(flow.get("tokenUrl")), **names}}
    return {"bearer": f"{prefix}_TOKEN"}
