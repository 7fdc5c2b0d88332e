"""Tables of tokenizers: only a file that is what tiktoken expects, and nothing is fetched or deleted."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from frontdesk.nodes.remember import tables


def test_a_file_with_other_content_is_not_used_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    table = tables.TABLES["cl100k_base"]
    (tmp_path / table.file).write_bytes(b"aGVsbG8= 0\n")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert next(iter(tables.folders())) == tmp_path
    with caplog.at_level(logging.WARNING):
        tables.find(table)
    assert table.file in caplog.text
    assert (tmp_path / table.file).exists()


def test_an_unknown_encoding_has_no_table() -> None:
    assert tables.load_table("r50k_base") is None
    assert tables.table_of("openai:my-own-model") is None


def test_the_digests_are_those_that_tiktoken_expects() -> None:
    tiktoken = pytest.importorskip("tiktoken_ext.openai_public")
    expected = Path(tiktoken.__file__).read_text(encoding="utf-8")
    for name, table in tables.TABLES.items():
        assert table.digest in expected, name
