"""Figures of talks: what is kept, what is out of date, what was made up, and what it costs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import mean, median
from typing import Any

from frontdesk.desk.config import Intent
from frontdesk.evals.details.running import Ran
from frontdesk.evals.details.talks import PARTS, Fact, Talk
from frontdesk.evals.figures import share
from frontdesk.nodes.remember.details import CUSTOMERS, VALUES, parse
from frontdesk.nodes.remember.details import Detail as Entry

FLAT_FROM = 60
"""Turns after which the size of a context is looked at."""
_WORD = re.compile(r"\d+|[^\W\d_]+")
_OWN = frozenset({"asked", "for", "was", "turn", "times"})
"""Words of the ledger's own form."""


def stands(value: str, text: str) -> bool:
    """Whether a value stands in a text as a token of its own: not "42" in "1042", nor "45 €" in "45 €.50"."""
    return re.search(rf"(?<![\w-])(?<!\d[.,]){re.escape(value)}(?![\w-]|[.,]\d)", text, re.IGNORECASE) is not None


class Tally:
    """Adds up talks."""

    def __init__(self, intents: Mapping[str, Intent]) -> None:
        """Start without talks; titles of intents are words that the ledger may use."""
        self._titles = " ".join(intent.title for intent in intents.values())
        self._kept: dict[tuple[str, str], list[bool]] = defaultdict(list)
        self._stale: dict[str, list[bool]] = defaultdict(list)
        self._in_summary: list[bool] = []
        self._in_ledger: list[bool] = []
        self.invented: list[str] = []
        self.unaccounted: Counter[str] = Counter()
        self._runs: list[Ran] = []
        self.missed: list[tuple[Fact, Ran]] = []

    def add(self, talk: Talk, ran: Ran) -> dict[str, Any]:
        """Add a talk; return its record."""
        entries = [entry for each in ran.details if (entry := parse(each))]
        valid, texts = talk.valid(), [entry.text for entry in entries]
        there = [stands(fact.value, ran.context) for fact in valid]
        for fact, kept in zip(valid, there, strict=True):
            self._kept[fact.part, fact.kind].append(kept)
            self._in_ledger.append(any(stands(fact.value, text) for text in texts))
            if not kept:
                self.missed.append((fact, ran))
        stale = self._note_old(talk, valid, entries, ran)
        invented = [entry.kind for entry in entries if not self._said(entry, ran)]
        self.invented += invented
        strange = [
            entry.kind
            for entry in entries
            if entry.kind in {"chosen", "declined", "promised"} and not _known(entry, talk)
        ]
        self.unaccounted.update(strange)
        self._runs.append(ran)
        return {
            "facts": len(valid), "kept": sum(there), "stale": stale,
            "invented": len(invented), "unaccounted": len(strange),
            "tokens": ran.tokens[-1], "whole": ran.whole[-1], "entries": len(entries),
        }  # fmt: skip

    def _note_old(self, talk: Talk, valid: Sequence[Fact], entries: Sequence[Entry], ran: Ran) -> int:
        present = [entry.text for entry in entries if entry.kind in CUSTOMERS or entry.kind == "looked up"]
        count = 0
        for fact in (fact for fact in valid if fact.old):
            old = any(stands(fact.old, text) for text in present)
            self._stale[fact.part].append(old)
            self._in_summary.append(stands(fact.old, ran.summary))
            count += old
        return count

    def _said(self, entry: Entry, ran: Ran) -> bool:
        """Whether every word and figure of an entry was said, or stands in a call, a result or a title."""
        source = _words(f"{ran.source}\n{self._titles}") | _OWN
        return _words(f"{entry.text} {entry.was}") <= source

    def figures(self) -> dict[str, Any]:
        """Return all figures."""
        kept = {part: [each for (of, _), found in self._kept.items() if of == part for each in found] for part in PARTS}
        every = [each for found in kept.values() for each in found]
        return {
            "talks": len(self._runs),
            "turns": median(len(ran.tokens) for ran in self._runs),
            "details": len(every),
            "kept": _share(every),
            **{f"kept_{part}": _share(found) for part, found in kept.items() if found},
            "kept_in_ledger": _share(self._in_ledger),
            "kept_by_kind": self._by_kind(),
            "corrected": sum(len(found) for found in self._stale.values()),
            "old_as_present": {part: _share(found) for part, found in self._stale.items()},
            "old_in_summary": _share(self._in_summary),
            "invented": len(self.invented),
            "unaccounted": dict(self.unaccounted),
            **self._cost(),
        }

    def _by_kind(self) -> dict[str, dict[str, float | None]]:
        kinds = sorted({kind for _, kind in self._kept})
        return {
            kind: {part: _share(self._kept[part, kind]) for part in PARTS if (part, kind) in self._kept}
            for kind in kinds
        }

    def _cost(self) -> dict[str, Any]:
        saved = [1 - ran.tokens[-1] / ran.whole[-1] for ran in self._runs]
        long = [ran for ran in self._runs if len(ran.tokens) > FLAT_FROM + 1]
        late = [ran.tokens[FLAT_FROM:] for ran in long]
        steady = [[whole - w for whole, w in zip(ran.tokens, ran.window, strict=True)][FLAT_FROM:] for ran in long]
        return {
            "prompt_tokens_end": round(mean(ran.tokens[-1] for ran in self._runs)),
            "whole_history_tokens_end": round(mean(ran.whole[-1] for ran in self._runs)),
            "saved_end": round(
                1 - sum(ran.tokens[-1] for ran in self._runs) / sum(ran.whole[-1] for ran in self._runs), 4
            ),
            "history_tokens_per_turn": round(
                mean((ran.whole[-1] - ran.whole[0]) / (len(ran.whole) - 1) for ran in self._runs), 1
            ),
            "ledger_tokens_end": round(mean(ran.ledger for ran in self._runs), 1),
            "saved_end_least": round(min(saved), 4),
            "saved_all_turns": round(1 - sum(map(_sum, self.curves()[0])) / sum(map(_sum, self.curves()[1])), 4),
            **_flat("", late),
            **_flat("_but_window", steady),
        }

    def curves(self) -> tuple[list[list[float]], list[list[float]]]:
        """Return the tokens of the prompt, and of the whole history, of each talk's turns."""
        return [[float(n) for n in ran.tokens] for ran in self._runs], [
            [float(n) for n in ran.whole] for ran in self._runs
        ]


def _flat(of: str, late: Sequence[Sequence[int]]) -> dict[str, float | None]:
    """Return how much sizes vary from turn to turn, and how much they grow from the first half of a talk to the second.

    Both after :data:`FLAT_FROM` turns; none for talks that are shorter.
    """
    most = round(max(max(each) / median(each) for each in late), 4) if late else None
    halves = [mean(each[len(each) // 2 :]) / mean(each[: len(each) // 2]) for each in late]
    return {f"flat_max_over_median{of}": most, f"growth_late{of}": round(mean(halves), 4) if halves else None}


def _known(entry: Entry, talk: Talk) -> bool:
    facts = [fact for each in talk.exchanges for fact in each.facts]
    return any(stands(fact.value, entry.text) for fact in facts if entry.kind == "promised" or fact.kind not in VALUES)


def _words(text: str) -> set[str]:
    return {word.lstrip("0") or "0" for word in _WORD.findall(text.casefold())}


def _share(found: Iterable[bool]) -> float | None:
    listed = list(found)
    return share(sum(listed), len(listed))


def _sum(values: Sequence[float]) -> float:
    return sum(values)


__all__ = ["Tally", "stands"]
