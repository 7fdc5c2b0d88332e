"""The near questions: two halves that share nothing, of pages that the desk has."""

from __future__ import annotations

from pathlib import Path

import pytest

from frontdesk.desk.load import Desk
from frontdesk.errors import DataError
from frontdesk.evals.knowledge.near import QUESTIONS, questions


def test_halves_share_no_question() -> None:
    fit, held, whole = ({one["id"] for one in questions(QUESTIONS, half)} for half in ("fit", "held", "all"))
    assert not fit & held
    assert fit | held == whole
    assert (len(fit), len(held)) == (90, 90)


def test_the_pages_are_the_desks() -> None:
    named = {page for one in questions(QUESTIONS, "all") for page in one["pages"]}
    assert named <= set(Desk.load("retail").pages)


def test_a_line_that_lacks_something_is_named(tmp_path: Path) -> None:
    file = tmp_path / "near.jsonl"
    file.write_text('{"id": "near-1", "query": "do you sell rugs"}\n', "utf-8")
    with pytest.raises(DataError, match=r"near\.jsonl:1: .*pages"):
        questions(file, "all")
