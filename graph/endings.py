"""How requests ended: what the history of an intent is made of. Counts of nobody in particular."""

from __future__ import annotations

from typing import Literal, Protocol, get_args

Ending = Literal["settled", "handed", "dropped"]
"""settled: answered or done; handed: a person took over; dropped: the customer gave up, or got no answer."""
ENDINGS: tuple[Ending, ...] = get_args(Ending)


class Outcomes(Protocol):
    """Counts how the requests of each intent ended."""

    async def share(self, tenant: str, intent: str) -> float:
        """Return the smoothed share of settled requests, 0 to 1. Never raises and never takes long.

        What is not known, or cannot be read, counts as settled most of the time.
        """
        ...

    async def note(self, tenant: str, intent: str, ending: Ending, *, instead: Ending | None = None) -> None:
        """Count a request. Never raises.

        Args:
            tenant: Of the desk.
            intent: By name.
            ending: How it ended.
            instead: As what the same request was counted before.
        """
        ...


class NoOutcomes:
    """Knows nothing and counts nothing: every intent counts as settled."""

    async def share(self, tenant: str, intent: str) -> float:
        """See :class:`Outcomes`."""
        return 1.0

    async def note(self, tenant: str, intent: str, ending: Ending, *, instead: Ending | None = None) -> None:
        """See :class:`Outcomes`."""


__all__ = ["ENDINGS", "Ending", "NoOutcomes", "Outcomes"]
