"""What is found first, and what is not found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from frontdesk.nodes.recall.ranking import LIKELY, Document, Ranker


def told(*texts: str, session: str = "s", **more: float) -> list[Document]:
    return [Document(str(n), session, n, text, **more) for n, text in enumerate(texts)]


def order(documents: Sequence[Document], query: str, **more: object) -> list[int]:
    return [index for _, index in Ranker(documents).search(query, **more)]  # type: ignore[arg-type]


def unit(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32) / np.float32(np.linalg.norm(numbers))


APART = [Document(str(n), "", 0, text) for n, text in enumerate([
    "I am vegetarian, no meat for me.",
    "Please write to me in short sentences.",
    "My sister lives in Bristol and works as a nurse.",
    "The delivery to the back entrance worked well.",
    "Our dog is called Biscuit.",
])]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "query", "first"),
    [
        ("the same word", "Which entrance was it?", 3),
        ("another form of it", "sisters", 2),
        ("capitals", "BISCUIT", 4),
        ("full-width letters", "Ｂｉｓｃｕｉｔ", 4),
        ("an apostrophe", "What is the dog’s name?", 4),
        ("a word of the same meaning", "puppy", 4),
    ],
)
def test_finds(word: str, query: str, first: int) -> None:
    assert order(APART, query)[0] == first, word


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("no word at all", ""),
        ("function words alone", "what is it that you have"),
        ("a placeholder", "<DOG_1>"),
        ("strange words", "xyzzy qwfpgj"),
    ],
)
def test_finds_nothing(word: str, query: str) -> None:
    assert order(APART, query) == [], word


@pytest.mark.parametrize("limit", [0, -1])
def test_no_place_no_result(limit: int) -> None:
    assert order(APART, "dog", limit=limit) == []


def test_no_documents() -> None:
    empty = Ranker([])
    assert empty.search("dog") == [] and empty.certainty("dog").shape == (0,) and empty.features("dog").shape == (2, 0)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "<NAME_1>", "..."])
def test_empty_texts_are_ranked_beside_others(text: str) -> None:
    assert order([Document("a", "s", 0, text), Document("b", "s", 1, "the dog")], "dog")[0] == 1
    assert order([Document("a", "s", 0, text)], "dog") == []


def test_scores_fall_and_each_document_comes_once() -> None:
    hits = Ranker(APART * 3).search("dog and sister", limit=100)
    assert [score for score, _ in hits] == sorted((score for score, _ in hits), reverse=True)
    assert len({index for _, index in hits}) == len(hits)


def test_the_order_of_documents_does_not_matter() -> None:
    talk = told("I bought a lamp.", "It flickers.", "The invoice is lost.") + told("My lamp is fine.", session="t")
    forwards = [talk[index].text for index in order(talk, "flickering lamp")]
    backwards = [talk[::-1][index].text for index in order(talk[::-1], "flickering lamp")]
    assert forwards == backwards


def test_scripts_without_blanks() -> None:
    documents = [Document("a", "", 0, "我喜欢喝绿茶。我住在上海。"), Document("b", "", 0, "请用电子邮件联系我。")]
    assert order(documents, "绿茶")[0] == 0 and order(documents, "电子邮件")[0] == 1


def test_what_stands_beside_the_words_counts() -> None:
    filler = [f"Something about subject{n} entirely" for n in range(8)]
    talk = told(*filler[:4], "Shall we talk about the wardrobe?", "It arrived in green.", *filler[4:])
    found = order(talk, "wardrobe")
    assert found[0] == 4 and set(found[1:3]) == {3, 5}


def test_turns_that_lie_apart_are_no_neighbours() -> None:
    talk = [Document("a", "s", 1, "the wardrobe"), Document("b", "s", 9, "subject one"), Document("c", "t", 2, "other")]
    scores = dict((index, score) for score, index in Ranker(talk).search("wardrobe"))
    assert 2 not in scores and scores[0] > scores[1]


def test_a_long_text_is_found_by_one_sentence() -> None:
    long = " ".join(f"We spoke of matter{n} and of thing{n} at length." for n in range(40))
    documents = [
        Document("a", "", 0, f"{long} The gate code changed for the garage. {long}"),
        Document("b", "", 0, "We changed trains. The code review took hours. A gate was closed. The garage too."),
        Document("c", "", 0, long),
    ]
    assert order(documents, "garage gate code")[0] == 0


def test_vectors_find_what_words_do_not() -> None:
    vectors = [unit(1, 0, 0.1), unit(0, 1, 0), unit(0, 0, 1)]
    documents = [Document(str(n), "", 0, f"text{n}", 0.0, vector) for n, vector in enumerate(vectors)]
    assert order(documents, "strange", vector=unit(0, 1, 0.2))[0] == 1


def test_vectors_of_passages_count_for_the_text() -> None:
    whole, passages = unit(1, 1, 1), [unit(1, 0, 0), unit(0, 1, 0)]
    documents = [
        Document("a", "", 0, "one", 0.0, unit(1, 1, 1)),
        Document("b", "", 0, "two", 0.0, np.stack([whole, *passages])),
    ]
    assert order(documents, "strange", vector=unit(0, 1, 0)) == [1, 0]


@pytest.mark.parametrize("vector", [None, unit(1, 0), np.zeros((0, 3), np.float32)])
def test_a_document_without_a_fitting_vector_is_found_by_its_words(vector: np.ndarray | None) -> None:
    documents = [Document("a", "", 0, "the dog", 0.0, vector), Document("b", "", 0, "a cat", 0.0, unit(0, 0, 1))]
    assert order(documents, "dog", vector=unit(1, 0, 0))[0] == 0


DAY = 86400.0
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC).timestamp()


def test_of_two_alike_the_newer_comes_first() -> None:
    alike = [
        Document("old", "", 0, "I live in Leeds.", NOW - 300 * DAY),
        Document("new", "", 0, "I live in Leeds.", NOW - DAY),
    ]
    assert order(alike, "live in Leeds", now=NOW) == [1, 0]
    assert order(alike, "live in Leeds") == [0, 1]


def test_the_day_that_a_question_names_counts() -> None:
    days = [datetime(2025, 5, day, 9, tzinfo=UTC).timestamp() for day in (7, 8, 9)]
    talk = [Document(str(n), f"s{n}", 0, "The parcel was late again.", at) for n, at in enumerate(days)]
    assert order(talk, "What was late on 8 May 2025?")[0] == 1
    assert order(talk, "anything of 2025-05-09?", least=LIKELY) == [2], "the day alone relates it"


@pytest.mark.parametrize(
    ("word", "query", "kept"),
    [
        ("what it is about", "Are you sending it to the back entrance?", [3]),
        ("something else", "How much is a ticket to the moon landing exhibition?", []),
        ("one common word of many", "Which works of the composer were first performed in Vienna in 1805?", []),
    ],
)
def test_the_floor(word: str, query: str, kept: list[int]) -> None:
    assert order(APART, query, least=LIKELY) == kept, word


def test_certainty_is_a_chance_and_in_the_documents_order() -> None:
    chances = Ranker(APART).certainty("the dog Biscuit")
    assert chances.shape == (len(APART),) and chances.argmax() == 4 and chances.min() >= 0 and chances.max() <= 1


def test_certainty_with_vectors() -> None:
    documents = [
        Document("a", "", 0, "green tea", 0.0, unit(1, 0, 0)),
        Document("b", "", 0, "bus stop", 0.0, unit(0, 1, 0)),
    ]
    chances = Ranker(documents).certainty("something hot to drink", unit(1, 0.2, 0))
    assert chances[0] > LIKELY > chances[1]
