"""How a generated customer words things, and what is said between the things that matter."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from frontdesk.evals.details.talks import BANKS, Bank, Exchange, Fact, Part, Unit
from frontdesk.evals.details.values import Values

_ONLY = re.compile(r"\b(?:is|was) \{v\}|\b(?:my|the) [a-z ]+ is [a-z ]+ \{v\}")
"""A phrase that says what something is: said again with another value, it would end the first one."""
_HALVED = 0
"""Seed of the halves of the second author's phrases."""


@lru_cache(maxsize=1)
def bank() -> Mapping[str, Any]:
    """Return the phrases of all parts; the second author's are halved by a seed, kind by kind."""
    folder = Path(__file__).parent
    loaded: dict[str, Any] = YAML(typ="safe").load((folder / "phrases.yaml").read_text(encoding="utf-8"))
    fresh: dict[str, list[str]] = YAML(typ="safe").load((folder / "fresh.yaml").read_text(encoding="utf-8"))["fresh"]
    chance, loaded["mend"], loaded["held"] = random.Random(_HALVED), {}, {}  # noqa: S311 - to draw, not to hide
    for kind, phrases in fresh.items():
        drawn = chance.sample(phrases, len(phrases))
        loaded["mend"][kind], loaded["held"][kind] = drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]
    return loaded


@dataclass
class Saying:
    """Words of one talk."""

    chance: random.Random
    values: Values
    told: list[str] = field(default_factory=list)
    """Phrases and choices that may stand in a talk once."""
    of: Bank = "first"
    """Whose phrases."""

    def noise(self) -> Exchange:
        """Return an exchange that says nothing to keep."""
        (kind,) = self.chance.choices(("questions", "small_talk", "lookups"), (5, 3, 2))
        said, reply = self.chance.choice(bank()[kind if kind != "lookups" else "lookup_talk"])
        return Exchange(said, reply, call=self.listed() if kind == "lookups" else None)

    def listed(self) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
        """Return a look-up as customers make it, with a result of the usual size; nothing of it is asked for."""
        rows = [
            {"order_id": self.values.order(), "placed": "2026-10-12", "status": "delivered", "total": "89.00 EUR",
             "items": [{"sku": "FH-1301", "name": "table lamp", "quantity": 1}]}
            for _ in range(4)
        ]  # fmt: skip
        return "list_orders", {}, {"orders": rows}

    def phrase(self, kind: str, also: str = "", **values: str) -> tuple[str, Part]:
        """Return a phrase with its values in it, and the part of the bank that it is from.

        Args:
            kind: What it says.
            also: The kind that is corrected, where phrases for that kind only may be taken, too.
            values: Stand in it.
        """
        part = self.chance.choice(BANKS[self.of])
        own = bank()[part].get(f"corrected_{also}", []) if also else []
        phrases = own if own and self.chance.random() < 0.5 else bank()[part][kind]
        fresh = [each for each in phrases if each not in self.told] or [
            each for each in phrases if not _ONLY.search(each)
        ]
        phrase = self.chance.choice(fresh)
        if self.of == "fresh" or _ONLY.search(phrase):
            self.told.append(phrase)
        return phrase.format(**values), part

    def said(self, core: str, *, framed: bool = True) -> str:
        """Return a phrase as a message."""
        return self.chance.choice(bank()["frames"]).format(said=core) if framed else core

    def reply(self) -> str:
        """Return words of ours that say nothing to keep."""
        return str(self.chance.choice(bank()["questions" if self.chance.random() < 0.7 else "small_talk"])[1])

    def value(self, kind: str) -> str:
        """Return a value of a kind."""
        makers = {"person": lambda: self.values.placeholder("NAME"), "reach": lambda: self.values.placeholder("EMAIL")}
        return makers[kind]() if kind in makers else str(getattr(self.values, kind)())

    def plain(self, kind: str) -> Unit:
        """Return an exchange that gives a value of a kind."""
        value = self.value(kind)
        core, part = self.phrase(kind, v=value)
        return [Exchange(self.said(core), self.reply(), facts=(Fact(kind, part, value),))]


__all__ = ["Saying", "bank"]
