"""What the fields of our records mean: the string under each field, read from the source when somebody asks.

Pydantic can do this at import (``use_attribute_docstrings``), but then every start pays for parsing the sources.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """Return field name to docstring (one line) for a record, inherited fields included."""
    docs: dict[str, str] = {}
    for ancestor in reversed(model.__mro__):
        if issubclass(ancestor, BaseModel) and ancestor.__module__.startswith("frontdesk"):
            docs.update(_own_docs(ancestor))
    return docs


def _own_docs(model: type[BaseModel]) -> dict[str, str]:
    try:
        source = inspect.getsource(model)
    except OSError:
        # no sources, as in a frozen application: remedies and tables go without the meaning
        return {}
    body = ast.parse(textwrap.dedent(source)).body[0]
    docs: dict[str, str] = {}
    name = ""
    for statement in getattr(body, "body", []):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and name:
            docs[name] = " ".join(str(statement.value.value).split())
            name = ""
        else:
            name = ""
    return docs


def nested_model(annotation: Any) -> type[BaseModel] | None:
    """Return the record type inside an annotation such as ``Owner | None``, ``dict[str, Rule]`` or ``list[Intent]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    origin = get_origin(annotation)
    if origin is Annotated:
        return nested_model(get_args(annotation)[0])
    if origin in {Union, types.UnionType, dict, list}:
        found = [nested_model(part) for part in get_args(annotation)]
        return next((model for model in found if model is not None), None)
    return None


def model_at(model: type[BaseModel], place: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the record type that stands at a place of a document described by ``model``; None for plain data."""
    current: type[BaseModel] | None = model
    open_container = direct = False
    for step in place:
        if open_container:
            open_container = False
            if isinstance(step, int) or not direct:
                continue
        if current is None or not isinstance(step, str) or step not in current.model_fields:
            return None
        annotation = current.model_fields[step].annotation
        current = nested_model(annotation)
        open_container, direct = _is_container(annotation), _is_record(annotation)
    return None if open_container and not direct else current


def _is_record(annotation: Any) -> bool:
    """Whether a record may stand there itself, not only inside a list or a mapping."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _is_record(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return any(_is_record(part) for part in get_args(annotation))
    return isinstance(annotation, type) and origin is None and issubclass(annotation, BaseModel)


def _is_container(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _is_container(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return any(_is_container(part) for part in get_args(annotation))
    return origin in {dict, list}
