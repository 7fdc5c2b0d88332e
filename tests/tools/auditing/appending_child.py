"""Appends records to the chain until it is done, or killed: ``appending_child.py URL NUMBER``."""

from __future__ import annotations

import asyncio
import sys

from redis.asyncio import Redis

from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.auditing.appending import RedisChain


async def main(url: str, number: int) -> None:
    async with Redis.from_url(url) as client:
        chain = RedisChain(client, Sealer([b"\x07" * 32]))
        print("ready", flush=True)
        for start in range(0, number, 10):
            await asyncio.gather(*(chain.append({"at": "1.0", "reason": f"{start + n}"}) for n in range(10)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
