"""Ordinary sentences in seven languages are left as they are."""

from __future__ import annotations

from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from tests.nodes.scrub.obfuscation.harmless_languages import OTHERS

ALTERED = 0.01
"""Share of all sentences that may be altered."""


def test_there_are_sentences_of_each_language_and_none_twice() -> None:
    assert len(OTHERS) == 7
    assert {name: len(set(texts)) >= 25 for name, texts in OTHERS.items()} == dict.fromkeys(OTHERS, True)


def test_sentences_without_names_are_left_alone(scrubber: PersonalDataScrubber) -> None:
    texts = [text for group in OTHERS.values() for text in group]
    altered = [(text, masked) for text in texts if (masked := scrubber.scrub(text, {}).text) != text]
    assert len(altered) <= ALTERED * len(texts), altered
