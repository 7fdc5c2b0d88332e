"""Pages: when one may be used, for whom, which stands for which, and which version it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.check import report
from frontdesk.desk.config import Page
from frontdesk.desk.pages import in_force, speaks, superseded, usable, version_of, visible

TODAY = date(2026, 6, 15)


def page(name: str = "returns", **fields: Any) -> Page:
    return Page.model_validate({"id": name, "title": "Returns", "body": "You have 30 days.", **fields})


@pytest.mark.parametrize(
    ("word", "fields", "expected"),
    [
        ("no dates", {}, True),
        ("begins today", {"valid_from": TODAY}, True),
        ("begins tomorrow", {"valid_from": date(2026, 6, 16)}, False),
        ("ends today", {"valid_to": TODAY}, True),
        ("ended yesterday", {"valid_to": date(2026, 6, 14)}, False),
        ("between", {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}, True),
    ],
)
def test_a_page_may_be_used_between_its_days(word: str, fields: dict[str, Any], expected: bool) -> None:
    assert in_force(page(**fields), TODAY) is expected, word


@pytest.mark.parametrize(
    ("word", "fields", "signed_in", "expected"),
    [
        ("public", {}, False, True),
        ("of customers, anonymous", {"audience": "customer"}, False, False),
        ("of customers, signed in", {"audience": "customer"}, True, True),
        ("expired, signed in", {"valid_to": date(2026, 6, 14)}, True, False),
        ("replaced", {"id": "old"}, True, False),
    ],
)
def test_who_sees_a_page(word: str, fields: dict[str, Any], signed_in: bool, expected: bool) -> None:
    seen = visible(page(**fields), signed_in=signed_in, today=TODAY, replaced=frozenset({"old"}))
    assert seen is expected, word


def test_a_newer_page_takes_over_on_its_day() -> None:
    newer = page("returns-2026", replaces=["returns"], valid_from=TODAY)
    pages = {one.id: one for one in (page(), newer)}
    before, after = date(2026, 6, 14), TODAY
    assert superseded(pages.values(), before) == frozenset()
    assert superseded(pages.values(), after) == {"returns"}
    for day, name in ((before, "returns"), (after, "returns-2026")):
        found = usable(pages, "returns", signed_in=False, today=day)
        assert found is not None
        assert found.id == name


@pytest.mark.parametrize(
    ("word", "pages", "expected"),
    [
        ("unknown", [page("other")], None),
        ("a chain", [page(), page("bb", replaces=["returns"]), page("cc", replaces=["bb"])], "cc"),
        ("a circle ends", [page(replaces=["bb"]), page("bb", replaces=["returns"])], None),
        ("the newer one is of customers only", [page(), page("bb", replaces=["returns"], audience="customer")], None),
        ("the newer one expired", [page(), page("bb", replaces=["returns"], valid_to=date(2026, 1, 1))], "returns"),
    ],
)
def test_which_page_stands_for_a_name(word: str, pages: list[Page], expected: str | None) -> None:
    found = usable({one.id: one for one in pages}, "returns", signed_in=False, today=TODAY)
    assert (found.id if found else None) == expected, word


@pytest.mark.parametrize(
    ("word", "change", "same"),
    [
        ("text", {"body": "You have 14 days."}, False),
        ("title", {"title": "Return"}, False),
        ("link", {"url": "https://www.shop.example/returns"}, False),
        ("reviewed", {"reviewed": TODAY}, True),
        ("end", {"valid_to": TODAY}, True),
    ],
)
def test_a_version_changes_with_what_customers_read(word: str, change: dict[str, Any], same: bool) -> None:
    assert (version_of(page()) == version_of(page(**change))) is same, word
    assert len(version_of(page())) == 12


@pytest.mark.parametrize(
    ("ours", "theirs", "better_than"),
    [("en-GB", "en-GB", "en"), ("en", "en-GB", ""), ("en-US", "en-GB", ""), ("", "de", "fr")],
)
def test_languages_fall_back(ours: str, theirs: str, better_than: str) -> None:
    assert speaks(page(language=ours), theirs) > speaks(page(language=better_than), theirs)


PAGE = "---\nid: {id}\ntitle: Delivery\n{more}---\n\nOther words.\n"


@pytest.mark.parametrize(
    ("word", "more", "fault"),
    [
        ("same time", "", True),
        ("before the other", "valid_to: 2024-01-30\n", False),
        ("replaces it", "replaces: [delivery]\n", False),
        ("another language", "language: en-GB\n", False),
    ],
)
def test_two_pages_with_one_title(word: str, more: str, fault: bool, desk: Path) -> None:
    (desk / "knowledge" / "shipping.md").write_text(PAGE.format(id="shipping", more=more), "utf-8")
    found = [one for one in report(desk) if "the title is also that of" in one.problem]
    assert [one.file for one in found] == (["knowledge/shipping.md"] if fault else []), word


def test_pages_cannot_replace_each_other(desk: Path) -> None:
    other = PAGE.format(id="shipping", more="replaces: [delivery]\n").replace("Delivery", "Shipping")
    (desk / "knowledge" / "shipping.md").write_text(other, "utf-8")
    path = desk / "knowledge" / "delivery.md"
    path.write_text(path.read_text("utf-8").replace("valid_from", "replaces: [shipping]\nvalid_from"), "utf-8")
    assert [one.file for one in report(desk) if "replace each other" in one.problem] == [
        "knowledge/delivery.md",
        "knowledge/shipping.md",
    ]
