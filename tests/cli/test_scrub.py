"""``frontdesk scrub``: what is found and why; never the value unless somebody asks for it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from frontdesk.cli import main
from frontdesk.cli.scrub import COLUMNS, Shown, output
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from tests.cli.conftest import Command, console_on
from tests.cli.test_commands import left_with

TEXT = "Good morning\nWrite to anna@mail.example,\nmy card is 4111 1111 1111 1111\n"
MASKED = "Good morning\nWrite to <EMAIL_1>,\nmy card is <CARD_1>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "log.txt"
    path.write_text(TEXT)
    return path


def test_masked_text_and_table(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["scrub", "--head", "off", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(MASKED + "\n\n")
    rows = [line.split("\t") for line in said.removeprefix(MASKED + "\n\n").splitlines()]
    assert rows[0] == list(COLUMNS)
    assert [(row[0], row[1], row[2], row[5]) for row in rows[1:]] == [
        ("2", "EMAIL", "email", "17"),
        ("3", "CARD", "card", "19"),
    ]
    assert all(0 < float(row[3]) <= 1 for row in rows[1:])
    assert "anna" not in said
    assert "4111" not in said


def test_values_are_shown_when_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["scrub", "--head", "off", "--show", str(file)]) == 0
    assert [line.split("\t")[-1] for line in capsys.readouterr().out.splitlines()[-3:]] == [
        "value",
        "anna@mail.example",
        "4111 1111 1111 1111",
    ]


def test_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["scrub", "--head", "off", "--json", str(file)]) == 0
    said = capsys.readouterr().out
    data = json.loads(said)
    assert data["text"] == MASKED + "\n"
    assert [(found["label"], TEXT[found["start"] : found["end"]]) for found in data["findings"]] == [
        ("EMAIL", "anna@mail.example"),
        ("CARD", "4111 1111 1111 1111"),
    ]
    assert "anna" not in said
    assert left_with(["scrub", "--head", "off", "--json", "--show", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["findings"][0]["value"] == "anna@mail.example"


def test_several_files_are_named(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text("Nothing here")
    assert left_with(["scrub", "--head", "off", "--json", str(file), str(clean)]) == 0
    data = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["file"], len(one["findings"])) for one in data] == [(str(file), 2), (str(clean), 0)]


@pytest.mark.parametrize(
    ("word", "text", "code"), [("something", TEXT, 1), ("nothing", "Nothing here", 0), ("empty", "", 0)]
)
def test_check_says_whether_there_is_anything(
    word: str, text: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.txt"
    path.write_text(text)
    assert left_with(["scrub", "--head", "off", "--check", str(path)]) == code, word
    said = capsys.readouterr().out
    assert ("nothing found" in said) is (code == 0)
    assert "Good morning" not in said
    assert "anna" not in said


def test_standard_input(command: Command) -> None:
    done = command("scrub", "--head", "off", "-", said=TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(MASKED)


@pytest.mark.parametrize(
    ("word", "data", "told"),
    [
        ("missing", None, "there is no such file; name a text file, or - for standard input"),
        ("Latin-1", b"one\nhunter2 caf\xe9\n", ":2: not UTF-8 (byte 16 of the file); convert it"),
        ("UTF-16", "hunter2".encode("utf-16"), ":1: not UTF-8 (byte 1 of the file)"),
    ],
)
def test_what_cannot_be_read_is_told(
    word: str, data: bytes | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "log.txt"
    if data is not None:
        path.write_bytes(data)
    assert left_with(["scrub", "--head", "off", str(path)]) == 2, word
    said = capsys.readouterr()
    assert said.err.startswith(f"frontdesk: {path}")
    assert told in said.err
    assert "hunter2" not in said.err + said.out


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert left_with(["scrub", "--head", "off", str(tmp_path)]) == 2
    assert f"frontdesk: {tmp_path}: a folder; name a text file" in capsys.readouterr().err


def test_a_desks_choice_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "desk.yaml").write_text("name: corner\nbusiness: Shop\nscrub: {head: off, detectors: {gliner: {}}}\n")
    (tmp_path / "intents.yaml").write_text(
        "intents:\n  - {name: hours, title: opening hours, description: Hours, utterances: [when open, open now]}\n"
    )
    (tmp_path / "log.txt").write_text(TEXT)
    assert left_with(["scrub", "--desk", str(tmp_path), str(tmp_path / "log.txt")]) == 2
    assert "scrub.detectors.gliner" in capsys.readouterr().err


def test_a_byte_order_mark_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"\xef\xbb\xbfanna@mail.example")
    with pytest.raises(SystemExit):
        main(["scrub", "--head", "off", "--json", str(path)])
    assert json.loads(capsys.readouterr().out)["findings"][0]["start"] == 0


def shown_on(text: str, *, terminal: bool) -> str:
    screen = StringIO()
    found = PersonalDataScrubber().scrub(text, {})
    output(console_on(screen, terminal=terminal, width=100), "", text, found, Shown(values=True))
    return screen.getvalue()


def test_a_terminal_gets_a_table_and_no_control_codes_of_others() -> None:
    said = shown_on("\x1b]0;title\x07[red]anna@mail.example[/red] \x1b[2J", terminal=True)
    assert "anna@mail.example" in said
    assert "[red]" in said
    assert "\x1b]0;" not in said
    assert "\x1b[2J" not in said
    assert "\t" not in said
