"""A prompt that can be made smaller: for a model with a smaller window than the desk's others."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from langchain_core.messages import BaseMessage

LESS = 0.6
"""Part of its tokens that a prompt is cut down to when a provider calls it too long: estimates of other tokenizers
differ by less, and what is kept is what matters most."""


class Shown(list[BaseMessage]):
    """The messages of a prompt, in order."""

    def __init__(self, messages: Iterable[BaseMessage], tokens: int, again: Callable[[int], Shown | None]) -> None:
        """Take the messages, their tokens with the tools' (estimated, never under), and what fits them anew.

        ``again`` takes a number of tokens for all of it, and returns None where what must be said does not fit.
        """
        super().__init__(messages)
        self.tokens = tokens
        self._again = again

    def within(self, tokens: int) -> Shown | None:
        """Return the prompt in at most so many tokens; None where that cannot be."""
        return self if self.tokens <= tokens else self._again(tokens)

    def less(self) -> Shown | None:
        """Return a clearly smaller prompt; None where that cannot be."""
        return self._again(int(self.tokens * LESS))


__all__ = ["LESS", "Shown"]
