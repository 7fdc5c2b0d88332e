"""The summary without a model: the lead of each request and answer; where they get too many, the idle ones go first."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from frontdesk.graph.placeholders import whole
from frontdesk.models.keyless.smalltalk import smalltalk
from frontdesk.nodes.remember.checking import EXACT, units
from frontdesk.nodes.remember.current import DESK, changes_of, current
from frontdesk.nodes.remember.notes import LONGEST

MOST = 1600
"""Characters of a summary that has nothing but such lines: about 400 tokens."""
_LEAD, _ANSWER = 160, 100
"""Characters quoted of a request and of an answer; both say what they are about at their beginning, and what an answer
of ours said can be said again."""
_LATEST = 3
"""Lines that are never dropped: the newest are what a follow-up refers to."""
_IDLE = 2
"""Words from which a request says something; below, and without a figure, it is small talk: "thanks", "hello there"."""
_IN_LEDGER = 0.6
"""Share of a line's words that stand in one entry of the ledger from which the line repeats it."""
_COURTESY = frozenset({"hello", "thanks", "bye"})
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n+")
_ASKED = "- Customer: "
_PARTED = re.compile(r"\|(?=\s*desk\s*:)", re.IGNORECASE)
_POLITE = re.compile(
    r"\b(?:(?:you(?:['’]re| are) (?:very |most )?|your? )welcome|anything else|(?:happy|glad) to (?:help|assist)"
    r"|thank you for (?:your|the|contacting|waiting|getting|letting)|let me know if"
    r"|have a (?:\w+ )?(?:nice|good|great|lovely))\b",
    re.IGNORECASE,
)
"""A sentence of ours that says nothing to come back to, where it has no figure."""


def extract(summary: str, pairs: Sequence[tuple[str, str]], details: Iterable[str] = ()) -> str:
    """Roll the summary by extraction.

    Args:
        summary: The summary so far, lines beginning with ``- ``.
        pairs: Request and answer per exchange that leaves.
        details: The ledger: what it holds word for word goes before what stands here alone.

    Returns:
        At most :data:`MOST` characters; :data:`LONGEST` where a model wrote of it. Every word stands in the input, but
        for a value that was corrected since (:func:`frontdesk.nodes.remember.current.current`). Of our answers,
        courtesies and what an earlier line quotes are left out. Beyond that size a line all of which was
        said again goes first, then small talk, then what the ledger has, then what shares least with the rest; never
        the first line, which is what the customer came for, nor the newest.
    """
    lines = [line for line in summary.splitlines() if line.strip()]
    for said, told in pairs:
        answer = _answer(told)
        line, tail = f"{_ASKED}{_lead(_own(said))}", f"{DESK}{answer}" if answer else ""
        known = bool(tail) and any(each.endswith(tail) for each in lines)
        lines.append(line if known and line + tail not in lines else line + tail)
    details = list(details)
    lines = list(dict.fromkeys(current("\n".join(lines), changes_of(details)).splitlines()))
    most = MOST if all(line.startswith(_ASKED) for line in lines) else LONGEST
    if len("\n".join(lines)) <= most:
        return "\n".join(lines)
    entries = [frozenset(units(entry)) for entry in details]
    first = next((line for line in lines if not _idle(line)), lines[0])
    while len(lines) > 1 and len("\n".join(lines)) > most:
        lines.pop(_least(lines, entries, first))
    return "\n".join(lines)[:most]


def _answer(told: str) -> str:
    """Return the lead of an answer, without courtesies."""
    kept = (each for each in _SENTENCE.split(told) if EXACT.search(each) or not _POLITE.search(each))
    return _lead(" ".join(kept), _ANSWER)


def _own(said: str) -> str:
    """Return a customer's words in which nothing looks like the beginning of ours: a claim is no answer of the desk."""
    return _PARTED.sub("/", said)


def _lead(text: str, most: int = _LEAD) -> str:
    lead = ""
    for sentence in _SENTENCE.split(text):
        if lead and len(lead) + len(sentence) > most:
            break
        lead = f"{lead} {sentence}".strip()
    if len(lead) <= most:
        return lead
    cut = lead[:most].rsplit(" ", 1)[0]
    return whole(cut).rstrip() + "…"


def _least(lines: Sequence[str], entries: Sequence[frozenset[str]], first: str) -> int:
    """Return the position of the line that is missed least."""
    words = [frozenset(units(line)) for line in lines]
    exact = [frozenset(EXACT.findall(line)) for line in lines]
    until = max(len(lines) - _LATEST, 1)
    candidates = [at for at in range(until) if lines[at] != first] or [0]

    def rank(at: int) -> tuple[int, float, int]:
        if any(words[at] <= words[later] and exact[at] <= exact[later] for later in range(at + 1, len(lines))):
            return 0, 0.0, at
        if _idle(lines[at]):
            return 1, 0.0, at
        if any(words[at] and len(words[at] & entry) >= _IN_LEDGER * len(words[at]) for entry in entries):
            return 2, 0.0, at
        return 3, _centrality(words, at), at

    return min(candidates, key=rank)


def _idle(line: str) -> bool:
    """Whether a request says nothing that anybody would look up later. Lines of a model's summary never are."""
    if not line.startswith(_ASKED):
        return False
    said = line.removeprefix(_ASKED).split(DESK, 1)[0]
    return (len(units(said)) < _IDLE and not EXACT.search(said)) or smalltalk(said) in _COURTESY


def _centrality(words: Sequence[frozenset[str]], at: int) -> float:
    """Return how much a line shares with the others (LexRank's degree centrality, Erkan and Radev 2004)."""
    own = words[at]
    return sum(
        len(own & other) / math.sqrt(len(own) * len(other))
        for position, other in enumerate(words)
        if position != at and own and other
    )


__all__ = ["MOST", "extract"]
