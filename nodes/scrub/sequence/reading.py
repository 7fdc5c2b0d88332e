"""A text as the rules of ``evidence`` read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from frontdesk.nodes.scrub.sequence.cuewords import CALLS, CUES
from frontdesk.nodes.scrub.sequence.language import FUNCTION_WORDS
from frontdesk.nodes.scrub.sequence.tokens import BREAK

Listed = Callable[[str], str]
"""Lower-case word to the letters of the lists that have it: f (given names), l (surnames), c (common words)."""
_OPENS = frozenset((".", "!", "?", ":", BREAK, '"', "“", "(", "-", "¿", "¡"))
_LINKS = frozenset(("is", "ist", "est", "es", "è", "é", ":", ".", ",", "=", "of", BREAK))
"""What may stand between a cue and the name."""
_SHORTEST = 3
"""Letters of a listed name that is evidence: the lists have Ai, An and El."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule asks of the words of a text, by their place."""

    words: Sequence[str]
    """As typed."""
    low: Sequence[str]
    """In lower case."""
    listed: Listed
    language: str
    """From ``guess``."""

    def plain(self, at: int) -> bool:
        """A common word that no list of names has."""
        lists = self.listed(self.low[at])
        return "c" in lists and "f" not in lists and "l" not in lists

    def named(self, at: int, lists: str) -> bool:
        """A word of one of these lists of names, and neither common nor a function word."""
        found = self.listed(self.low[at])
        known = len(self.low[at]) >= _SHORTEST and self.low[at] not in FUNCTION_WORDS
        return known and "c" not in found and any(letter in found for letter in lists)

    def capital(self, at: int) -> bool:
        """Begins with a capital."""
        return self.words[at][0].isupper()

    def opening(self, at: int) -> bool:
        """Stands where a capital says nothing."""
        return at == 0 or self.words[at - 1] in _OPENS

    def announced(self, at: int) -> bool:
        """Follows a word that announces a name."""
        before = at - 1
        while before >= max(0, at - 2) and self.low[before] in _LINKS:
            before -= 1
        if before < 0:
            return False
        return self.low[before] in CUES or (self.low[before] == "me" and self.low[before - 1] in CALLS)
