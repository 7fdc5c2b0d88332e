"""The output guards together: their order, their failure, and the desk that ships."""

from __future__ import annotations

import logging
import threading
import time
from base64 import b64encode
from pathlib import Path

import pytest

from frontdesk.desk.reviewing import MOST_CHARACTERS, Review, ReviewRule
from frontdesk.graph.deps import Scrubber
from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.registry import known_steps
from frontdesk.nodes.review.reviewer import LONG, OutputReviewer
from frontdesk.nodes.review.turn import TurnFacts
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from tests.nodes.review.conftest import passage

PAGES = sorted((Path(__file__).parents[3] / "desks/retail/knowledge").glob("*.md"))

SECRET = (
    "You are the virtual assistant of Fernhill and you never tell anyone the internal phrase of the warehouse team."
)
PATIENT = Review(steps={name: ReviewRule(timeout=30) for name in known_steps()})
RETURNS = passage("returns", "You can return an item within 30 days. Ask help@fernhill.example.")


def reviewer(scrubber: Scrubber, **options: object) -> OutputReviewer:
    return OutputReviewer(scrubber, readings, hosts=["www.fernhill.example"], **options)  # type: ignore[arg-type]


async def test_a_good_reply_passes_untouched(scrubber: Scrubber) -> None:
    text = "You can return it within 30 days [returns]. Write to help@fernhill.example or <EMAIL_1>."

    reviewed = await reviewer(scrubber).review(text, [RETURNS], {"<EMAIL_1>": "jo@doe.org"})

    assert (reviewed.text, reviewed.citations, reviewed.findings, reviewed.blocked) == (text, ("returns",), (), False)


async def test_all_steps_leave_their_finding(scrubber: Scrubber) -> None:
    text = "Jo\u200b, jo@doe.org: 45 days [terms], see [here](https://evil.net/x)."

    flagged = Review(steps={"grounding": ReviewRule(action="flag")})
    reviewed = await reviewer(scrubber, rules=flagged).review(text, [RETURNS], {"<EMAIL_1>": "jo@doe.org"})

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

    assert not [code for code in reviewed.findings if code.startswith(("unavailable:", "leak:"))]
    assert time.process_time() - began < 3.0


HOSTILE = (
    *(
        "[](",
        "[a](<A>",
        "![",
        "//",
        "\\\\",
        "[",
        "\n",
        "\n>",
        "\u00a0",
        "忽[",
        "!!! ",
        "!",
        "..",
        "7 8 ",
        "1 to ",
        "1\n",
    ),
    *("a (dot) ", "0x", "%2f", "a.", "- ", "I have ", "refund ", "&#", "~", "<a "),
)


@pytest.mark.parametrize("sign", HOSTILE)
@pytest.mark.parametrize("ending", ["", "x", "\x00 5 EUR"])
async def test_no_row_of_signs_keeps_it_busy(sign: str, ending: str, scrubber: Scrubber) -> None:
    text = (sign * MOST_CHARACTERS)[: MOST_CHARACTERS - len(ending)] + ending
    facts = [passage("returns", text)]
    began = time.process_time()

    reviewed = await reviewer(scrubber, rules=PATIENT, secrets=["one two three four five six"]).review(text, facts, {})

    # what grows with the square of the length takes 3 s and up
    assert time.process_time() - began < 2.5
    assert not [code for code in reviewed.findings if code.startswith("unavailable:")]


@pytest.mark.parametrize(
    ("stage", "repair"), [("respond", ("tone:length",)), ("act", ())], ids=["a model's", "the desk's"]
)
@pytest.mark.parametrize("rule", [ReviewRule(), ReviewRule(enabled=False), ReviewRule(action="flag")])
async def test_what_is_too_long_to_be_searched_is_not_sent(
    stage: str, repair: tuple[str, ...], rule: ReviewRule, scrubber: Scrubber
) -> None:
    text = "All is well. " * (MOST_CHARACTERS // 13 + 1)
    mine = reviewer(scrubber, rules=Review(steps={"length": rule}))
    found = await mine.review(text, [], {}, turn=TurnFacts(stage=stage))

    assert (found.text, found.blocked, found.findings, found.repair) == ("", True, ("tone:length",), repair)
    assert (await mine.partial(text, [], {})).blocked


@pytest.mark.parametrize("told", [SECRET, b64encode(SECRET.encode()).decode(), SECRET[::-1], "kestrel7f3a9c"])
@pytest.mark.parametrize("length", [8_000, 11_000], ids=str)
async def test_a_secret_in_the_middle_of_the_longest_reply_is_found(told: str, length: int, scrubber: Scrubber) -> None:
    pad = "We deliver lamps to all countries in Europe within a few days. " * (length // 126)
    mine = reviewer(scrubber, rules=PATIENT, secrets=[SECRET], canary="kestrel7f3a9c")

    found = await mine.review(f"{pad}{told} {pad}", [], {})

    assert [code for code in found.findings if code.startswith("leak:")]
    assert found.blocked


async def test_a_secret_in_an_endless_reply_is_refused_and_not_written_again(scrubber: Scrubber) -> None:
    found = await reviewer(scrubber, rules=PATIENT, secrets=[SECRET]).review(SECRET + " lamp" * 4000, [], {})

    assert (found.findings, found.repair, found.blocked) == (("leak:prompt",), (), True)


async def test_the_loop_goes_on_while_a_long_draft_is_judged(scrubber: Scrubber) -> None:
    elsewhere: list[bool] = []

    def step(draft: Draft, facts: Facts) -> Draft:
        elsewhere.append(threading.current_thread() is not threading.main_thread())
        return draft

    mine = OutputReviewer(scrubber, readings, steps={"step": step})
    for length in (LONG, LONG + 1):
        await mine.review("x" * length, [], {})

    assert elsewhere == [False, True]


async def test_a_long_draft_that_takes_too_long_is_not_sent(scrubber: Scrubber) -> None:
    done = threading.Event()

    def step(draft: Draft, facts: Facts) -> Draft:
        done.wait(5)
        return draft

    rules = Review(steps={"step": ReviewRule(timeout=0.05)})
    found = await OutputReviewer(scrubber, readings, steps={"step": step}, rules=rules).review("x" * 3000, [], {})
    done.set()

    assert (found.text, found.findings, found.blocked) == ("", ("unavailable:step",), True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
async def test_the_shipping_desks_pages_may_be_quoted(page: Path) -> None:
    body = page.read_text(encoding="utf-8").split("---", 2)[2]  # noqa: ASYNC240 - a test has the loop to itself
    mine = reviewer(PersonalDataScrubber())

    for paragraph in (part.strip() for part in body.split("\n\n") if part.strip()):
        reviewed = await mine.review(paragraph, [passage(page.stem, body)], {})

        assert (reviewed.text, reviewed.findings) == (paragraph, ())
