"""Leaks: the canary, or eight words in a row of a secret text, in any reading of the reply."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from frontdesk.nodes.review.draft import Draft, Facts

SHINGLE = 8
"""Words in a row that count as a copy; ordinary replies share fewer with any text of ours (measured in the tests)."""
_WORD = re.compile(r"[^\W_]+")

Readings = Callable[[str], Sequence[str]]
"""Every way a text may be read: as it stands, unspaced, reversed, decoded … (``frontdesk.nodes.guard.views``)."""


def words(text: str) -> list[str]:
    """Return the words of ``text``, casefolded, without punctuation."""
    return _WORD.findall(text.casefold())


def shingles(text: str) -> frozenset[str]:
    """Return every run of :data:`SHINGLE` words; a shorter text is one shingle of its own (4 words or more)."""
    tokens = words(text)
    if len(tokens) < 4:
        return frozenset()
    size = min(SHINGLE, len(tokens))
    return frozenset(" ".join(tokens[at : at + size]) for at in range(len(tokens) - size + 1))


@dataclass(frozen=True)
class LeakStep:
    """Blocks a reply that gives away a secret."""

    readings: Readings
    secrets: Sequence[str] = ()
    """Texts that must not be repeated: the section of a prompt that is not public."""
    canary: str = ""
    """A random word that stands in the prompt and nowhere else; empty for none."""
    _shingles: frozenset[str] = field(init=False)
    _canary: str = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what is looked for."""
        object.__setattr__(self, "_shingles", frozenset().union(*map(shingles, self.secrets)))
        object.__setattr__(self, "_canary", "".join(words(self.canary)))

    def __call__(self, draft: Draft, facts: Facts) -> Draft:
        """Return the draft blocked when a secret is in it; what also stands in a cited page is public."""
        if not (self._shingles or self._canary):
            return draft
        public = shingles(facts.evidence) if self._shingles else frozenset()
        for reading in self.readings(draft.text):
            tokens = words(reading)
            if self._canary and self._canary in "".join(tokens):
                return replace(draft, findings=(*draft.findings, "leak:canary"), blocked=True)
            found = f" {' '.join(tokens)} "
            if any(f" {secret} " in found for secret in self._shingles - public):
                return replace(draft, findings=(*draft.findings, "leak:prompt"), blocked=True)
        return draft


__all__ = ["SHINGLE", "LeakStep", "Readings", "shingles", "words"]
