"""Whether a model's notes may take the place of history: nothing made up, nothing that must stay left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.nodes.remember.notes import LONGEST, Notes, named, render

Fault = Literal["empty", "long", "invented", "strange", "borrowed", "dropped"]
"""empty: nothing is said; long: more than :data:`LONGEST` characters; invented: a number or placeholder that nobody
said; strange: words that were not in the conversation, as those of a refusal, of nonsense, of another language;
borrowed: a figure in what the desk did or promised that only the customer said; dropped: an id that must stay."""

MUST_STAY = 6
"""Ids that a summary has to repeat: the customer's newest ones. More would make a long talk's summary a list of ids."""
_FAMILIAR = 0.3
"""Share of the words that must stand in the sources; nonsense, refusals and other languages fall below."""
_STEM = 5
"""Letters of a word that are compared: "cancelled" is "cancel"."""
_WORD_FROM = 4
"""Letters of a word that says something."""
_ITEM_FROM = 3
"""Words of one item from which at least one must be familiar."""

EXACT: Final = re.compile(rf"{PLACEHOLDER.pattern}|\d+(?:[.,:/-]\d+)*")
"""Placeholders, and numbers with their separators: a summary may repeat them, never make them."""
IDS: Final = re.compile(PLACEHOLDER.pattern + r"|\b[A-Z]{1,4}-?\d{3,}\b|\b\d{5,}\b")
"""Placeholders, and what the ledger of key details takes for a number of something."""
_FORMER = re.compile(r", was [^()]*\)$")
"""What an entry of the ledger was before it was corrected."""
_LETTERS = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts whose words no spaces part, or whose words are short: they are compared by pairs of characters."""
_OURS = ("- Done: ", "- Promised: ", "- Refused: ")


def fault(notes: Notes, summary: str, pairs: Sequence[tuple[str, str]], details: Iterable[str] = ()) -> Fault | None:
    """Return what is wrong with a model's notes; None: they may replace history.

    Args:
        notes: In the form asked for.
        summary: The summary so far.
        pairs: Request and answer per exchange that leaves.
        details: The ledger, after this turn: an id that is not in it any more was corrected, and may go.
    """
    text = render(notes)
    source = "\n".join([summary, *(part for pair in pairs for part in pair)])
    if not any(units(item) for _, item in named(notes)):
        return "empty"
    if len(text) > LONGEST:
        return "long"
    if not set(EXACT.findall(text)) <= set(EXACT.findall(source)):
        return "invented"
    if not _familiar(notes, source):
        return "strange"
    if _borrowed(notes, summary, pairs):
        return "borrowed"
    return "dropped" if any(id not in text for id in must_stay(pairs, details)) else None


def must_stay(pairs: Sequence[tuple[str, str]], details: Iterable[str]) -> list[str]:
    """Return the newest ids that the customer named in what leaves and that the ledger still holds, newest first."""
    held = {id for entry in details for id in IDS.findall(_FORMER.sub("", entry))}
    named_ = (id for said, _ in reversed(pairs) for id in reversed(IDS.findall(said)))
    return [id for id in dict.fromkeys(named_) if id in held][:MUST_STAY]


def units(text: str) -> list[str]:
    """Return what is compared of a text: beginnings of its longer words, pairs of characters where no spaces are."""
    return list(_units(text.casefold()))


def _units(text: str) -> Iterator[str]:
    for word in _LETTERS.findall(text):
        if _UNSPACED.search(word):
            yield from (word[at : at + 2] for at in range(max(len(word) - 1, 1)))
        elif len(word) >= _WORD_FROM:
            yield word[:_STEM]


def _familiar(notes: Notes, source: str) -> bool:
    known, items = set(units(source)), [units(item) for _, item in named(notes)]
    if any(len(item) >= _ITEM_FROM and not known.intersection(item) for item in items):
        return False
    said = [unit for item in items for unit in item]
    return sum(unit in known for unit in said) >= _FAMILIAR * len(said)


def _borrowed(notes: Notes, summary: str, pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether an amount or a date of what the desk did or promised comes from the customer alone: a claim is no deed.

    An id is the customer's to name, and the desk's answer may say "it" of it.
    """
    ours = "\n".join([*_ours(summary), *(told for _, told in pairs)])
    figures = set(EXACT.findall(IDS.sub(" ", "\n".join([*notes.done, *notes.promised]))))
    return not figures <= set(EXACT.findall(ours))


def _ours(summary: str) -> Iterator[str]:
    """Yield what the desk said or did, by the lines of a summary."""
    for line in summary.splitlines():
        if line.startswith(_OURS):
            yield line
        elif " | Desk: " in line:
            yield line.split(" | Desk: ", 1)[1]


__all__ = ["Fault", "fault", "must_stay", "units"]
