"""How certain it is that a page covers a question."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.nodes.recall.knowledge import PageSearch, query_of
from frontdesk.nodes.recall.passages.certainty import SENTENCES, WORDS, Evidence, probability
from tests.nodes.recall.passages.pages import PAGES


@pytest.fixture(scope="module")
def search() -> PageSearch:
    return PageSearch(PAGES)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("can I bring my dog", "pets"),
        ("is there parking for my car", "parking"),
        ("when is breakfast", "breakfast"),
        ("do you have internet in the rooms", "wifi"),
    ],
)
def test_covered(search: PageSearch, text: str, page: str) -> None:
    best = search.hits(query_of(text), signed_in=False)[0]
    assert best.section.page.id == page
    assert best.certainty >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "what is the capital of mongolia",
        "my credit card was stolen yesterday",
        "can you translate a poem into latin",
        "is there a swimming pool with a slide",
        "xyzzyq",
    ],
)
def test_not_covered(search: PageSearch, text: str) -> None:
    assert all(hit.certainty < 0.5 for hit in search.hits(query_of(text), signed_in=False))


def test_more_of_the_question_is_never_less_certain() -> None:
    rows = np.array([[share, share, 0.3, 0.3, 0.5, 0.3] for share in (0.0, 0.25, 0.5, 0.75, 1.0)])
    for sentences in (False, True):
        odds = Evidence(np.arange(5), rows, sentences).log_odds()
        assert (np.diff(odds) > 0).all()


def test_weights_speak_for_a_page_never_against() -> None:
    for weights in (WORDS, SENTENCES):
        assert weights.base < 0
        assert min(weights.covered, weights.meant, weights.titled, weights.sense, weights.lead, weights.sentence) >= 0


@pytest.mark.parametrize(("odds", "expected"), [(0.0, 0.5), (1e9, 1.0), (-1e9, 0.0)])
def test_probability(odds: float, expected: float) -> None:
    assert probability(odds) == pytest.approx(expected, abs=1e-9)
