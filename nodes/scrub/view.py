"""A text as detectors look at it: read once, shared by all of them. Words, and stretches that can be read as digits."""

from __future__ import annotations

import re
from functools import cached_property

from frontdesk.nodes.scrub.number_words import LONGEST, WORDS, spelled
from frontdesk.nodes.scrub.runs import Run, Token, runs_of, tokens_of
from frontdesk.nodes.scrub.shapes import without_ordinary

__all__ = ["Run", "Token", "View", "seen"]

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_BAR = re.compile(r"(?:(?<=[\dOoIl|])|(?<=\d ))\|(?=[\dOoIl|])")


class View(str):
    """A normalised text with what several detectors need of it, worked out when first asked for."""

    @cached_property
    def low(self) -> str:
        """The text in lower case, of the same length."""
        lower = self.lower()
        if len(lower) == len(self):
            return lower
        return "".join(low if len(low := char.lower()) == 1 else char for char in self)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words, lower case: a cue that is not among them needs no search."""
        return frozenset(_WORD.findall(self.low))

    @cached_property
    def numeric(self) -> bool:
        """Whether there is any digit."""
        return _DIGIT.search(self) is not None

    @cached_property
    def bare(self) -> str:
        """The text with dates, times, prices, measures and UUIDs blanked out; same length."""
        text = without_ordinary(self) if self.numeric else str(self)
        return _BAR.sub("l", text) if "|" in text else text

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All stretches that read as digits, at least one of each written in digits or number words."""
        if not self.numeric and self.words.isdisjoint(WORDS) and self.isascii() and not self._glued:
            return ()
        return tuple(runs_of(self.bare, list(tokens_of(self.bare))))

    @property
    def _glued(self) -> bool:
        return any(len(word) >= LONGEST and spelled(word) for word in self.words)

    def has(self, words: frozenset[str]) -> bool:
        """Whether one of these lower-case words stands in the text."""
        return not self.words.isdisjoint(words)


def seen(text: str) -> View:
    """Return ``text`` as a view; a view as it is."""
    return text if isinstance(text, View) else View(text)
