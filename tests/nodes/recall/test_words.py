"""Content words of a text."""

from __future__ import annotations

import pytest

from frontdesk.nodes.recall.words import terms_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Lamp's cable isn't long enough", ["lamp", "cable", "enough"]),
        ("The Lamp’s cable", ["lamp", "cable"]),
        ("order 4711-A for <EMAIL_1>", ["order", "4711"]),
        ("Straße und Maß", ["strasse", "und", "mass"]),
        ("ＬＡＭＰ", ["lamp"]),
        ("绿茶杯", ["绿茶", "茶杯"]),
        ("茶", ["茶"]),
        ("PS5 テレビ", ["ps5", "テレ", "レビ"]),
        ("it is what it was", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("How long do the deliveries take?", ["deliveri", "take"]),
        ("Kann ich die Lampe zurückgeben?", ["kann", "ich", "die", "lamp", "zurückgeben"]),
        ("配送先の変更", ["配送", "送先", "先の", "の変", "変更"]),
        ("what is it?", []),
    ],
)
def test_terms_are_their_stems(text: str, stems: list[str]) -> None:
    assert terms_of(text) == stems
