"""What erasure and holds leave in the audit: codes and counts, nobody's pseudonym."""

from __future__ import annotations

import json
from collections.abc import Mapping

from redis.asyncio import Redis

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.appending import RedisChain


class Trail:
    """Appends to the audit's chain."""

    def __init__(self, client: Redis, sealer: Sealer) -> None:
        """Take a client, and the sealer that makes the digests."""
        self._chain = RedisChain(client, sealer)
        self._sealer = sealer

    async def hold(self, tenant: str, at: float, decision: str, code: str, case: str) -> None:
        """Write down that a hold was set or lifted, by the digest of its case: whose it was, an erasure must forget."""
        digest = self._sealer.pseudonym("case:" + case)
        line = {"at": f"{at:.3f}", "decision": decision, "reason": code, "tenant": tenant, "case": digest}
        await self._chain.append(line)

    async def erasure(self, tenant: str, at: float, receipt: str, outcome: str, counts: Mapping[str, int]) -> None:
        """Write down an erasure by its receipt's id, of nobody in particular: this entry stays."""
        line = {"at": f"{at:.3f}", "decision": "erasure", "reason": outcome, "tenant": tenant}
        await self._chain.append({**line, "receipt": receipt, "removed": json.dumps(dict(counts), sort_keys=True)})
