"""The index: shared words, words of like meaning, whole sentences."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.desk.config import Page
from frontdesk.nodes.recall.knowledge import query_of
from frontdesk.nodes.recall.passages.index import SectionIndex
from frontdesk.nodes.recall.passages.vectors import section_texts
from frontdesk.nodes.recall.sections import sections_of
from tests.nodes.recall.passages.pages import PAGES, Tabled

SECTIONS = [section for page in PAGES for section in sections_of(page)]
IDS = [section.page.id for section in SECTIONS]
ALL = np.ones(len(SECTIONS), bool)


@pytest.fixture(scope="module")
def index() -> SectionIndex:
    return SectionIndex(SECTIONS)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("is there parking", "parking"),
        ("may my dog come along", "pets"),
        ("breakfast hours", "breakfast"),
        ("what is the wireless password", "wifi"),
        ("are kids allowed", "children"),
        ("can I use the internet", "wifi"),
    ],
)
def test_the_likeliest_section(index: SectionIndex, text: str, page: str) -> None:
    ranked = index.ranked(query_of(text), ALL)
    assert IDS[int(np.argmax(ranked.fused))] == page


@pytest.mark.parametrize(
    ("word", "text", "page", "covered", "meant"),
    [
        ("the word itself", "dogs", "pets", 1.0, 1.0),
        ("a word of like meaning", "kids", "children", 0.0, 0.6),
        ("a foreign word", "mortgage", "pets", 0.0, 0.0),
        ("a word that nobody knows", "xyzzyq", "pets", 0.0, 0.0),
    ],
)
def test_overlap(index: SectionIndex, word: str, text: str, page: str, covered: float, meant: float) -> None:
    found = index.overlap(query_of(text), [IDS.index(page)])
    assert found.covered[0] == pytest.approx(covered), word
    assert found.meant[0] == pytest.approx(meant, abs=0.1), word


def test_a_title_that_the_question_holds(index: SectionIndex) -> None:
    places = [IDS.index("pets"), IDS.index("parking")]
    told = index.overlap(query_of("can I bring my dog to you"), places).titled
    assert told[0] > 0.9 > 0.5 > told[1]


def test_scores_are_standardised_over_what_may_be_shown(index: SectionIndex) -> None:
    shown = np.array([name != "parking" for name in IDS])
    fused = index.ranked(query_of("free parking for a car"), shown).fused
    assert fused[shown].mean() == pytest.approx(0, abs=1e-5)


def test_one_section_and_sections_without_words() -> None:
    for pages in (
        [PAGES[0]],
        [Page(id="none", title="Of the", body="and so on")],
        [PAGES[0], Page(id="pp", title="It is")],
    ):
        sections = [section for page in pages for section in sections_of(page)]
        index = SectionIndex(sections)
        query = query_of("dogs")
        assert np.isfinite(index.ranked(query, np.ones(len(sections), bool)).fused).all()
        assert np.isfinite(index.overlap(query, range(len(sections))).titled).all()


async def test_sentences_of_the_same_meaning() -> None:
    texts = section_texts(SECTIONS)
    asked = "zzz yyy"
    embedder = Tabled([(asked, texts[IDS.index("breakfast")])])
    index = SectionIndex(SECTIONS, await embedder.embed_many(texts))
    ranked = index.ranked(query_of(asked, await embedder.embed(asked)), ALL)
    assert IDS[int(np.argmax(ranked.fused))] == "breakfast"
    assert ranked.sentence.max() == pytest.approx(1.0, abs=1e-4)
    assert not index.ranked(query_of(asked), ALL).sentence.any()


def test_a_neighbour_lends_a_little_to_a_section_that_has_the_words_itself() -> None:
    bodies = "## A\n\nlamp\n\n## B\n\nlamp oak\n\n## C\n\noak lamp"
    apart = [Page(id=f"p{n}", title="--", body=body) for n, body in enumerate(("lamp", "lamp oak", "oak lamp"))]
    joined = [section for section in sections_of(Page(id="one", title="--", body=bodies))]
    alone = [section for page in apart for section in sections_of(page)]
    query = query_of("lamp")
    spreads = [SectionIndex(part).ranked(query, np.ones(3, bool)).fused for part in (joined, alone)]
    assert spreads[0][1] > spreads[1][1]
