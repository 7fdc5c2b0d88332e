"""A model's words on their way to the customer: each sentence after it was reviewed, and some characters behind."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

from frontdesk.graph.deps import Reviewed

_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+|[。！？][\"'”’」』）]*\s*|\n+")
_SPACE = re.compile(r"\s(?=\S*\Z)")

Review = Callable[[str], Awaitable[Reviewed]]
Write = Callable[[Mapping[str, object]], None]


def sentence_end(text: str, limit: int) -> int:
    """Return where the last sentence that is finished within the first ``limit`` characters ends, with its blanks."""
    return max((found.end() for found in _SENTENCE.finditer(text) if found.end() <= limit), default=0)


class SentenceStream:
    """Takes the pieces of one model call and writes out what may be shown, masked, as ``{"text", "first"}``.

    Whenever another sentence is finished, everything so far is reviewed as if it were the reply; of what comes back,
    the finished sentences that end ``hold_back`` characters or more before its end are written. So each of them was
    judged with what follows it, and what it was judged by is what the whole reply is judged by in the end. When a
    review blocks, asks for a repair, or changes what was written already, nothing more is written: the reply follows
    whole, and the door takes back what does not agree with it (``RetractEvent``).
    """

    def __init__(self, review: Review, write: Write, hold_back: int, before: str = "") -> None:
        """Take the output guards bound to this turn, the turn's stream, and the characters to hold back.

        ``before`` is what the reply says before this call's words: answers to earlier requests of the message.
        """
        self._review = review
        self._write = write
        self._hold_back = hold_back
        self._before = before
        self._begin()

    def _begin(self) -> None:
        self._text = self._before
        self._looked_at = 0
        self._written = ""
        self._stopped = False

    async def feed(self, piece: str | None) -> None:
        """Take the next piece of text; None: the model failed, and another one begins anew."""
        if piece is None:
            self._begin()
            return
        self._text += piece
        if self._stopped:
            return
        space = _SPACE.search(self._text)
        # half a word, a number or an address at the end would be judged for what it is not
        whole = self._text[: space.end()] if space else ""
        end = sentence_end(whole, len(whole) - self._hold_back)
        if end > self._looked_at:
            self._looked_at = end
            await self._look(whole)

    async def _look(self, text: str) -> None:
        reviewed = await self._review(text)
        ready = reviewed.text[: sentence_end(reviewed.text, len(reviewed.text) - self._hold_back)]
        if reviewed.blocked or not ready.startswith(self._written):
            self._stopped = True
        elif new := ready[len(self._written) :]:
            self._write({"text": new, "first": not self._written})
            self._written = ready


__all__ = ["SentenceStream", "sentence_end"]
