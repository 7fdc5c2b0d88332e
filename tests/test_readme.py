"""What the README and the docs say is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frontdesk.cli.graph import mermaid

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "AGENTS.md"])


def test_the_picture_is_the_graph() -> None:
    found = re.search(r"```mermaid\n(.*?)\n```", README, re.DOTALL)
    assert found is not None
    assert found[1] == mermaid()


def test_the_verbs_exist() -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8")))
        assert named <= verbs, page.name
    assert {"chat", "test"} <= set(re.findall(r"^make ([a-z]+) ", README, re.MULTILINE))


def test_studio_is_started_quiet() -> None:
    recipe = re.search(r"^studio:.*\n\t(.*)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe is not None and "frontdesk studio" in recipe[1]  # plain `langgraph dev` reports its own use


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_in_code_spans_exist(page: Path) -> None:
    folders = (
        "graph/",
        "nodes/",
        "tools/",
        "prompts/",
        "frontdesk/",
        "evals/",
        "desks/",
        "bench/",
        "docs/",
        "examples/",
        "tests/",
    )
    for name in re.findall(r"`([\w./-]+\.(?:py|md|yaml|json))`", page.read_text(encoding="utf-8")):
        if name.startswith(folders):
            assert (ROOT / name).exists(), name
