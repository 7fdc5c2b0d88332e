"""Which entries of streams a legal hold keeps: a stream has one time for all, so a sweep must leave them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from redis.asyncio import Redis

from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.sealer import Sealer

TICKET = "fd:ticket:"


class HeldEntries:
    """The entries of everybody under a hold, by the pseudonyms that stand in them."""

    def __init__(self, client: Redis, sealer: Sealer, people: Iterable[Principal], threads: Iterable[str]) -> None:
        """Take who is held, and the ids of their threads."""
        self._client = client
        self._people = {(sealer.pseudonym(person.subject), person.tenant) for person in people}
        self._threads = {sealer.pseudonym(thread) for thread in threads}

    async def keeps(self, fields: Mapping[str, str]) -> bool:
        """Tell whether a stream's entry must stay: an audit record of a held person, an announcement of their ticket.

        A ticket under a hold is known by its record, which has no time to live then.
        """
        if not self._people:
            return False
        if (fields.get("subject", ""), fields.get("tenant", "")) in self._people:
            return True
        if fields.get("thread") in self._threads:
            return True
        ticket = fields.get("ticket")
        return bool(ticket) and await self._client.ttl(f"{TICKET}{ticket}") == -1
