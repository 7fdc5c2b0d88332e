from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk import __version__
from frontdesk.cli import main
from frontdesk.graph.persistence.keys import find_keys
from tests.cli.conftest import Command


def left_with(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["--version"]) == 0
    assert capsys.readouterr().out == f"frontdesk {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(re.search(rf"\b{name} ", said) for name in ("chat", "serve", "studio", "check", "graph", "key"))


def test_an_unknown_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["chek"]) == 2
    assert "check" in capsys.readouterr().err


def test_a_good_desk(capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["check"]) == 0
    assert re.fullmatch(r"retail: \d+ intents, \d+ pages, \d+ tools, no faults\n", capsys.readouterr().out)


def test_a_desk_with_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "desk.yaml").write_text("name: broken\nbusines: X\n")
    assert left_with(["check", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "desk.yaml:2: " in said.err
    assert "busines" in said.err


def test_the_settings_name_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRONTDESK_DESK", str(tmp_path / "elsewhere"))
    assert left_with(["check"]) == 1
    assert "elsewhere: 1 fault" in capsys.readouterr().err


def test_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["check", "--schemas", str(tmp_path / "schemas")]) == 0
    written = list((tmp_path / "schemas").glob("*.json"))
    assert written
    assert all(f"wrote {path}" in capsys.readouterr().out for path in written[:1])


def test_schemas_into_a_place_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert left_with(["check", "--schemas", str(tmp_path / "file" / "x")]) == 2
    assert capsys.readouterr().err.startswith("frontdesk: ")


def test_the_graph(capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["graph"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("graph TD;\n") or "graph TD" in said
    assert "scrub" in said


def test_a_key_is_new_each_time_and_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = []
    for _ in range(2):
        assert left_with(["key"]) == 0
        keys.append(capsys.readouterr().out.strip())
    assert keys[0] != keys[1]
    find_keys({"FRONTDESK_KEY": keys[0], "FRONTDESK_KEY_FILE": ""}, tmp_path, local=False)


def test_studio_needs_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert left_with(["studio"]) == 2
    assert "no langgraph.json in this folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("FRONTDESK_MODL", "openai:x", "did you mean FRONTDESK_MODEL?"),  # misspelt
        ("FRONTDESK_MODEL", "gpt", "provider:name"),  # malformed
        ("REDIS_URL", "http://127.0.0.1", "REDIS_URL"),  # wrong scheme
    ],
)
@pytest.mark.parametrize("name", ["chat", "serve"])
def test_a_wrong_setting_is_one_sentence(
    name: str, variable: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, value)
    assert left_with([name]) == 2
    said = capsys.readouterr().err
    assert said.startswith("frontdesk: ")
    assert told in said
    assert "Traceback" not in said


@pytest.mark.parametrize("name", ["chat", "serve"])
def test_a_broken_desk_is_listed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "desk.yaml").write_text("name: broken\nbusines: X\n")
    assert left_with([name, "--desk", str(tmp_path)]) == 2
    assert "desk.yaml:2: " in capsys.readouterr().err


def test_without_redis_the_remedy_is_told(command: Command) -> None:
    done = command("chat", REDIS_URL="redis://127.0.0.1:1")
    assert done.returncode == 2
    assert "frontdesk: The Redis of REDIS_URL (redis://127.0.0.1:1) does not answer" in done.stderr
    assert "FRONTDESK_REDIS=memory" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_warning_is_shown_and_nothing_heavy_is_imported_for_help() -> None:
    code = (
        "import sys, frontdesk.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('langgraph', 'langchain_core', 'sklearn', 'guardrails', 'redis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.endswith("[]\n")


def test_the_module_is_the_command(command: Command) -> None:
    assert command("--version").stdout == f"frontdesk {__version__}\n"
