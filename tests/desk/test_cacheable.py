"""What `frontdesk check` says of intents whose answers may be given again."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.errors import DeskError

BASE = """
  - name: {name}
    title: ask about {name}
    description: For tests of the cache.
    cacheable: true
    utterances: [what about {name}, tell me about {name}]
"""


def add(desk: Path, name: str, lines: str) -> None:
    path = desk / "intents.yaml"
    path.write_text(
        f"{path.read_text(encoding='utf-8').rstrip()}{BASE.format(name=name).rstrip()}\n{lines}", encoding="utf-8"
    )


def named(desk: Path, key: str) -> str:
    """The first page, or tool, of the desk."""
    loaded = Desk.load(desk)
    return next(iter(loaded.pages if key == "pages" else loaded.tools))


def test_a_page_may_be_told_again(desk: Path) -> None:
    add(desk, "lamps", f"    pages: [{named(desk, 'pages')}]\n")
    assert Desk.load(desk).intents["lamps"].cacheable


def test_what_a_tool_says_may_not(desk: Path) -> None:
    add(desk, "lamps", f"    tools: [{named(desk, 'tools')}]\n")
    with pytest.raises(DeskError, match="has tools"):
        Desk.load(desk)


def test_a_person_is_not_told_again(desk: Path) -> None:
    add(desk, "lamps", "    handoff: true\n")
    with pytest.raises(DeskError, match="a person answers"):
        Desk.load(desk)


def test_without_a_page_nothing_could_be_kept(desk: Path) -> None:
    add(desk, "lamps", "")
    with pytest.raises(DeskError, match="no page is named"):
        Desk.load(desk)
