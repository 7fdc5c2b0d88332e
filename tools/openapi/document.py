"""An OpenAPI document as it was read: sound as far as that can be told, and without anything that stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from frontdesk.errors import DataError
from frontdesk.tools.schema import import_jsonschema

MAX_BYTES = 20_000_000
PARTS = 500_000
DEPTH = 100
"""Levels of the document, and references that lead to references."""


class UnfitOperationError(Exception):
    """One operation cannot be made a contract; says why."""


class Document:
    """A document and what its references lead to."""

    def __init__(self, data: Mapping[str, Any], version: str) -> None:
        """Take the document and its version, ``3.0`` or ``3.1``."""
        self.data = data
        self.version = version

    def resolved(self, part: Any) -> Mapping[str, Any]:
        """Return a part, or what its ``$ref`` leads to. UnfitOperationError: it leads nowhere, or in a circle."""
        for _ in range(DEPTH):
            if not isinstance(part, Mapping):
                raise UnfitOperationError("a part of it is not a mapping")
            if not isinstance(part.get("$ref"), str):
                return part
            part = self.at(part["$ref"])
        raise UnfitOperationError("a reference leads in a circle")

    def at(self, reference: str) -> Any:
        """Return what a local reference leads to. UnfitOperationError: nowhere."""
        found: Any = self.data
        for step in reference.removeprefix("#/").split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(found, Mapping) or name not in found:
                raise UnfitOperationError("a reference leads nowhere")
            found = found[name]
        return found


def read(path: Path) -> Document:
    """Read a document, JSON or YAML. Nothing is downloaded.

    It is validated with ``openapi-spec-validator`` where that is installed (``frontdesk[openapi]``).

    Raises:
        DataError: It cannot be read, is no OpenAPI 3.0 or 3.1, is not valid, or refers to another file or host.
    """
    data = _loaded(path)
    version = str(data.get("openapi", ""))
    if not version.startswith(("3.0.", "3.1.")):
        found = f"`openapi: {version[:20]}`" if version else "no `openapi:`"
        raise DataError(f"{path}: {found}; it should be OpenAPI 3.0 or 3.1 (convert Swagger 2.0 first)")
    for number, part in enumerate(_parts(data, path, 0)):
        if number > PARTS:
            raise DataError(f"{path}: more than {PARTS:,} parts")
        reference = part.get("$ref") if isinstance(part, Mapping) else None
        if isinstance(reference, str) and not reference.startswith("#/"):
            raise DataError(f"{path}: a `$ref` leads out of the document; put everything into one file first")
    _validate(data, path)
    return Document(data, version[:3])


def validated() -> bool:
    """Return whether documents are validated as a whole: whether the library for it is installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - of this question only

    return find_spec("openapi_spec_validator") is not None


def _loaded(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML  # noqa: PLC0415 - of an import only
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415

    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"{path}: larger than {MAX_BYTES:,} bytes")
        data = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError, RecursionError, ValueError) as error:
        raise DataError(f"{path}: cannot be read as JSON or YAML ({type(error).__name__})") from None
    if not isinstance(data, dict):
        raise DataError(f"{path}: not an OpenAPI document; it should be a mapping")
    return data


def _parts(part: Any, path: Path, depth: int) -> Iterator[Any]:
    """Yield every part, one that an anchor repeats each time: so a small file that unfolds to a giant is noticed."""
    if depth > DEPTH:
        raise DataError(f"{path}: nested more than {DEPTH} levels deep")
    yield part
    for item in part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ():
        yield from _parts(item, path, depth + 1)


def _validate(data: Mapping[str, Any], path: Path) -> None:
    if not validated():
        return
    import_jsonschema()  # without the grammar that takes two seconds to load
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator  # noqa: PLC0415 - an extra

    kind = OpenAPIV30SpecValidator if str(data["openapi"]).startswith("3.0.") else OpenAPIV31SpecValidator
    try:
        error = next(iter(kind(data).iter_errors()), None)
    except Exception as failure:  # noqa: BLE001 - a document of anybody's making in a library of somebody else's
        raise DataError(f"{path}: not a valid OpenAPI document ({type(failure).__name__})") from None
    if error is not None:
        place = "/".join(str(step) for step in error.absolute_path)[:200] or "the document"
        raise DataError(f"{path}: not a valid OpenAPI document: {place}: {str(error.message)[:200]}")
