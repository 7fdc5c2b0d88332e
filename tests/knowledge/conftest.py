"""A desk without pages, written anew for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.desk.check import report

DESK = "name: corner\nbusiness: Corner Shop\nlanguages: [en, de]\nlink_hosts: [www.corner.example]\n"
INTENTS = """\
intents:
  - name: returns
    title: return something
    description: Returning goods
    utterances: [how do I return this, can I send this back]
"""
AddPage = Callable[..., Path]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Its folder."""
    root = tmp_path / "desk"
    (root / "knowledge").mkdir(parents=True)
    (root / "desk.yaml").write_text(DESK, "utf-8")
    (root / "intents.yaml").write_text(INTENTS, "utf-8")
    assert not report(root)
    return root


@pytest.fixture
def add_page(desk: Path) -> AddPage:
    """Writes a page: id, text, and front matter by name."""

    def add(name: str, text: str, **fields: str) -> Path:
        front = {"id": name, "title": name.replace("-", " ").capitalize(), **fields}
        path = desk / "knowledge" / f"{name}.md"
        path.write_text(
            "".join(["---\n", *(f"{key}: {value}\n" for key, value in front.items()), "---\n\n", text]), "utf-8"
        )
        return path

    return add
