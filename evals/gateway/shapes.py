"""Recognises tools in a module: functions, classes with ``invoke``, methods of a class, LangChain tools. Pure."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from frontdesk.evals.gateway.material import ToolSpec, words_of

_LISTS = ("TOOLS", "ALL_TOOLS", "tools", "all_tools")


def parts_of(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield what a module offers, by name; its lists of tools first."""
    for name in _LISTS:
        found = getattr(module, name, None)
        if isinstance(found, Mapping):
            yield from ((str(key), value) for key, value in found.items())
        elif isinstance(found, list | tuple):
            yield from ((str(_name(item)), item) for item in found)
    yield from ((name, value) for name, value in vars(module).items() if not name.startswith("__"))


def _name(part: Any) -> str:
    info = getattr(part, "get_info", None)
    if inspect.isclass(part) and callable(info):
        try:
            told = info()
            return str(told.get("function", told)["name"])
        except Exception:  # noqa: BLE001 - somebody's own description; then its own name has to do
            return part.__name__
    return str(getattr(part, "name", None) or getattr(part, "__name__", ""))


def _is_same(one: str, spec: ToolSpec) -> bool:
    return one == spec.name or words_of(one) == words_of(spec.name)


def single(module: ModuleType, parts: Sequence[tuple[str, Any]], spec: ToolSpec) -> Any:
    """Return what serves one tool on its own; None: nothing."""
    exact = getattr(module, spec.name, None)
    if inspect.isroutine(exact):
        return exact
    for name, part in parts:
        if _is_same(name, spec) or (inspect.isclass(part) and hasattr(part, "invoke") and _is_same(_name(part), spec)):
            if inspect.isclass(part) and not hasattr(part, "invoke"):
                continue
            target = _function(part)
            if callable(target):
                return target
    return None


def _function(part: Any) -> Any:
    """Return what is called: a class's ``invoke``, a LangChain tool's function, or the thing itself."""
    if inspect.isclass(part):
        return inspect.getattr_static(part, "invoke").__func__ if _is_static(part) else getattr(part(), "invoke")  # noqa: B009 - of a class that is somebody's own
    for name in ("coroutine", "func"):
        if not inspect.isroutine(part) and callable(getattr(part, name, None)):
            return getattr(part, name)
    return part


def _is_static(part: type) -> bool:
    return isinstance(inspect.getattr_static(part, "invoke"), staticmethod)


def toolkit(parts: Sequence[tuple[str, Any]], names: Collection[str]) -> Any:
    """Return the class with the most methods that are tools."""
    best: tuple[int, Any] = (0, None)
    for _, part in parts:
        if inspect.isclass(part) and not hasattr(part, "invoke"):
            own = {tuple(words_of(name)) for name in dir(part) if not name.startswith("_")}
            count = sum(tuple(words_of(name)) in own for name in names)
            best = max(best, (count, part), key=lambda item: item[0])
    return best[1]


def member(whole: Any, spec: ToolSpec) -> Any:
    """Return what serves a tool in what a class or a factory made; None: nothing."""
    if whole is None:
        return None
    if isinstance(whole, Mapping):
        return next((_function(part) for name, part in whole.items() if _is_same(str(name), spec)), None)
    if isinstance(whole, list | tuple):
        return next((_function(part) for part in whole if _is_same(_name(part), spec)), None)
    exact = getattr(whole, spec.name, None)
    if callable(exact):
        return exact
    return next(
        (getattr(whole, name) for name in dir(whole) if not name.startswith("_") and _is_same(name, spec)), None
    )
