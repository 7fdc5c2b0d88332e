"""The checks that exist: one per file of ``checks/``, found by being there."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.guard import checks
from frontdesk.nodes.guard.check import Check


def check_of(name: str, module: ModuleType) -> type[Check]:
    """Return the check that a file defines.

    Raises:
        ConfigurationError: The file has no ``CHECK``, or it is not registered under the file's name.
    """
    found = getattr(module, "CHECK", None)
    if not (isinstance(found, type) and issubclass(found, Check)):
        raise ConfigurationError(f"nodes/guard/checks/{name}.py must define CHECK, a subclass of Check")
    if found.rail_alias != f"frontdesk/{name}":
        raise ConfigurationError(f"nodes/guard/checks/{name}.py must register its check as frontdesk/{name}")
    return found


def known_checks() -> dict[str, type[Check]]:
    """Return every check by name, sorted by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(checks.__path__))
    return {name: check_of(name, importlib.import_module(f"{checks.__name__}.{name}")) for name in names}


__all__ = ["check_of", "known_checks"]
