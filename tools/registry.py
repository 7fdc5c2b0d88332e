"""Finds connectors by their files: a module in ``tools/connectors`` with a ``build`` function is a kind."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from frontdesk.errors import ConfigurationError
from frontdesk.tools.backend import Backend, Resources

FOLDER = Path(__file__).parent / "connectors"
PACKAGE = "frontdesk.tools.connectors"


def kinds() -> tuple[str, ...]:
    """Return the kinds of connector there are, sorted; nothing is imported."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")))


def backends(wanted: Iterable[str], resources: Resources) -> Mapping[str, Backend]:
    """Build the connectors named, each once.

    Args:
        wanted: Kinds, as in ``contract.connector.kind``; repeats are fine.
        resources: What they are built from.

    Returns:
        Backend by kind.

    Raises:
        ConfigurationError: an unknown kind, or a file without ``build``; the message lists what is allowed.
    """
    known = kinds()
    built: dict[str, Backend] = {}
    for kind in sorted(set(wanted)):
        if kind not in known:
            raise ConfigurationError(f"unknown connector kind {kind!r}; there are: {', '.join(known)}")
        module = importlib.import_module(f"{PACKAGE}.{kind}")
        build = getattr(module, "build", None)
        if not callable(build):
            raise ConfigurationError(f"tools/connectors/{kind}.py must define build(resources)")
        built[kind] = build(resources)
    return built
