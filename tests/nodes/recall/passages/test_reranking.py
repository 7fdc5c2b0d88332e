"""A reranker of the operator's own orders and drops; it adds nothing, and its failure costs nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.config import Search
from frontdesk.errors import ConfigurationError
from frontdesk.graph.state import Passage
from frontdesk.nodes.recall.knowledge import Means, PageSearch
from frontdesk.nodes.recall.passages.reranking import PAUSE, Reranker, open_reranker
from tests.nodes.recall.passages.pages import PAGES

FOUND = [Passage(page=name, title=name, url="", text=f"about {name}", score=0.9) for name in ("a1", "b2", "c3")]


def names(passages: list[Passage]) -> list[str]:
    return [passage["page"] for passage in passages]


async def reversed_async(query: str, passages: list[Passage]) -> list[Passage]:
    return passages[::-1]


def changed(query: str, passages: list[Passage]) -> list[Passage]:
    return [Passage(**{**passage, "title": "bought", "score": 1.0}) for passage in passages[::-1]]


@pytest.mark.parametrize(
    ("word", "function", "expected"),
    [
        ("sync", lambda query, passages: passages[::-1], ["c3", "b2", "a1"]),
        ("async", reversed_async, ["c3", "b2", "a1"]),
        ("a subset", lambda query, passages: passages[1:2], ["b2"]),
        ("none covers", lambda query, passages: [], []),
        ("a generator is no list", lambda query, passages: iter(passages), ["a1", "b2", "c3"]),
        ("nothing", lambda query, passages: None, ["a1", "b2", "c3"]),
        ("one twice", lambda query, passages: [passages[0], passages[0]], ["a1", "b2", "c3"]),
        ("one of its own", lambda query, passages: [{"page": "x", "text": "y"}], ["a1", "b2", "c3"]),
        ("no passages", lambda query, passages: ["a1"], ["a1", "b2", "c3"]),
        ("an error", lambda query, passages: 1 / 0, ["a1", "b2", "c3"]),
        ("it empties what it was given", lambda query, passages: passages.clear(), ["a1", "b2", "c3"]),
    ],
)
async def test_order(word: str, function: Callable[..., Any], expected: list[str]) -> None:
    assert names(await Reranker(function).ordered("question", FOUND)) == expected, word


async def test_what_it_says_of_a_passage_is_not_believed() -> None:
    found = await Reranker(changed).ordered("question", FOUND)
    assert found == FOUND[::-1]


async def test_a_slow_one_is_given_up_and_left_alone_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    gate, calls, now = threading.Event(), [], [100.0]

    def slow(query: str, passages: list[Passage]) -> list[Passage]:
        calls.append(query)
        gate.wait(5)
        return passages[::-1]

    reranker = Reranker(slow, seconds=0.01, clock=lambda: now[0])
    try:
        with caplog.at_level(logging.DEBUG):
            assert await reranker.ordered("my secret question", FOUND) == FOUND
        assert "cause=timeout" in caplog.text and "secret" not in caplog.text
        assert await reranker.ordered("again", FOUND) == FOUND
        assert len(calls) == 1
    finally:
        gate.set()
    now[0] += PAUSE
    patient = Reranker(slow, seconds=5, clock=lambda: now[0])
    assert await patient.ordered("later", FOUND) == FOUND[::-1]


async def test_an_error_with_the_question_in_it_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    def failing(query: str, passages: list[Passage]) -> list[Passage]:
        raise ValueError(query)

    with caplog.at_level(logging.DEBUG):
        await Reranker(failing).ordered("my secret question", FOUND)
    assert "cause=ValueError" in caplog.text and "secret" not in caplog.text


async def test_in_the_search_it_sees_more_than_is_returned() -> None:
    seen: list[int] = []

    def last_first(query: str, passages: list[Passage]) -> list[Passage]:
        seen.append(len(passages))
        return passages[::-1]

    rules = Search(limit=1, covered=0.0)
    plain = await PageSearch(PAGES, rules=rules).search("free parking for dogs", signed_in=False)
    found = await PageSearch(PAGES, rules=rules, means=Means(reranker=Reranker(last_first))).search(
        "free parking for dogs", signed_in=False
    )
    assert len(plain) == len(found) == 1 and plain != found
    assert seen[0] > 1


def test_a_file_of_the_desk_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "order.py").write_text("def best(query, passages):\n    return passages\n")
    assert open_reranker("order.py:best", tmp_path) is not None
    assert open_reranker("", tmp_path) is None
    with pytest.raises(ConfigurationError, match="order"):
        open_reranker("order.py:worst", tmp_path)
