"""What a lexicon is: patterns per topic, and where in a text they are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frontdesk.nodes.guard.characters import even, visible
from frontdesk.nodes.guard.sentences import sentences


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic or category."""

    name: str
    score: float
    """0 to 1, of a text that it is found in."""
    patterns: tuple[re.Pattern[str], ...]
    """Searched in casefolded text without diacritics, sentence by sentence."""

    def hit(self, reading: str) -> re.Match[str] | None:
        """Return the first match in a reading of a text."""
        return next((match for pattern in self.patterns if (match := pattern.search(reading))), None)


def topics(score: float, rows: Mapping[str, Sequence[str]]) -> dict[str, Topic]:
    """Return topics by name from lists of patterns, one or more per language."""
    return {name: Topic(name, score, tuple(re.compile(text) for text in texts)) for name, texts in rows.items()}


def phrases(name: str, score: float, given: Iterable[str]) -> Topic:
    """Return a topic of literal phrases: found as whole words, whatever their case, accents and spacing.

    Raises:
        ValueError: A phrase is empty or no text.
    """
    found = []
    for phrase in given:
        if not isinstance(phrase, str) or not plain(phrase):
            raise ValueError("`phrases` is a list of words or phrases, none of them empty")
        found.append(re.compile(rf"(?<!\w){re.escape(plain(phrase))}(?!\w)"))
    return Topic(name, score, tuple(found))


def plain(text: str) -> str:
    """Return ``text`` as the patterns are written: casefolded, without diacritics, evenly spaced."""
    return even(visible(text)).replace("’", "'")


def by_sentence(text: str, searched: Iterable[Topic]) -> dict[str, list[tuple[int, int]]]:
    """Return the sentences of ``text`` in which each topic is found, by topic; offsets into ``text``."""
    wanted = list(searched)
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end in sentences(text):
        reading = plain(text[start:end])
        for topic in wanted:
            if topic.hit(reading):
                found.setdefault(topic.name, []).append((start, end))
    return found


__all__ = ["Topic", "by_sentence", "phrases", "plain", "topics"]
