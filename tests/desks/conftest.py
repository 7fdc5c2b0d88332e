"""The retail desk as its files say it, read once per run and checked by the data records only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from frontdesk.desk.config import DeskConfig, Intent, Page
from frontdesk.tools.contract import ToolContract

ROOT = Path(__file__).resolve().parents[2] / "desks" / "retail"
HELD_OUT = Path(__file__).with_name("retail_paraphrases.yaml")


@dataclass(frozen=True)
class Retail:
    """Everything that desks/retail declares."""

    config: DeskConfig
    intents: dict[str, Intent]
    pages: dict[str, Page]
    tools: dict[str, ToolContract]


def read_yaml(text: str) -> Any:
    """Parse one YAML document into plain values."""
    return YAML(typ="safe").load(text)


def read_page(path: Path) -> Page:
    """Read one knowledge page: YAML between two ``---`` lines, then Markdown."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Page(**read_yaml(head), body=body.strip())


def normal(text: str) -> str:
    """Lower case, letters and digits only: what counts as the same message."""
    return re.sub(r"\W+", " ", text.lower()).strip()


@pytest.fixture(scope="session")
def retail() -> Retail:
    """The desk, validated by the records of frontdesk.desk.config."""
    pages = [read_page(path) for path in sorted((ROOT / "knowledge").glob("*.md"))]
    listed = read_yaml((ROOT / "intents.yaml").read_text(encoding="utf-8"))["intents"]
    contracts = [
        ToolContract(**read_yaml(path.read_text(encoding="utf-8"))) for path in sorted((ROOT / "tools").glob("*.yaml"))
    ]
    return Retail(
        config=DeskConfig(**read_yaml((ROOT / "desk.yaml").read_text(encoding="utf-8"))),
        intents={entry["name"]: Intent(**entry) for entry in listed},
        pages={page.id: page for page in pages},
        tools={contract.name: contract for contract in contracts},
    )


@pytest.fixture(scope="session")
def held_out() -> dict[str, Any]:
    """Messages and questions that the desk's content was not written from."""
    content: dict[str, Any] = read_yaml(HELD_OUT.read_text(encoding="utf-8"))
    return content
