"""docs/configuration.md is what the code says; docs/desks.md names every closed list."""

from __future__ import annotations

import re
from pathlib import Path

from frontdesk.desk.checks.toolschemas import EXTENSIONS
from frontdesk.desk.config import DeskConfig
from frontdesk.desk.document import render
from frontdesk.desk.load import Desk
from frontdesk.desk.texts import Texts
from frontdesk.settings import Settings, variable

DOCS = Path(__file__).parents[2] / "docs"


def test_the_configuration_reference_is_up_to_date() -> None:
    written = (DOCS / "configuration.md").read_text("utf-8")
    assert written == render(), "run: python -m frontdesk.desk.document > docs/configuration.md"


def test_the_reference_names_every_setting_and_key() -> None:
    text = render()
    for name in (*map(variable, Settings.model_fields), *DeskConfig.model_fields, *Texts.model_fields):
        assert f"| `{name}` |" in text


def test_nothing_is_left_without_a_meaning() -> None:
    assert [line for line in render().splitlines() if line.endswith("|  |")] == []


def test_the_guide_names_every_extension_keyword() -> None:
    guide = (DOCS / "desks.md").read_text("utf-8")
    assert [keyword for keyword in EXTENSIONS if f"`{keyword}`" not in guide] == []


def test_the_smallest_desk_of_the_guide_loads(tmp_path: Path) -> None:
    guide = (DOCS / "desks.md").read_text("utf-8")
    yaml = re.findall(r"```yaml\n# (\S+)\n(.*?)```", guide, re.DOTALL)
    (page,) = re.findall(r"```markdown\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "knowledge").mkdir()
    for name, text in [*yaml, ("knowledge/hours.md", page)]:
        (tmp_path / name).write_text(text)
    loaded = Desk.load(tmp_path)
    assert (loaded.name, list(loaded.intents), list(loaded.pages)) == ("corner", ["opening_hours"], ["hours"])
