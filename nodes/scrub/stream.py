"""Restoring a reply that arrives in pieces: what is handed on, joined, is what the whole text would have become."""

from __future__ import annotations

import re
from collections.abc import Mapping

from frontdesk.nodes.scrub.placeholders import LONGEST
from frontdesk.nodes.scrub.restore import restore_text

_OPENERS = "<&[{(\\\uff1c\u3008\u27e8\u300a\u3010\uff3b\uff5b\uff08"
_BEGUN = re.compile(rf"[{re.escape(_OPENERS)}][\sA-Za-z0-9_\-/;&#\\{re.escape(_OPENERS)}]*\Z")
"""What may still become a placeholder: an opening bracket, and only what may stand inside one since."""
_ATTRIBUTE = re.compile(r"\b(?:href|src|action)\s?=\s?([\"'])", re.IGNORECASE)
_HALF_ATTRIBUTE = re.compile(r"\b(?:href|src|action)\s?=?\s?\Z", re.IGNORECASE)
_LONGEST_ATTRIBUTE = 10
_TRIES = 4
"""Places tried per piece; where none will do, more text is waited for."""
_PROMPT = 512
"""Characters held up to which every piece is looked at; beyond, each quarter more is, so that all work stays linear."""


class StreamRestorer:
    """Takes a masked reply piece by piece and gives back restored text, holding back what might yet change.

    What is held back: half a word, half a placeholder (up to 160 characters), and a link until its end, because no
    value ever goes into a link.
    """

    def __init__(self, values: Mapping[str, str], *, html: bool = False) -> None:
        """Take what :func:`~frontdesk.nodes.scrub.restore.restore_text` takes."""
        self._values, self._html = values, html
        self._pieces: list[str] = []
        self._held = 0
        self._look_at = 0

    def feed(self, piece: str) -> str:
        """Take the next piece; return what can be shown by now, restored. It may be empty."""
        self._pieces.append(piece)
        self._held += len(piece)
        if self._held < self._look_at:
            return ""
        text = "".join(self._pieces)
        cut = _cut(text)
        self._keep(text[cut:])
        return restore_text(text[:cut], self._values, html=self._html)

    def finish(self) -> str:
        """Return the rest, restored; the restorer is empty then."""
        text = "".join(self._pieces)
        self._keep("")
        return restore_text(text, self._values, html=self._html)

    def _keep(self, text: str) -> None:
        self._pieces, self._held = [text] if text else [], len(text)
        self._look_at = self._held * 5 // 4 if self._held > _PROMPT else 0


def _cut(text: str) -> int:
    """Return where a text may be cut so that both parts, restored by themselves, give the whole: 0 where nowhere."""
    end = len(text)
    for _ in range(_TRIES):
        end = _after_space(text, end)
        begin = _begun(text, end)
        if begin == end:
            return end
        end = begin
    return 0


def _after_space(text: str, end: int) -> int:
    """Return the last place up to ``end`` that follows white space: no word, URL or bare placeholder goes over it."""
    return next((at for at in range(end, 0, -1) if text[at - 1].isspace()), 0)


def _begun(text: str, end: int) -> int:
    """Return where the earliest thing begins that goes, or could go, over ``end``; ``end`` where there is none."""
    found = [end]
    near = max(0, end - LONGEST)
    if begun := _BEGUN.search(text, near, end):
        found.append(begun.start())
    label = text.rfind("](", 0, end)
    if label >= 0 and text.find(")", label, end) < 0 and text.find("\n", label, end) < 0:
        found.append(label)
    if half := _HALF_ATTRIBUTE.search(text, max(0, end - _LONGEST_ATTRIBUTE), end):
        found.append(half.start())
    last = {opened[1]: opened for opened in _ATTRIBUTE.finditer(text, 0, end)}
    found += [opened.start() for quote, opened in last.items() if text.find(quote, opened.end(), end) < 0]
    return min(found)
