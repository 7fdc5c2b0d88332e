"""Leaks: the canary, or some eight words in a row of a secret text, however the reply is written.

Compared are skeletons (``skeleton.py``) of the reply in every order and code that a model can be told to write in, so
a verbatim copy and its disguises are one case. What a paraphrase or a translation gives away is not found by its
words; the canary finds it when the model copies the odd word along. The rule that carries the rest: a prompt must be
publishable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from frontdesk.desk.reviewing import MOST_CHARACTERS
from frontdesk.nodes.review.draft import Draft, Facts
from frontdesk.nodes.review.pieces import signs, spots
from frontdesk.nodes.review.skeleton import bones, lettered, mirrored, orders, pig_latin, steps
from frontdesk.nodes.review.uncoded import uncoded

RUN = 20
"""Signs of a skeleton in a row that count as a copy: seven or eight words of English."""
ANCHOR = 10
"""Signs of the pieces by which runs are looked up; half a run, so that each run covers one at a fixed place."""
STEPS = 34
"""Letters in a row that count as a copy under another alphabet."""
PIECE = 10
"""Signs of a skeleton that count as a piece: about four words."""
PIECES = 60
"""Signs in pieces, over all replies of the window, that count as a copy told bit by bit."""
READ = MOST_CHARACTERS
"""Characters of a reply that are read: of a longer one, which is never sent, the first half and the last half of it."""
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\w+\}", re.DOTALL)
_LONG = re.compile(r"\S{22,}")
_ALNUM = re.compile(r"[\W_]+")
# what the plain orders of ``skeleton.orders`` cannot read: long words, digits in rows, marks of an encoding, and
# characters beyond those of western European writing
_ENCODED = re.compile(
    r"[^\s]{22,}|(?:[0-9a-fA-F]{2,3}[^\w]{1,3}){8}|[01]{7}|[%=][0-9A-Fa-f]{2}|\\[xu0-7]|&#?\w{2,8};"
    r"|(?:[.\-·•–]{1,5}[ /|]+){8}"
    r"|[a-zA-Z][0-9@$!|+][a-zA-Z]|[^\x00-\xff\u0100-\u017f\u2010-\u2026\u2030-\u203a\u20ac\u2122\u2190-\u2199]"
)
_CODED = re.compile(
    r"[^\s]{22,}|(?:[A-Za-z0-9+/=]{4,}\s+){6}|(?:\d{1,3}[^\w]{1,3}){8}|[01]{7}|(?:[0-9a-fA-F]{2}[^\w]{1,3}){8}"
    r"|(?:[.\-·•–]{1,5}[ /|]+){8}|\b(?:alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|sierra|tango)\b"
    r"|[^\x00-\u024f\u2010-\u20ac]",
    re.IGNORECASE,
)

Readings = Callable[[str], Sequence[str]]
"""Every way a text may be read: as it stands, unspaced, reversed, decoded … (``frontdesk.nodes.guard.views``)."""


def sections(secret: str) -> list[str]:
    """Return the fixed wording of a template, cut where something is filled in."""
    return [part for part in _TEMPLATE.split(secret) if part.strip()]


def grams(text: str, size: int) -> frozenset[str]:
    """Return every run of ``size`` characters."""
    return frozenset(text[at : at + size] for at in range(len(text) - size + 1))


@dataclass(frozen=True)
class LeakStep:
    """Blocks a reply that gives away a secret."""

    readings: Readings
    secrets: Sequence[str] = ()
    """Texts that must not be repeated: prompts, as templates or filled, and wordings put into them."""
    canary: str = ""
    """A random word that stands in the prompt and nowhere else; empty for none."""
    public: Sequence[str] = ()
    """Texts that anybody may read, such as the desk's fixed wordings; pages and tool results need not be named."""
    _runs: frozenset[str] = field(init=False)
    _anchors: frozenset[str] = field(init=False)
    _steps: frozenset[str] = field(init=False)
    _spots: dict[str, frozenset[int]] = field(init=False)
    _public: str = field(init=False)
    _canary: str = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what is looked for."""
        plain = [lettered(part) for secret in self.secrets for part in sections(secret)]
        skeletons = [bones(part) for part in plain]
        pigs = [bones(told) for part in plain for told in pig_latin(part)]
        every = [*skeletons, *pigs]
        object.__setattr__(self, "_runs", frozenset().union(*(grams(one, RUN) for one in every)))
        object.__setattr__(self, "_anchors", frozenset().union(*(grams(one, ANCHOR) for one in every)))
        object.__setattr__(self, "_steps", frozenset().union(*(grams(steps(one), STEPS) for one in plain)))
        object.__setattr__(self, "_spots", spots(skeletons, PIECE))
        object.__setattr__(self, "_public", " ".join(bones(lettered(text)) for text in self.public))
        object.__setattr__(self, "_canary", _ALNUM.sub("", self.canary.casefold()))

    def __call__(self, draft: Draft, facts: Facts) -> Draft:
        """Return the draft blocked when a secret is in it; what also stands in the evidence is public.

        Codes: ``leak:canary``; ``leak:prompt``; ``leak:pieces`` when this reply adds to what earlier ones told.
        """
        if not (self._runs or self._canary):
            return draft
        text = draft.text if len(draft.text) <= READ else f"{draft.text[: READ // 2]}\n{draft.text[-READ // 2 :]}"
        code = self._found(text, facts)
        return replace(draft, findings=(*draft.findings, code), blocked=True) if code else draft

    def _found(self, text: str, facts: Facts) -> str:
        plain = lettered(text)
        if self._says_canary(plain) or self._says_canary(plain[::-1]):
            return "leak:canary"
        hits = [run for order in orders(plain) for run in self._copied(order)]
        if hits and not self._is_public(hits, facts):
            return "leak:prompt"
        if self._walks(steps(plain), facts):
            return "leak:prompt"
        for hidden in self._hidden(_unpublished(text, facts)):
            unveiled = lettered(hidden)
            if self._says_canary(unveiled):
                return "leak:canary"
            hits = [*self._copied(bones(unveiled)), *self._copied(bones(unveiled[::-1]))]
            if hits and not self._is_public(hits, facts):
                return "leak:prompt"
        return "leak:pieces" if self._in_pieces(plain, facts) else ""

    def _hidden(self, text: str) -> Iterator[str]:
        if _CODED.search(text):
            yield from uncoded(text)
        if _ENCODED.search(text):
            yield from self.readings(text)

    def _says_canary(self, plain: str) -> bool:
        return bool(self._canary) and self._canary in _ALNUM.sub("", plain)

    def _copied(self, skeleton: str) -> list[str]:
        """Return the runs of a secret that stand in a skeleton.

        A run covers a whole anchor whose place is a multiple of its length, so only around those is every place tried.
        """
        anchors, runs = self._anchors, self._runs
        found: list[str] = []
        start = 0
        for anchor in range(0, len(skeleton) - ANCHOR + 1, ANCHOR):
            if skeleton[anchor : anchor + ANCHOR] in anchors:
                start = max(start, anchor - RUN + ANCHOR)
                end = min(anchor, len(skeleton) - RUN) + 1
                found += [run for at in range(start, end) if (run := skeleton[at : at + RUN]) in runs]
                start = max(start, end)
        return found

    def _walks(self, walked: str, facts: Facts) -> bool:
        """Whether a secret is told in an alphabet that is shifted or turned round."""
        known = self._steps
        found = [
            walk
            for way in (walked, mirrored(walked))
            for at in range(len(way) - STEPS + 1)
            if (walk := way[at : at + STEPS]) in known
        ]
        if not found:
            return False
        # an alphabet shifted by nothing is the plain text, and that may be public
        public = " ".join(steps(lettered(text)) for text in (*self.public, facts.evidence))
        return not all(walk in public for walk in found)

    def _is_public(self, hits: Sequence[str], facts: Facts) -> bool:
        known = f"{self._public} {bones(lettered(facts.evidence))}"
        return all(run in known for run in hits)

    def _in_pieces(self, plain: str, facts: Facts) -> bool:
        """Whether this reply adds a piece to what, with the earlier replies, makes up a copy."""
        mine = self._pieces(plain)
        if not mine:
            return False
        told = mine.union(*(self._pieces(lettered(text)) for text in facts.earlier))
        if signs(told, self._spots) < PIECES:
            return False
        known = f"{self._public} {bones(lettered(facts.evidence))}"
        secret = {piece for piece in told if piece not in known}
        return bool(secret & mine) and signs(secret, self._spots) >= PIECES

    def _pieces(self, plain: str) -> set[str]:
        skeleton = bones(plain)
        return {one for at in range(len(skeleton) - PIECE + 1) if (one := skeleton[at : at + PIECE]) in self._spots}


def _unpublished(text: str, facts: Facts) -> str:
    """Return ``text`` without long words of retrieved pages, which look like codes: ids of pages, addresses of help."""
    pages = [one for one in facts.passages if one["page"]]
    known = {one["page"] for one in pages}

    def kept(match: re.Match[str]) -> str:
        word = match.group().strip("[](),.;:!?")
        return " " if word in known or any(word in one["text"] for one in pages) else match.group()

    return _LONG.sub(kept, text)


__all__ = ["PIECE", "PIECES", "RUN", "LeakStep", "Readings", "grams", "sections"]
