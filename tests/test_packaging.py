"""The wheel's package list must follow the folders, and the constraints must hold no addresses."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

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
    }
    # folders of data under desks are packages without code to setuptools
    data = {
        ".".join(("frontdesk", *path.parent.relative_to(ROOT).parts))
        for path in (ROOT / "desks").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == own | mapped | data


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and an sdist of a copy of the tree, so that nothing is left in it."""
    copy = tmp_path_factory.mktemp("tree")
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.egg-info", "build", "dist", ".*_cache")
    shutil.copytree(ROOT, copy / "frontdesk", ignore=ignored, symlinks=True)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(copy / "dist"), str(copy / "frontdesk")]
    subprocess.run(command, check=True, capture_output=True)
    return copy / "dist"


def shipped() -> set[str]:
    """Everything under the mapped folders that must be there after an install."""
    folders = [(ROOT / folder, f"frontdesk/{folder}") for folder in FOLDERS]
    files = {
        f"{name}/{path.relative_to(root)}": path for root, name in folders for path in root.rglob("*") if path.is_file()
    }
    files |= {
        f"frontdesk/{p.relative_to(ROOT / 'frontdesk')}": p for p in (ROOT / "frontdesk").rglob("*") if p.is_file()
    }
    return {name for name in files if "__pycache__" not in name}


def test_the_wheel_carries_code_prompts_and_desks(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == shipped()
    assert {"frontdesk/py.typed", "frontdesk/desks/retail/desk.yaml", "frontdesk/prompts/respond.md"} <= names


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        sdist.extractall(tmp_path, filter="data")
    source = next(tmp_path.iterdir())
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(tmp_path / "dist"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))) as again:
        names = {name for name in again.namelist() if ".dist-info/" not in name}
    assert names == shipped()


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
