"""What the stores without Redis do for an erasure."""

from __future__ import annotations

from collections.abc import Callable, Collection, MutableMapping
from typing import Any, Protocol, TypeVar

from frontdesk.graph.identity import Principal

Key = TypeVar("Key")


class Forgetful(Protocol):
    """A store in this process that holds personal data."""

    def forget(self, principal: Principal | None, threads: Collection[str]) -> int:
        """Drop everything of a person and of threads; return how many entries went.

        Args:
            principal: Whose data goes as a whole; None where only ``threads`` are meant.
            threads: Server-made ids.
        """
        ...


def drop(held: MutableMapping[Key, Any], doomed: Callable[[Key], bool]) -> int:
    """Delete the entries whose key is doomed; return how many."""
    gone = [key for key in held if doomed(key)]
    for key in gone:
        del held[key]
    return len(gone)
