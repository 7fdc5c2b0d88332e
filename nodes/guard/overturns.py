"""The check over turns: what a message comes to with those before it, and what tier 2 reads and may clear of that."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.desk.guarding import SESSION, Policy
from frontdesk.graph.deps import Past
from frontdesk.nodes.guard.merging import attack_score
from frontdesk.nodes.guard.running import run_all, views_of
from frontdesk.nodes.guard.session import JOINED, SUM, says_more, summed, together, unread
from frontdesk.nodes.guard.supervise import Finding, Supervised, judge, unavailable

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message and those before it come to."""

    finding: Finding
    judged: str
    """What tier 2 reads: the message, with those before it where they are part of the evidence."""
    held: bool = False
    """Whether there is evidence in messages that tier 2 does not read: its ``allow`` then lifts nothing."""


@dataclass(frozen=True)
class OverTurns:
    """The session's check under its policy."""

    policy: Policy
    lane: Sequence[Supervised]
    """The checks of customers' messages whose evidence adds up."""

    async def heard(self, text: str, alone: float, past: Past) -> Heard:
        """Judge ``text``, whose own evidence is ``alone``, together with the messages before it."""
        began = time.perf_counter()
        finding = await self._finding(text, alone, past)
        finding = replace(finding, ms=(time.perf_counter() - began) * 1000)
        if JOINED not in finding.rules and (finding.shadow or finding.outcome != "raise"):
            return Heard(finding, text)
        left = self._judged(unread(past, alone, self.policy.threshold), (SUM,), text)
        return Heard(finding, together(past.earlier, text), held=left.outcome != "allow" and not left.shadow)

    async def _finding(self, text: str, alone: float, past: Past) -> Finding:
        sums = summed(past.session, alone)
        joint = 0.0
        rules: tuple[str, ...] = (SUM,)
        if past.earlier and self.lane and alone < self.policy.threshold:
            whole = together(past.earlier, text)
            try:
                found = await run_all(self.lane, whole, {"channel": "user", "views": await views_of(whole)})
            except Exception as fault:  # noqa: BLE001 - as for one text; each message by itself has been judged
                logger.warning("the input guard could not read messages together: %s", type(fault).__name__)
                return unavailable(SESSION, self.policy)
            joint = attack_score(found, self.lane)
            if joint > sums and says_more(past.session, alone, joint):
                rules = (JOINED, *(rule for finding in found.values() for rule in finding.rules))
            else:
                joint = 0.0
        return self._judged(max(sums, joint), rules, text)

    def _judged(self, score: float, rules: tuple[str, ...], text: str) -> Finding:
        facts = _Result({"score": score, "rules": rules if score else ()})
        return judge(SESSION, facts, self.policy, text, own=True)


class _Result:
    """What a validator's result looks like, for the session's score."""

    def __init__(self, metadata: dict[str, Any]) -> None:
        self.metadata = metadata


__all__ = ["Heard", "OverTurns"]
