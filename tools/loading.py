"""Resolves ``module:function`` and ``file.py:function`` as desks write them."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frontdesk.errors import ConfigurationError


def load_callable(spec: str, root: Path) -> Callable[..., Any]:
    """Import what a desk's ``seed`` or a python connector names.

    Args:
        spec: ``module:function`` of an installed module, or ``path/file.py:function`` relative to ``root``.
        root: The desk's folder. A file outside it is refused.

    Returns:
        The function.

    Raises:
        ConfigurationError: wrong form, no such file, module or function.
    """
    where, _, name = spec.partition(":")
    if not where or not name.isidentifier():
        raise ConfigurationError(f"{spec!r} must read module:function or file.py:function")
    try:
        module = _from_file(where, root) if where.endswith(".py") else importlib.import_module(where)
    except ImportError as error:
        beside = f"; did you mean {where}.py:{name}?" if (root / f"{where}.py").is_file() else ""
        raise ConfigurationError(f"{spec!r}: cannot be imported ({type(error).__name__}){beside}") from error
    found = getattr(module, name, None)
    if not callable(found):
        raise ConfigurationError(f"{spec!r}: {where} has no function {name}")
    return found  # type: ignore[no-any-return]


def _from_file(where: str, root: Path) -> Any:
    path = (root / where).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise ConfigurationError(f"{where!r} is not a file of the desk's folder")
    found = importlib.util.spec_from_file_location(f"frontdesk_desk_{root.name}_{path.stem}", path)
    if found is None or found.loader is None:
        raise ConfigurationError(f"{where!r} cannot be loaded as Python")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
