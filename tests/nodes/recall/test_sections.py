"""Splitting pages at headings."""

from __future__ import annotations

import pytest

from frontdesk.desk.config import Page
from frontdesk.nodes.recall.sections import sections_of


@pytest.mark.parametrize(
    ("what", "body", "headings"),
    [
        ("no heading", "One.\n\nTwo.", [""]),
        ("text, then headings", "Lead.\n\n## A\n\nX\n\n### B\n\nY", ["", "A", "B"]),
        ("a heading without a body joins the next", "# Top\n\n## A\n\nX", ["Top A"]),
        ("a heading at the end stays", "Lead.\n\n## Last", ["", "Last"]),
        ("a code fence hides a hash", "Lead.\n\n```\n# no heading\n```", [""]),
        ("empty", "", []),
    ],
)
def test_headings(what: str, body: str, headings: list[str]) -> None:
    sections = sections_of(Page(id="p1", title="Page", body=body))
    assert [section.heading for section in sections] == headings, what


def test_nothing_is_lost() -> None:
    body = "Lead.\n\n# Top\n\n## A\n\nX one\n\n### B\n\nY two"
    text = "\n".join(section.text for section in sections_of(Page(id="p1", title="Page", body=body)))
    assert text.split() == body.split()


def test_a_long_section_is_cut_between_paragraphs() -> None:
    paragraph = "word " * 150
    sections = sections_of(Page(id="p1", title="Page", body="\n\n".join([paragraph.strip()] * 5)))
    assert len(sections) > 1
    assert all(len(section.text) <= 1600 and section.text.startswith("word") for section in sections)
