"""The retail desk understands messages it was not written from: routing, finding the page, quoting the answer.

The floors stand a little below the measured figures, so that they catch a loss and not the noise of one sentence.
"""

from __future__ import annotations

from typing import Any

import pytest

from frontdesk.graph.state import Passage, Route
from frontdesk.models.keyless.pages import extract, parse_pages
from frontdesk.nodes.recall.knowledge import PageSearch
from frontdesk.nodes.route.router import IntentRouter
from tests.desks.conftest import Retail, normal

SETS = [("intents", "out_of_scope"), ("fresh", "fresh_out_of_scope")]


@pytest.fixture(scope="module")
def router(retail: Retail) -> IntentRouter:
    return IntentRouter.fit(retail.intents, retail.config.routing)


@pytest.fixture(scope="module")
def search(retail: Retail) -> PageSearch:
    return PageSearch(retail.pages.values())


def routed(router: IntentRouter, messages: dict[str, list[str]]) -> list[tuple[str, Route]]:
    return [(name, router.score(text)) for name, texts in messages.items() for text in texts]


@pytest.mark.parametrize(("inside", "outside"), SETS)
def test_held_out_messages_reach_their_intent(
    router: IntentRouter, held_out: dict[str, Any], inside: str, outside: str
) -> None:
    routes = routed(router, held_out[inside])
    right = sum(route["intent"] == name for name, route in routes)
    accepted = [route["intent"] == name for name, route in routes if route["accepted"]]
    assert right / len(routes) >= 0.84
    assert len(accepted) / len(routes) >= 0.75
    assert sum(accepted) / len(accepted) >= 0.90


@pytest.mark.parametrize(("inside", "outside"), SETS)
def test_other_peoples_business_is_left_alone(
    router: IntentRouter, held_out: dict[str, Any], inside: str, outside: str
) -> None:
    strangers = [router.score(text) for text in held_out[outside]]
    # 5 of 44 and 3 of 22: of the second set one more than by words without their senses, which lose 5 of 366 customers
    assert sum(route["accepted"] for route in strangers) / len(strangers) <= 0.14
    assert sum(route["confidence"] for route in strangers) / len(strangers) < 0.3


async def answers(search: PageSearch, question: dict[str, Any]) -> tuple[list[Passage], str]:
    """Return what is found, and what the keyless model quotes from it, the request having been recognised."""
    wanted = question["pages"] or ()
    found = await search.search(question["ask"], signed_in=question.get("signed_in", False), prefer=wanted)
    shown = "\n".join(_shown(passage, of_intent=passage["page"] in wanted) for passage in found)
    return found, extract(question["ask"], parse_pages(shown))


def _shown(passage: Passage, *, of_intent: bool) -> str:
    """Return a passage as the respond stage shows it to a model."""
    match = ' match="intent"' if of_intent else ""
    return f'<page id="{passage["page"]}" title="{passage["title"]}"{match}>\n{passage["text"]}\n</page>'


async def test_questions_are_answered_from_the_right_page(search: PageSearch, held_out: dict[str, Any]) -> None:
    covered = [question for question in held_out["questions"] if question["pages"]]
    lost = []
    for question in covered:
        found, answer = await answers(search, question)
        right = any(f"[{page}]" in answer for page in question["pages"])
        if not right or question["says"] not in answer:
            lost.append((question["ask"], [passage["page"] for passage in found], answer))
    assert len(covered) >= 45
    assert len(lost) / len(covered) <= 0.08, lost


async def test_no_page_is_found_for_what_no_page_covers(search: PageSearch, held_out: dict[str, Any]) -> None:
    strange = [question["ask"] for question in held_out["questions"] if question["pages"] is None]
    assert strange
    assert not [ask for ask in strange if await search.search(ask, signed_in=True)]


async def test_customer_pages_need_a_sign_in(search: PageSearch, retail: Retail) -> None:
    private = {name for name, page in retail.pages.items() if page.audience == "customer"}
    for page in private:
        title = retail.pages[page].title
        assert page in {passage["page"] for passage in await search.search(title, signed_in=True, prefer=[page])}
        assert not private & {passage["page"] for passage in await search.search(title, signed_in=False, prefer=[page])}


def test_held_out_messages_are_not_in_the_desk(retail: Retail, held_out: dict[str, Any]) -> None:
    known = {normal(text) for intent in retail.intents.values() for text in intent.utterances}
    messages = [text for inside, _ in SETS for texts in held_out[inside].values() for text in texts]
    messages += [text for _, outside in SETS for text in held_out[outside]]
    assert not [text for text in messages if normal(text) in known]
    assert len({normal(text) for text in messages}) == len(messages)
    assert set(held_out["intents"]) == set(held_out["fresh"]) == set(retail.intents)
    assert min(len(texts) for texts in held_out["intents"].values()) >= 4
    assert len(held_out["out_of_scope"]) >= 40
