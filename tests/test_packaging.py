"""The wheel's package list must follow the folders, and the constraints must hold no addresses."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("graph", "nodes", "prompts", "tools", "evals", "desks")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_listed() -> None:
    own = {
        ".".join(("frontdesk", *path.parent.relative_to(ROOT / "frontdesk").parts))
        for path in (ROOT / "frontdesk").rglob("*.py")
        if path.relative_to(ROOT / "frontdesk").parts[0] not in FOLDERS
    }
    mapped = {
        ".".join(("frontdesk", *path.parent.relative_to(ROOT).parts))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if not path.is_relative_to(ROOT / "desks" / "retail")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == own | mapped


def test_the_symlinks_for_static_tools_point_at_the_folders() -> None:
    for folder in FOLDERS:
        link = ROOT / "frontdesk" / folder
        assert link.resolve() == ROOT / folder


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+( ; .+)?", pin) for pin in pins)


def test_every_direct_dependency_is_pinned() -> None:
    pinned = {re.split(r"==", line)[0].lower().replace("_", "-").replace(".", "-")
              for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line}  # fmt: skip
    extras = PROJECT["project"]["optional-dependencies"]
    named = [*PROJECT["project"]["dependencies"], *(item for items in extras.values() for item in items)]
    direct = {re.split(r"[\[<>=!~; ]", item)[0].lower().replace("_", "-").replace(".", "-") for item in named}
    assert not direct - pinned - {"frontdesk"}
