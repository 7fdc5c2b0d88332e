"""``/why`` tells which pages were found, and how certain it is that they cover the question."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from frontdesk.cli.why import show_why

RECALL = {"stage": "recall", "ms": 1.0, "note": "covered"}


@pytest.mark.parametrize(
    ("word", "facts", "told"),
    [
        (
            "found",
            {"path": [RECALL], "pages": [{"page": "returns", "score": 0.931}, {"page": "refunds", "score": 0.4}]},
            "returns 0.93, refunds 0.40",
        ),
        ("none", {"path": [RECALL], "pages": []}, "none covers it"),
        (
            "a turn without recall",
            {"path": [{**RECALL, "stage": "refuse"}], "pages": [{"page": "old", "score": 1}]},
            "",
        ),
    ],
)
def test_pages(word: str, facts: dict[str, Any], told: str) -> None:
    out = io.StringIO()
    show_why(Console(file=out, width=100), facts, None)
    lines = [line.split(maxsplit=1)[1].strip() for line in out.getvalue().splitlines() if line.startswith("pages ")]
    assert lines == ([told] if told else []), word
