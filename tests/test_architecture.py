"""The rules of docs/design.md as tests: import direction, sizes, light import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"graph": "frontdesk.graph", "nodes": "frontdesk.nodes", "tools": "frontdesk.tools", "prompts": "frontdesk.prompts",
           "evals": "frontdesk.evals"}  # fmt: skip
MAX_LINES = 200
WIRING_LINES = 60


def modules() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder, package in FOLDERS.items():
        for path in (ROOT / folder).rglob("*.py"):
            found[".".join((package, *path.relative_to(ROOT / folder).with_suffix("").parts))] = path
    for path in (ROOT / "frontdesk").rglob("*.py"):
        inside = path.relative_to(ROOT / "frontdesk").parts
        if inside[0] not in {*FOLDERS, "desks"}:
            found[".".join(("frontdesk", *path.relative_to(ROOT / "frontdesk").with_suffix("").parts))] = path
    return {name.removesuffix(".__init__"): path for name, path in found.items()}


MODULES = modules()


def imports(path: Path) -> set[str]:
    """Internal modules imported at run time, function-level imports included; TYPE_CHECKING blocks do not count."""
    found: set[str] = set()

    def walk(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            return
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("frontdesk"):
            found.add(node.module)
            found.update(
                f"{node.module}.{alias.name}" for alias in node.names if f"{node.module}.{alias.name}" in MODULES
            )
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.startswith("frontdesk"))
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(ast.parse(path.read_text(encoding="utf-8")))
    return found


LAYERS = [
    ("errors", ("frontdesk.errors",)),
    ("records", ("frontdesk.tools.contract", "frontdesk.desk.config", "frontdesk.desk.texts", "frontdesk.desk.keeping", "frontdesk.graph.identity", "frontdesk.graph.state", "frontdesk.graph.records", "frontdesk.graph.verdicts", "frontdesk.graph.requests", "frontdesk.graph.proposals", "frontdesk.graph.placeholders", "frontdesk.desk.scrubbing", "frontdesk.desk.guarding", "frontdesk.desk.reviewing", "frontdesk.desk.modelling", "frontdesk.desk.routing", "frontdesk.desk.remembering", "frontdesk.desk.pages", "frontdesk.desk.connecting", "frontdesk.graph.memories", "frontdesk.graph.approved")),
    ("deps", ("frontdesk.graph.deps", "frontdesk.graph.answers", "frontdesk.graph.endings", "frontdesk.graph.values", "frontdesk.graph.journal", "frontdesk.graph.guards", "frontdesk.graph.calling", "frontdesk.graph.protocols", "frontdesk.graph.understanding", "frontdesk.graph.metering", "frontdesk.graph.later", "frontdesk.graph.counting", "frontdesk.graph.rolling", "frontdesk.graph.pageuse", "frontdesk.graph.remembering")),
    ("machinery", ("frontdesk.nodes.", "frontdesk.tools", "frontdesk.prompts", "frontdesk.desk", "frontdesk.models",
                   "frontdesk.graph.persistence", "frontdesk.settings", "frontdesk.quiet", "frontdesk.testing", "frontdesk.graph.stage",
                   "frontdesk.graph.edges")),
    ("adapters", ("frontdesk.nodes.*.node",)),
    ("wiring", ("frontdesk.nodes.stages", "frontdesk.graph.wiring")),
    ("service", ("frontdesk.stores", "frontdesk.holdings", "frontdesk.erasing", "frontdesk.reply", "frontdesk.messages", "frontdesk.turns", "frontdesk.streaming", "frontdesk.capsules", "frontdesk.carrying", "frontdesk.recovering", "frontdesk.backoffice", "frontdesk.threadwork",
                 "frontdesk.rights", "frontdesk.owndata", "frontdesk.holdings", "frontdesk.kept", "frontdesk.approvals", "frontdesk.reconciling",
                 "frontdesk.service")),
    ("assembly", ("frontdesk.assembly",)),
    ("doors", ("frontdesk.server", "frontdesk.cli", "frontdesk.studio", "frontdesk.knowledge", "frontdesk.evals", "frontdesk.training", "frontdesk.__main__")),
]  # fmt: skip


def layer(module: str) -> int | None:
    best: tuple[int, int] | None = None
    for index, (_, names) in enumerate(LAYERS):
        for name in names:
            if name == "frontdesk.nodes.*.node":
                hit = module.startswith("frontdesk.nodes.") and module.endswith(".node")
            else:
                hit = module == name.rstrip(".") or module.startswith(name.rstrip(".") + ".")
            if hit and (best is None or len(name) > best[1]):
                best = (index, len(name) if "*" not in name else 99)
    return best[0] if best else None


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_one_way(module: str) -> None:
    own = layer(module)
    if own is None:
        return
    upward = {name for name in imports(MODULES[module]) if (layer(name) or 0) > own}
    assert not upward, f"{module} ({LAYERS[own][0]}) imports from a layer above: {sorted(upward)}"


def test_every_module_has_a_layer() -> None:
    packages = {"frontdesk", "frontdesk.graph", "frontdesk.nodes"}
    assert not [name for name in MODULES if layer(name) is None and name not in packages]


@pytest.mark.parametrize("path", sorted((ROOT / "nodes").glob("*/*.py")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_stages_do_not_import_each_others_nodes(path: Path) -> None:
    others = {name for name in imports(path) if name.startswith("frontdesk.nodes.") and name.endswith(".node")}
    assert not others


@pytest.mark.parametrize("module", sorted(MODULES))
def test_files_stay_small(module: str) -> None:
    limit = WIRING_LINES if module == "frontdesk.graph.wiring" else MAX_LINES
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= limit


def test_no_import_cycles() -> None:
    edges = {
        name: imports(path) & MODULES.keys() - {name} for name, path in MODULES.items() if path.name != "__init__.py"
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"cycle: {' -> '.join((*trail, name))}"
        if name in done:
            return
        for other in sorted(edges.get(name, ())):
            visit(other, (*trail, name))
        done.add(name)

    for name in sorted(edges):
        visit(name, ())


HEAVY = (
    "langgraph",
    "langchain_core",
    "langchain_openai",
    "guardrails",
    "sklearn",
    "redis",
    "sqlalchemy",
    "fastapi",
    "numpy",
    "pydantic",
)


def test_import_frontdesk_is_light() -> None:
    code = f"import sys, frontdesk; print([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    assert out.stdout.strip() == "[]"
