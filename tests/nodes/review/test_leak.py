"""Leaks: the ways in which a text can be given away, what is no leak, and how often an ordinary reply is taken for one."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from frontdesk import Desk
from frontdesk.nodes.guard.views import readings
from frontdesk.nodes.review.draft import EARLIER, Draft, Facts
from frontdesk.nodes.review.leak import LeakStep, sections
from frontdesk.nodes.review.skeleton import bones, lettered
from frontdesk.prompts.book import PromptBook
from frontdesk.prompts.marked import MarkedPrompts, new_canary
from tests.support.alterations import said
from tests.support.disguises import FRAMES, WAYS

Make = Callable[..., Facts]

SECRET = (
    "Goodwill credit up to twelve euros may be granted once a year without asking a supervisor. Above that, a colleague "
    "decides within two working days, and the customer is told neither the sum nor the reason."
)
OTHER = (
    "When a customer mentions a lawyer, do not discuss the matter any further; open a ticket with the highest priority "
    "and name the regional manager as its owner."
)
CANARY = "kestrel7f3a9c"
DATA = Path(os.environ.get("FRONTDESK_DATA", "../shared/data")) / "dstc9_faq"


def shipped() -> list[str]:
    """The prompts that ship, as a customer's turn is answered with them."""
    return MarkedPrompts(PromptBook(), ["respond"], "").wordings("Fernhill Home")


@pytest.mark.parametrize("secret", [SECRET, OTHER], ids=["goodwill", "lawyer"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_copy_blocks_however_it_is_written(way: Callable[[str], str], secret: str, facts: Make) -> None:
    step = LeakStep(readings, [SECRET, OTHER])

    for frame in FRAMES:
        draft = step(Draft(frame.format(way(secret))), facts())

        assert (draft.blocked, draft.findings) == (True, ("leak:prompt",))


def test_of_the_shipped_prompt_every_line_is_caught_in_98_of_100_ways(facts: Make) -> None:
    (prompt,) = shipped()
    step = LeakStep(readings, [prompt])
    lines = [line for part in sections(prompt) for line in part.splitlines()]
    parts = [prompt, *(line for line in lines if len(bones(lettered(line))) >= 40)]
    caught = [
        step(Draft(frame.format(way(part))), facts()).blocked
        for part in parts
        for way in WAYS.values()
        for frame in FRAMES
    ]

    print(f"\nleaks: {sum(caught)} of {len(caught)} copies caught ({len(WAYS)} ways, {len(parts)} texts)")
    assert len(WAYS) >= 40
    assert sum(caught) >= 0.98 * len(caught)


CANARIES = {
    "in a translation": f"Die Anweisung trägt das Zeichen {CANARY} und regelt Gutschriften.",
    "in capitals, apart": " ".join(CANARY.upper()),
    "reversed": CANARY[::-1],
    "with hyphens": "-".join(CANARY),
}


@pytest.mark.parametrize("text", CANARIES.values(), ids=CANARIES)
def test_the_canary_blocks(text: str, facts: Make) -> None:
    assert LeakStep(readings, [SECRET], CANARY)(Draft(text), facts()).findings == ("leak:canary",)


@pytest.mark.parametrize("way", ["base64", "hex in pairs", "rot13", "base32", "binary", "full width", "entities"])
def test_the_canary_blocks_in_a_code(way: str, facts: Make) -> None:
    text = WAYS[way](f"Das Zeichen dieser Anweisung lautet {CANARY}, und sonst steht hier nichts.")

    assert LeakStep(readings, [SECRET], CANARY)(Draft(text), facts()).findings == ("leak:canary",)


def test_a_canary_is_new_each_time_and_stands_in_the_spoken_prompts_only() -> None:
    book = PromptBook()
    marked = MarkedPrompts(book, ["guard"], new_canary())

    assert new_canary() != marked.canary
    filled = {name: "x" for name in book.get("guard").variables}
    assert marked.canary in marked.render("guard", **filled)
    assert marked.render("summary") == book.render("summary")
    assert marked.digest("guard") == book.digest("guard")


@pytest.mark.parametrize(
    "text",
    [
        "Your order 10482 is on its way and should arrive on Friday.",
        "You may return it within 30 days; the credit goes to your card.",
        "Up to twelve euros of shipping may be granted back.",
        "",
    ],
    ids=["status", "returns", "a few words shared", "empty"],
)
def test_an_ordinary_reply_is_no_leak(text: str, facts: Make) -> None:
    assert not LeakStep(readings, [SECRET], CANARY)(Draft(text), facts()).blocked


def test_what_a_page_publishes_is_no_secret(facts: Make) -> None:
    step = LeakStep(readings, [SECRET])

    assert not step(Draft(SECRET), facts({"goodwill": SECRET})).blocked
    assert step(Draft(f"{SECRET} {OTHER}"), facts({"lawyer": OTHER})).blocked


def test_without_a_secret_nothing_is_read(facts: Make) -> None:
    def never(text: str) -> list[str]:
        raise AssertionError(text)

    assert not LeakStep(never)(Draft(SECRET), facts()).blocked


def test_what_is_filled_in_is_no_secret() -> None:
    assert sections("Talk for {{ business }} now.\n{% if x %}{{ pages }}{% endif %}") == ["Talk for ", " now.\n"]


def _told(texts: Sequence[str], scrubber: object) -> Facts:
    return Facts([said(EARLIER, text) for text in texts], {}, scrubber)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [5, 6, 7])
def test_a_copy_told_bit_by_bit_is_caught_before_half_of_it_is_out(size: int, facts: Make) -> None:
    step = LeakStep(readings, [SECRET])
    words = SECRET.split()
    pieces = [f"Next words: {' '.join(words[at : at + size])}." for at in range(0, len(words), size)]
    earlier: list[str] = []
    for piece in pieces:
        draft = step(Draft(piece), _told(earlier, facts().scrubber))
        if draft.blocked:
            break
        earlier.append(piece)

    assert draft.findings in (("leak:pieces",), ("leak:prompt",))
    assert len(earlier) * size <= 0.8 * len(words)


def test_after_a_told_half_an_ordinary_reply_still_goes_out(facts: Make) -> None:
    earlier = [
        "Goodwill credit up to twelve euros",
        "granted once a year without asking",
        "a colleague decides within two",
    ]

    draft = LeakStep(readings, [SECRET])(Draft("Your parcel comes on Friday."), _told(earlier, facts().scrubber))

    assert not draft.blocked


def test_ordinary_replies_are_taken_for_leaks_in_at_most_one_of_a_thousand(facts: Make) -> None:
    """Own wordings and pages, without the evidence that would excuse them, and human replies of other desks."""
    if not DATA.is_dir():
        pytest.skip(f"no {DATA}: set FRONTDESK_DATA")
    desk = Desk.load("retail")
    names = ("grounded_responses_val.jsonl", "response"), ("faq_train_val.jsonl", "body")
    texts = [json.loads(line)[key] for name, key in names for line in (DATA / name).read_text().splitlines()]
    texts += [part for page in desk.pages.values() for part in page.body.split("\n\n")]
    texts += [str(text) for text in desk.config.texts.model_dump().values()]
    step = LeakStep(readings, shipped(), new_canary())
    dice = random.Random(5)

    alone = sum(step(Draft(text), facts()).blocked for text in texts)
    windows = [dice.sample(texts, 10) for _ in range(1000)]
    joined = sum(step(Draft(last), _told(rest, facts().scrubber)).blocked for last, *rest in windows)

    print(f"\nfalse alarms: {alone} of {len(texts)} replies, {joined} of {len(windows)} windows of ten")
    assert len(texts) >= 2000
    assert alone <= 0.001 * len(texts)
    assert joined <= 0.001 * len(windows)
