"""Names that exist because a file does, found without importing anything."""

from __future__ import annotations

from importlib.resources import files


def members(package: str) -> list[str]:
    """Return the names of a package's modules, sorted, without those that begin with an underscore."""
    names = (entry.name for entry in files(package).iterdir())
    return sorted(name.removesuffix(".py") for name in names if name.endswith(".py") and not name.startswith("_"))


def guard_checks() -> list[str]:
    """Return the names of the guard checks, one per file of ``nodes/guard/checks``."""
    return members("frontdesk.nodes.guard.checks")


def connector_kinds() -> list[str]:
    """Return the kinds of connector, one per file of ``tools/connectors``."""
    return members("frontdesk.tools.connectors")
