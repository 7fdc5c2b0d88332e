"""Which pages served, and which questions none covered: counts of nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PageTurn:
    """What one reply drew on."""

    recalled: tuple[str, ...] = ()
    """Ids of the pages that the answer could draw on, each once."""
    cited: tuple[str, ...] = ()
    """Ids of the pages that the reply cites as it was sent, each once."""
    uncovered: str | None = None
    """Name of the intent of a question that no page covered, empty where no intent was recognised; None: none was."""


class PageUse(Protocol):
    """Counts the pages that served."""

    async def note(self, tenant: str, turn: PageTurn) -> None:
        """Count one reply of a tenant's. Never raises."""
        ...


class NoPageUse:
    """Counts nothing."""

    async def note(self, tenant: str, turn: PageTurn) -> None:
        """See :class:`PageUse`."""


__all__ = ["NoPageUse", "PageTurn", "PageUse"]
