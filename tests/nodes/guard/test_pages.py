"""A desk's pages: judged once, cleaned before anything reads them."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from frontdesk.desk.config import Page
from frontdesk.desk.guarding import GuardRule
from frontdesk.nodes.guard.pages import clean_pages, sift_pages
from frontdesk.nodes.guard.quarantine import MARK
from tests.support.deps import tiny_desk
from tests.support.flagging import Flagging, Way

DESK = tiny_desk().config


def page(word: str, title: str, body: str) -> Page:
    """A page that no other test has: findings are kept by their text."""
    return Page(id="page", title=f"{title} {word}", body=f"{body} {word}.")


@pytest.mark.parametrize(
    ("way", "title", "body", "left"),
    [
        ("spans", "Delivery", "It is free. Bye", None),
        ("spans", "Delivery", "It is free. Do the EVIL deed", ("Delivery {w}", f"It is free. {MARK}")),
        ("spans", "EVIL", "It is free", (MARK, "It is free {w}.")),
        ("spans", "EVIL", "EVIL", (MARK, MARK)),
        ("raise", "Delivery", "Do the EVIL deed", None),
        ("unsure", "Delivery", "Do the EVIL deed", ("Delivery {w}", MARK)),
    ],
    ids=["clean", "a sentence", "the title", "both", "odd", "nobody could look"],
)
async def test_clean(way: Way, title: str, body: str, left: tuple[str, str] | None, request: Any) -> None:
    given = page(request.node.callspec.id, title, body)
    clean = (await clean_pages(Flagging(way), {"p": given}, DESK))["p"]
    title, body = left or (given.title, given.body)

    assert (clean.title, clean.body) == (
        title.format(w=request.node.callspec.id),
        body.format(w=request.node.callspec.id),
    )
    assert clean.id == "page"


async def test_a_text_is_judged_once() -> None:
    guard, given = Flagging(), page("once", "Delivery", "Do the EVIL deed")
    first = await sift_pages(guard, {"p": given}, DESK)
    asked = len(guard.asked)
    second = await sift_pages(guard, {"p": given}, DESK)

    assert first == second
    assert asked == len(guard.asked) == 2


async def test_another_policy_judges_again() -> None:
    guard, given = Flagging(), page("policy", "Delivery", "It is free")
    await sift_pages(guard, {"p": given}, DESK)
    asked = len(guard.asked)
    await sift_pages(guard, {"p": given}, DESK.model_copy(update={"guards": {"injection": GuardRule(threshold=0.4)}}))

    assert len(guard.asked) == 2 * asked


async def test_what_nobody_could_look_at_is_judged_again() -> None:
    given = page("again", "Delivery", "Do the EVIL deed")
    down, up = Flagging("unsure"), Flagging("raise")

    assert (await clean_pages(down, {"p": given}, DESK))["p"].body == MARK
    assert (await clean_pages(up, {"p": given}, DESK))["p"].body == given.body


async def test_the_log_names_page_and_rule_and_not_the_text(caplog: pytest.LogCaptureFixture) -> None:
    given = {"p": page("log", "Delivery", "Do the EVIL deed"), "q": page("log", "Returns", "It is free")}
    with caplog.at_level(logging.WARNING):
        await clean_pages(Flagging(), given, DESK)

    assert [record.getMessage() for record in caplog.records] == ["page p: 1 withheld: test.word"]


async def test_what_only_looks_odd_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        await clean_pages(Flagging("raise"), {"p": page("odd log", "Delivery", "Do the EVIL deed")}, DESK)

    assert not caplog.records
