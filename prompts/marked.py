"""A canary in the prompts that customers' turns are answered with: a random word, new in every process.

A translation or a paraphrase shares no words with the prompt, but a model that copies the odd word along gives itself
away: the leak check (``nodes/review/leak.py``) looks for it. It stands at the end of the rules, so that what providers
cache of a prompt's beginning stays the same in all processes.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from frontdesk.prompts.book import Prompt, PromptBook
from frontdesk.prompts.parts import NEWEST

_CONSONANTS, _VOWELS = "bdfgklmnprtvz", "aeiou"
_SYLLABLES = 7
"""Seven of 65 syllables: one in 5 * 10 ** 12, and no word of any language."""


def new_canary() -> str:
    """Return a random word of 14 letters that can be told from any other."""
    return "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES))


@dataclass(frozen=True)
class MarkedPrompts:
    """Implements ``frontdesk.graph.deps.Prompts``: a book whose spoken prompts carry the canary."""

    book: PromptBook
    spoken: Collection[str]
    """Names of the prompts that a customer's turn may be answered with."""
    canary: str

    def render(self, name: str, **variables: str) -> str:
        """Fill a prompt as the book does; raises what the book raises."""
        text = self.book.render(name, **variables)
        if name not in self.spoken:
            return text
        rules, cut, turn = text.partition(NEWEST)
        reference = f"(Reference of this text: {self.canary})"
        return f"{rules.rstrip()}\n\n{reference}\n\n{cut}{turn}" if cut else f"{text}\n\n{reference}"

    def get(self, name: str) -> Prompt:
        """Return a prompt as the book has it."""
        return self.book.get(name)

    def wordings(self, business: str) -> list[str]:
        """Return the spoken prompts' texts, the business filled in: what no reply may repeat."""
        return [self.get(name).template.replace("{{ business }}", business) for name in sorted(self.spoken)]

    def digest(self, name: str) -> str:
        """Return the prompt's version; the canary is no part of it."""
        return self.book.digest(name)


__all__ = ["MarkedPrompts", "new_canary"]
