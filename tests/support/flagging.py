"""A guard that flags one word, in each of the ways in which a rail can answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from frontdesk.graph.deps import Past
from frontdesk.graph.state import Channel, Verdict

Way = Literal["spans", "whole", "raise", "unsure"]


@dataclass
class Flagging:
    """Flags each text that holds ``word``: at its place, as a whole, with a raise only, or by not being able to run."""

    way: Way = "spans"
    word: str = "EVIL"
    asked: list[tuple[str, Channel]] = field(default_factory=list)

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        self.asked.append((text, channel))
        at = text.find(self.word)
        if at < 0:
            return Verdict(outcome="allow", rules=[], score=0.0)
        if self.way == "unsure":
            return Verdict(outcome="unsure", rules=["unavailable:test"], score=0.0)
        if self.way == "raise":
            return Verdict(outcome="raise", rules=["test.odd"], score=0.3)
        verdict = Verdict(outcome="refuse" if self.way == "whole" else "raise", rules=["test.word"], score=0.9)
        if self.way == "spans":
            verdict["spans"] = [(at, at + len(self.word))]
        return verdict
