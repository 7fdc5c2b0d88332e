"""Names that exist because a file does, found without importing anything."""

from __future__ import annotations

import ast
from importlib.resources import files


def members(package: str) -> list[str]:
    """Return the names of a package's modules, sorted, without those that begin with an underscore."""
    names = (entry.name for entry in files(package).iterdir())
    return sorted(name.removesuffix(".py") for name in names if name.endswith(".py") and not name.startswith("_"))


def guard_checks() -> list[str]:
    """Return the names of the guard checks, one per file of ``nodes/guard/checks``."""
    return members("frontdesk.nodes.guard.checks")


def guard_options(check: str) -> list[str]:
    """Return what a guard check of ours takes in ``options``: the keywords of its ``__init__``, read from its file."""
    tree = ast.parse((files("frontdesk.nodes.guard.checks") / f"{check}.py").read_bytes())
    made = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__init__")
    return sorted(argument.arg for node in made for argument in node.args.kwonlyargs)


def connector_kinds() -> list[str]:
    """Return the kinds of connector, one per file of ``tools/connectors``."""
    return members("frontdesk.tools.connectors")
