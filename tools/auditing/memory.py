"""The same chain without Redis: ``FRONTDESK_REDIS=memory`` and tests."""

from __future__ import annotations

from collections.abc import Callable

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.chain import Body, Link, Macs, Mark, chained
from frontdesk.tools.auditing.verifying import Told, verify


class MemoryChain:
    """A chain in a list; the oldest go, up to a sealed base."""

    def __init__(self, sealer: Sealer, limit: int) -> None:
        """Take what makes pseudonyms and proofs, and how many records to keep."""
        self.macs = Macs(sealer)
        self._limit = limit
        self.links: list[Link] = []
        self.base: Mark | None = None
        self.head: Mark | None = None

    def append(self, *bodies: Body) -> None:
        """Append records."""
        if not bodies:
            return
        self.links += chained(self.macs, self.head or Mark(), bodies)
        self.head = self.macs.mark("head", self.links[-1].seq, self.links[-1].hash)
        if len(self.links) > self._limit:
            cut = self.links[-self._limit - 1]
            self.base = self.macs.mark("base", cut.seq, cut.hash)
            del self.links[: -self._limit]

    def bury(self, theirs: Callable[[Body], bool], why: str) -> int:
        """Take the bodies of some records; return how many went."""
        gone = 0
        for place, link in enumerate(self.links):
            if link.body is not None and theirs(link.body):
                self.links[place] = self.macs.buried(link, why)
                gone += 1
        return gone

    def verify(self, anchor: Mark | None = None) -> Told:
        """Check the chain."""
        return verify(self.links, self.macs, self.base, self.head, anchor)
