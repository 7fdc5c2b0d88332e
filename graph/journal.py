"""What is written down of a verdict, and the journal that only logs."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Channel, Verdict
from frontdesk.graph.verdicts import Fate

logger = logging.getLogger(__name__)

SHADOW = "shadow:"
"""Before the codes of an output step that only watches."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry on a text that a guard had something to say about. Codes only, nothing of the text."""

    check: str
    """``guard`` for the verdict itself; the check's name for what it found in shadow; ``review`` for a reply."""
    channel: Channel | Literal["reply"]
    """Where the text came from; ``reply``: our own side."""
    decision: str
    """``refuse``, ``raise``, ``unsure``, ``mask`` or ``flag``; in shadow ``shadow:`` and what it would have been.
    Of a reply, what was done: ``worded``, ``repaired``, ``replaced``, ``handed_over`` or ``blocked``; ``shadow``."""
    reason: str
    """Ids of the rules that fired, separated by commas."""


def entries(channel: Channel, verdict: Verdict) -> Iterator[Judged]:
    """Yield what is written down of a verdict: nothing for one that is plainly allow.

    Args:
        channel: Where the text came from.
        verdict: With ``checks``, where the rail made it.
    """
    checks = verdict.get("checks", [])
    decision: str = "mask" if verdict.get("spans") else verdict["outcome"]
    if decision == "allow" and any(check["fired"] and not check["shadow"] for check in checks):
        decision = "flag"
    skipped = any(rule.startswith("unavailable:") for rule in verdict["rules"])
    if decision != "allow" or skipped:
        yield Judged("guard", channel, decision, ",".join(verdict["rules"]))
    for check in checks:
        found = check["fired"] or check["outcome"] != "allow"
        if check["shadow"] and found:
            yield Judged(check["check"], channel, f"shadow:{check['outcome']}", ",".join(check["rules"]))


def reply_entries(fate: Fate, codes: Sequence[str]) -> Iterator[Judged]:
    """Yield what is written down of a reply of ours: nothing for one that was sent, unless a step in shadow spoke."""
    watched = [code.removeprefix(SHADOW) for code in codes if code.startswith(SHADOW)]
    if fate != "sent":
        found = [code for code in codes if not code.startswith(SHADOW)]
        yield Judged("review", "reply", fate, ",".join(found))
    if watched:
        yield Judged("review", "reply", "shadow", ",".join(watched))


class LogJournal:
    """Writes to the log: for stateless calls, of which nothing may go into a store, and where there is none."""

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        """See ``Journal``."""
        for entry in entries(channel, verdict):
            _log(entry)

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        """See ``Journal``."""
        for entry in reply_entries(fate, codes):
            _log(entry)


def _log(entry: Judged) -> None:
    logger.info("audit: %s %s %s %s", entry.check, entry.channel, entry.decision, entry.reason)


__all__ = ["SHADOW", "Judged", "LogJournal", "entries", "reply_entries"]
