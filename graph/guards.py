"""Protocols of the input guards, and of where their verdicts are written down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from frontdesk.graph.identity import Caller
from frontdesk.graph.state import Channel, Verdict
from frontdesk.graph.values import Past
from frontdesk.graph.verdicts import Fate


class InputGuard(Protocol):
    """Tier 1 and tier 2 guards behind one question."""

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        """Judge one text. Never raises: a check that cannot run follows its ``on_unavailable``.

        ``past``: what is known of the thread, for a customer's message that belongs to one.
        """
        ...


class Journal(Protocol):
    """Where the verdicts of the guards are written down: codes only."""

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        """Write down a verdict that is not plainly allow, and what checks in shadow found; nothing otherwise.

        Never raises: a refused text stays refused and an allowed one allowed when this fails, and the log says so.
        """
        ...

    async def replied(self, caller: Caller, at: float, fate: Fate, codes: Sequence[str]) -> None:
        """Write down what became of a reply of ours that was not simply sent, and what steps in shadow found.

        Args:
            caller: Whose turn.
            at: Unix time in seconds.
            fate: What was done, after it was decided.
            codes: The findings, such as ``promise:refund``; nothing of the text. Never raises.
        """
        ...


__all__ = ["InputGuard", "Journal"]
