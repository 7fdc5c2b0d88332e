"""What every adapter does: translate labels, keep to the threshold, and fail safely."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import HumanMessage

from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.errors import ConfigurationError, ScrubError
from frontdesk.nodes.scrub.detection import Match
from frontdesk.nodes.scrub.node import ScrubNode
from frontdesk.nodes.scrub.optional.adapter import Found, adapted, library, translation, windows
from frontdesk.nodes.scrub.registry import registered
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.vault import MemoryVault
from tests.support.deps import deps_with

CLOSED, OPEN = OptionalDetector(threshold=0.5), OptionalDetector(on_unavailable="open")
OURS = ("NAME", "PHONE")


def broken(text: str) -> Iterator[Found]:
    yield Found(0, 1, "PER", 1.0)
    raise RuntimeError(f"cannot read {text}")


@pytest.mark.parametrize(
    ("word", "found", "kept"),
    [
        ("good", Found(0, 4, "PER", 0.9), True),
        ("on the threshold", Found(0, 4, "PER", 0.5), True),
        ("under the threshold", Found(0, 4, "PER", 0.49), False),
        ("a label that nobody maps", Found(0, 4, "ORG", 0.9), False),
        ("beyond the text", Found(0, 5, "PER", 0.9), False),
        ("before the text", Found(-1, 4, "PER", 0.9), False),
        ("empty", Found(2, 2, "PER", 0.9), False),
    ],
)
def test_what_counts(word: str, found: Found, kept: bool) -> None:
    detector = adapted("x", lambda text: [found], {"PER": "NAME"}, CLOSED)
    assert bool(list(detector.find("Anna"))) is kept, word


@pytest.mark.parametrize(("given", "score"), [(0.7, 0.7), (0.84, 0.84), (1.0, 0.84)])
def test_a_find_says_who_found_it_and_why_and_never_outdoes_a_format(given: float, score: float) -> None:
    detector = adapted("x", lambda text: [Found(0, 4, "PER", given)], {"PER": "NAME"}, CLOSED)
    assert list(detector.find("Anna")) == [Match(0, 4, "NAME", score, "x: PER")]
    assert (detector.labels, detector.also) == ((), ("NAME",))


def test_it_adds_to_the_core_and_replaces_nothing() -> None:
    text = "Anna pays with 4111 1111 1111 1111"
    other = adapted("x", lambda text: [Found(0, 4, "PER", 1.0), Found(15, 34, "PER", 1.0)], {"PER": "NAME"}, CLOSED)
    found = PersonalDataScrubber({**registered(), "x": other}).scrub(text, {})
    assert (found.text, [item.detector for item in found.findings][1]) == ("<NAME_1> pays with <CARD_1>", "card")


@pytest.mark.parametrize(
    ("word", "labels", "table"),
    [
        ("the adapter's own", {}, {"PER": "NAME", "TEL": "PHONE"}),
        ("one more", {"LOC": "NAME"}, {"PER": "NAME", "TEL": "PHONE", "LOC": "NAME"}),
        ("another", {"PER": "PHONE"}, {"PER": "PHONE", "TEL": "PHONE"}),
        ("left out", {"PER": "off"}, {"TEL": "PHONE"}),
    ],
)
def test_labels_are_translated(word: str, labels: dict[str, str], table: dict[str, str]) -> None:
    own = {"PER": "NAME", "TEL": "PHONE", "SHOE": "SHOE_SIZE"}
    assert translation("x", own, OptionalDetector(labels=labels), OURS) == table, word


def test_a_library_is_given_a_plain_string() -> None:
    class View(str):
        __slots__ = ()

    kinds: list[type] = []

    def search(text: str) -> list[Found]:
        kinds.append(type(text))
        return []

    list(adapted("x", search, {}, CLOSED).find(View("Anna")))
    assert kinds == [str]


def test_a_label_that_is_none_of_ours_is_an_error() -> None:
    with pytest.raises(ConfigurationError) as caught:
        translation("x", {}, OptionalDetector(labels={"LOC": "PLACE"}), OURS)
    assert str(caught.value) == "scrub.detectors.x.labels.LOC: there is no label PLACE; use off or one of NAME, PHONE"


def test_a_library_that_is_missing() -> None:
    with pytest.raises(ConfigurationError, match=r"pip install 'frontdesk\[gliner\]'"):
        library("gliner", "no_such_module_of_anybody")


def test_a_failing_search_is_an_error_that_quotes_nothing() -> None:
    detector = adapted("x", broken, {"PER": "NAME"}, CLOSED)
    with pytest.raises(ScrubError) as caught:
        list(detector.find("hunter2"))
    assert str(caught.value) == "the detector x failed (RuntimeError)"
    assert caught.value.__context__ is None


def test_open_goes_on_without_it_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    detector = adapted("x", broken, {"PER": "NAME"}, OPEN)
    with caplog.at_level(logging.WARNING, "frontdesk.scrub"):
        assert list(detector.find("hunter2")) == []
    assert "detector=x failed=RuntimeError" in caplog.text
    assert "hunter2" not in caplog.text


async def test_a_message_that_cannot_be_searched_goes_no_further() -> None:
    scrubber = PersonalDataScrubber({**registered(), "x": adapted("x", broken, {"PER": "NAME"}, CLOSED)})
    vault = MemoryVault()
    node = ScrubNode(deps_with(scrubber=scrubber, vault=vault))
    with pytest.raises(ScrubError):
        await node({"messages": [HumanMessage(content="I am Anna")]}, {"configurable": {"thread_id": "0f"}})  # type: ignore[typeddict-item]


@given(
    text=st.text(st.sampled_from("ab \n"), max_size=400),
    size=st.integers(10, 60),
    overlap=st.integers(0, 4),
)
def test_windows_cover_the_text_and_what_is_short_lies_whole_in_one(text: str, size: int, overlap: int) -> None:
    pieces = list(windows(text, size, overlap))
    assert all(text[start : start + len(piece)] == piece and 0 < len(piece) <= size for start, piece in pieces)
    assert {at for start, piece in pieces for at in range(start, start + len(piece))} == set(range(len(text)))
    for at in range(len(text) - overlap + 1):
        assert not text or any(start <= at and at + overlap <= start + len(piece) for start, piece in pieces)


def test_windows_end_between_words() -> None:
    assert [piece for _, piece in windows("one two three four five", 12, 0)] == ["one two", " three four", " five"]
