"""``frontdesk train names --head``: what is missing is said in one sentence, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import left_with


@pytest.mark.parametrize(
    ("word", "files", "told"),
    [
        ("no folder", None, "has no model.safetensors and no tokenizer.json and no config.json"),
        ("not an encoder", {"model.safetensors": "", "tokenizer.json": "", "config.json": "{}"}, "is not a model's"),
    ],
)
def test_a_wrong_encoder(
    word: str, files: dict[str, str] | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (files or {}).items():
        (tmp_path / name).write_text(text)
    out = tmp_path / "head.npz"
    given = ["train", "names", "--head", "--encoder", str(tmp_path), "--data", str(tmp_path), "--out", str(out)]
    assert left_with(given) == 2, word
    shown = capsys.readouterr()
    assert told in shown.err
    assert "Traceback" not in shown.err
    assert not out.exists()
