"""Vectors of the pages: asked for once, kept, and never missed by a search."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from frontdesk.desk.config import Search
from frontdesk.nodes.recall.knowledge import open_pages
from frontdesk.nodes.recall.passages.vectors import FOLDER, STRANGERS, section_texts, section_vectors
from frontdesk.nodes.recall.sections import sections_of
from tests.nodes.recall.passages.pages import PAGES, WIDTH, Tabled

SECTIONS = [section for page in PAGES for section in sections_of(page)]
TEXTS = section_texts(SECTIONS)


def file_of(home: Path) -> Path:
    (file,) = (home / FOLDER).iterdir()
    return file


async def test_asked_for_once(tmp_path: Path) -> None:
    first, second = Tabled(), Tabled()
    vectors = await section_vectors(SECTIONS, first, tmp_path)
    again = await section_vectors(SECTIONS, second, tmp_path)
    assert vectors is not None and again is not None
    assert vectors.shape[0] == 2 * len(SECTIONS) + len(STRANGERS)
    np.testing.assert_array_equal(vectors, again)
    assert (len(set(first.asked)), second.asked) == (len(set(TEXTS)), [])


async def test_only_a_changed_page_is_asked_for_again(tmp_path: Path) -> None:
    await section_vectors(SECTIONS, Tabled(), tmp_path)
    changed = [*SECTIONS[1:], *sections_of(PAGES[0].model_copy(update={"body": "No dogs."}))]
    second = Tabled()
    await section_vectors(changed, second, tmp_path)
    assert second.asked == ["Can I bring my dog?\nNo dogs."]


@pytest.mark.parametrize(
    ("word", "damage"),
    [
        ("cut off", lambda file: file.write_bytes(file.read_bytes()[:100])),
        ("no archive", lambda file: file.write_bytes(b"vectors")),
        ("empty", lambda file: file.write_bytes(b"")),
        ("others may write it", lambda file: os.chmod(file, 0o666)),
        ("other numbers", lambda file: np.savez(file, keys=np.zeros((1, 16), np.uint8), vectors=np.zeros((1, 8)))),
        (
            "not of length 1",
            lambda file: np.savez(file, keys=np.zeros((1, 16), np.uint8), vectors=np.full((1, 8), np.nan, np.float32)),
        ),
        ("other names", lambda file: np.savez(file, k=np.zeros(1))),
    ],
)
async def test_a_file_that_cannot_be_trusted_is_not_used(
    word: str, damage: Callable[[Path], object], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    vectors = await section_vectors(SECTIONS, Tabled(), tmp_path)
    damage(file_of(tmp_path))
    second = Tabled()
    with caplog.at_level(logging.WARNING):
        again = await section_vectors(SECTIONS, second, tmp_path)
    assert vectors is not None and again is not None
    np.testing.assert_array_equal(vectors, again)
    assert second.asked, word
    assert "not used" in caplog.text


async def test_kept_vectors_of_another_width_are_not_mixed_in(tmp_path: Path) -> None:
    await section_vectors(SECTIONS[:1], Tabled(), tmp_path)
    file = file_of(tmp_path)
    with np.load(file) as stored:
        keys = stored["keys"]
    np.savez(file, keys=keys, vectors=np.eye(len(keys), 32, dtype=np.float32))
    os.chmod(file, 0o600)
    second = Tabled()
    vectors = await section_vectors(SECTIONS, second, tmp_path)
    assert vectors is not None and vectors.shape == (len(TEXTS), WIDTH)
    third = Tabled()
    await section_vectors(SECTIONS, third, tmp_path)
    assert set(second.asked) == set(TEXTS) and not third.asked


@pytest.mark.parametrize("home", [True, False], ids=["kept", "not kept"])
async def test_a_search_with_vectors(home: bool, tmp_path: Path) -> None:
    asked = "feathered friend zzz"
    embedder = Tabled([(asked, TEXTS[0])])
    search = await open_pages(
        PAGES, Search(covered=0.2), root=tmp_path, embedder=embedder, home=tmp_path if home else None
    )
    assert (await search.search(asked, signed_in=False))[0]["page"] == "pets"


async def test_without_the_embedder_pages_are_searched_by_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        at_start = await open_pages(PAGES, Search(), root=tmp_path, embedder=Tabled(fails=True))
    assert "cause=timeout" in caplog.text
    embedder = Tabled()
    later = await open_pages(PAGES, Search(), root=tmp_path, embedder=embedder)
    embedder.fails = True
    off = Tabled()
    unused = await open_pages(PAGES, Search(embeddings=False), root=tmp_path, embedder=off)
    plain = await open_pages(PAGES, Search(), root=tmp_path)
    expected = await plain.search("is there parking", signed_in=False)
    assert expected[0]["page"] == "parking"
    for search in (at_start, later, unused):
        assert await search.search("is there parking", signed_in=False) == expected
    assert not off.asked
