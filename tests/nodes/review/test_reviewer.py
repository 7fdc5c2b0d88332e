"""The output guards together: their order, their failure, and the desk that ships."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest

from frontdesk.graph.deps import Scrubber
from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.reviewer import OutputReviewer
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from tests.nodes.review.conftest import passage

PAGES = sorted((Path(__file__).parents[3] / "desks/retail/knowledge").glob("*.md"))

RETURNS = passage("returns", "You can return an item within 30 days. Ask help@fernhill.example.")


def reviewer(scrubber: Scrubber, **options: object) -> OutputReviewer:
    return OutputReviewer(scrubber, readings, hosts=["www.fernhill.example"], **options)  # type: ignore[arg-type]


async def test_a_good_reply_passes_untouched(scrubber: Scrubber) -> None:
    text = "You can return it within 30 days [returns]. Write to help@fernhill.example or <EMAIL_1>."

    reviewed = await reviewer(scrubber).review(text, [RETURNS], {"<EMAIL_1>": "jo@doe.org"})

    assert (reviewed.text, reviewed.citations, reviewed.findings, reviewed.blocked) == (text, ("returns",), (), False)


async def test_all_steps_leave_their_finding(scrubber: Scrubber) -> None:
    text = "Jo\u200b, jo@doe.org: 45 days [terms], see [here](https://evil.net/x)."

    reviewed = await reviewer(scrubber).review(text, [RETURNS], {"<EMAIL_1>": "jo@doe.org"})

    assert reviewed.text == "Jo, <EMAIL_1>: 45 days, see here."
    assert reviewed.findings == ("control", "scrub:known", "citation:unknown", "grounding:number", "link:host")


async def test_a_leak_leaves_no_text(scrubber: Scrubber) -> None:
    reviewed = await reviewer(scrubber, canary="kestrel7f3a9c").review("kestrel7f3a9c", [], {})

    assert (reviewed.text, reviewed.blocked, reviewed.findings) == ("", True, ("leak:canary",))


async def test_a_step_that_fails_blocks_and_says_nothing_of_the_text(
    scrubber: Scrubber, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(draft: Draft, facts: Facts) -> Draft:
        raise RuntimeError(draft.text)

    caplog.set_level(logging.DEBUG)
    reviewed = await OutputReviewer(scrubber, readings, steps={"broken": broken}).review("private words", [], {})

    assert (reviewed.text, reviewed.blocked, reviewed.findings) == ("", True, ("unavailable:broken",))
    assert "private words" not in caplog.text


@pytest.mark.parametrize(
    "text",
    ["", "\ud800", "[" * 5000, "![" * 3000, "<" * 5000, "a." * 5000, "1," * 5000, "https://" * 2000, "x" * 200_000],
)
async def test_any_text_is_reviewed_in_time(text: str, scrubber: Scrubber) -> None:
    began = time.process_time()

    reviewed = await reviewer(scrubber, secrets=["one two three four five six seven eight"]).review(text, [RETURNS], {})

    assert not reviewed.blocked
    assert time.process_time() - began < 3.0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
async def test_the_shipping_desks_pages_may_be_quoted(page: Path) -> None:
    body = page.read_text(encoding="utf-8").split("---", 2)[2]  # noqa: ASYNC240 - a test has the loop to itself
    mine = reviewer(PersonalDataScrubber())

    for paragraph in (part.strip() for part in body.split("\n\n") if part.strip()):
        reviewed = await mine.review(paragraph, [passage(page.stem, body)], {})

        assert (reviewed.text, reviewed.findings) == (paragraph, ())
