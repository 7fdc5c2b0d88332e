"""Finds a back office's functions in a module, in the shapes that people write them.

* a function per tool, ``name(db, **arguments)``: plain or async, its first parameter under any name; or without one;
* a class whose methods are the tools, made with the tables (``Tools(db)``);
* a class per tool with ``invoke(data, **arguments)``, named by ``get_info()`` or by its own name in words;
* ``TOOLS`` or ``ALL_TOOLS``: a list or a mapping of any of these; ``make_tools(db)`` (or ``build``): what it returns.

A first parameter annotated with a pydantic model is given the tables as that model.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import typing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from frontdesk.errors import DataError
from frontdesk.evals.gateway.material import ToolSpec
from frontdesk.evals.gateway.normal import normal
from frontdesk.evals.gateway.offices import Bind, Call
from frontdesk.evals.gateway.shapes import member, parts_of, single, toolkit

_FACTORIES = ("make_tools", "build_tools", "create_tools", "get_tools", "build", "make")
_STATES = frozenset({"db", "data", "state", "tables", "database", "store", "env", "backend"})


def load_module(given: str) -> ModuleType:
    """Import a file, a package's folder or a dotted module.

    Raises:
        DataError: It cannot be imported.
    """
    path = Path(given)
    try:
        if path.exists():
            base = path.parent if path.name == "__init__.py" else path
            folder, name = base.resolve().parent, base.stem
            sys.path.insert(0, str(folder))
            if path.is_dir() or path.name == "__init__.py":
                return importlib.import_module(name)
            spec = importlib.util.spec_from_file_location(name, path)
            if spec is None or spec.loader is None:
                raise DataError(f"{given}: no Python file")
            module = importlib.util.module_from_spec(spec)
            sys.modules.setdefault(name, module)
            spec.loader.exec_module(module)
            return module
        return importlib.import_module(given)
    except DataError:
        raise
    except Exception as error:
        raise DataError(f"{given}: cannot be imported ({type(error).__name__})") from error


def loader(module: ModuleType) -> Callable[[Path], Any] | None:
    """Return the module's own reader of the tables, ``load_db(folder)`` or ``load_data(folder)``, where it has one."""
    for name in ("load_db", "load_data"):
        found = getattr(module, name, None)
        if inspect.isfunction(found) and len(_needed(found)) == 1:
            return found
    return None


def binder(module: ModuleType, specs: Sequence[ToolSpec]) -> tuple[Bind, list[str]]:
    """Return how the module's tools are bound to tables, and the names of those that it lacks.

    Raises:
        DataError: It has none of them.
    """
    parts = list(parts_of(module))
    kit = toolkit(parts, {spec.name for spec in specs})
    factory = next((found for name in _FACTORIES if callable(found := getattr(module, name, None))), None)
    alone = {spec.name: found for spec in specs if (found := single(module, parts, spec)) is not None}
    if kit is None and factory is None and not alone:
        raise DataError(
            f"{module.__name__}: none of the tools is there: {', '.join(spec.name for spec in specs[:5])} …"
        )

    def bind(tables: Any) -> tuple[Any, Mapping[str, Call]]:
        made = factory or kit
        state = _as_model(made or next(iter(alone.values())), tables)
        whole = _made(made, state) if made is not None and not alone.keys() >= {spec.name for spec in specs} else None
        calls: dict[str, Call] = {}
        for spec in specs:
            target = member(whole, spec) or alone.get(spec.name)
            if target is not None:
                calls[spec.name] = _call(target, spec, state)
        return state, calls

    probe = alone.keys() if kit is None and factory is None else None
    if probe is not None:
        return bind, [spec.name for spec in specs if spec.name not in probe]
    return bind, []


def _made(factory: Callable[..., Any], state: Any) -> Any:
    return factory(state) if _needed(factory) or inspect.signature(factory).parameters else factory()


def _needed(function: Callable[..., Any]) -> list[str]:
    return [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty
        and parameter.kind in {parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD}
    ]


def _call(target: Callable[..., Any], spec: ToolSpec, state: Any) -> Call:
    """Return how the tool is called: with the tables first, where its first parameter is no argument of the tool."""
    properties = set(normal(spec.parameters)[0]["properties"])
    parameters = list(inspect.signature(target).parameters.values())
    first = parameters[0] if parameters else None
    positional = first is not None and first.kind in {first.POSITIONAL_ONLY, first.POSITIONAL_OR_KEYWORD}
    if first is not None and positional and first.name not in properties:
        return lambda arguments: target(state, **arguments)
    keyed = next((item.name for item in parameters if item.name in _STATES and item.name not in properties), None)
    if keyed is not None:
        return lambda arguments: target(**{keyed: state}, **arguments)
    return lambda arguments: target(**arguments)


def _as_model(target: Callable[..., Any], tables: Any) -> Any:
    made = target.__init__ if inspect.isclass(target) else target
    try:
        hints = typing.get_type_hints(made)
    except Exception:  # noqa: BLE001 - annotations that do not resolve say nothing
        return tables
    names = [name for name in inspect.signature(made).parameters if name != "self"]
    kind = hints.get(names[0]) if names else None
    validate = getattr(kind, "model_validate", None)
    return validate(tables) if validate is not None else tables
