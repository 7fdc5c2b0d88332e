"""What the audit's chain costs: ``python bench/audit.py [--records N]`` (a Redis of its own on a Unix socket).

Milliseconds per append, p50 and p99, with 1, 4 and 16 writers in one process, and with 4 processes at once; beside them
a plain XADD of the same fields without a chain. Then records per second that are verified and exported, and the growth
of the process meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.tools.audit import Record, RedisAudit
from frontdesk.tools.auditing.appending import RedisChain
from frontdesk.tools.auditing.bodies import of_call
from frontdesk.tools.auditing.chain import Macs
from frontdesk.tools.auditing.exporting import Wanted, export
from frontdesk.tools.auditing.walking import check
from frontdesk.tools.ledger import CallId

SEALER = Sealer([b"b" * 32])
CALL = CallId(Caller(Principal("C-1042", "retail"), "0" * 32, "turn"), "turn", "cancel_order", '{"order_id":"10482"}')
RECORD = Record(1_800_000_000.0, CALL, "done", "", result='{"order_id":"10482"}')
BODY = of_call(SEALER, RECORD.at, CALL, "done", "", "", RECORD.result)


def figures(taken: list[float]) -> dict[str, float]:
    taken = sorted(taken)
    return {"ms_p50": round(taken[len(taken) // 2] * 1000, 3), "ms_p99": round(taken[len(taken) * 99 // 100] * 1000, 3)}


async def writers(client: Redis, number: int, rounds: int) -> dict[str, float]:
    """So many tasks that append one record after the other."""
    audit, taken = RedisAudit(client, SEALER), []

    async def write() -> None:
        for _ in range(rounds // number):
            began = time.perf_counter()
            await audit.record(RECORD)
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(number)))
    return {**figures(taken), "appends_per_s": round(len(taken) / (time.perf_counter() - began))}


async def plain(client: Redis, rounds: int) -> dict[str, float]:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        await client.xadd("plain", dict(BODY))  # type: ignore[arg-type]
        taken.append(time.perf_counter() - began)
    await client.delete("plain")
    return figures(taken)


async def processes(url: str, number: int, rounds: int) -> dict[str, Any]:
    """So many processes with one writer each; the slowest figures of them."""
    command = (sys.executable, __file__, "--child", url, "--rounds", str(rounds))
    running = [await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE) for _ in range(number)]
    said = [json.loads((await each.communicate())[0]) for each in running]
    return {name: max(each[name] for each in said) for name in ("ms_p50", "ms_p99")}


async def reading(client: Redis, records: int) -> dict[str, Any]:
    chain = RedisChain(client, SEALER)
    for start in range(0, records, 5000):
        await chain.append(*[BODY] * min(5000, records - start))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    told = await check(client, Macs(SEALER))
    verified = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert told.fault is None
    began = time.perf_counter()
    lines = [None async for _ in export(client, SEALER, Wanted(), 1.0)]
    exported = time.perf_counter() - began
    info = await client.memory_usage("fd:audit")
    return {
        "records": told.records, "verified_per_s": round(told.records / verified), "grown_mb": round(grown / 1024, 1),
        "exported_per_s": round(len(lines) / exported), "bytes_per_record": round((info or 0) / told.records),
    }  # fmt: skip


async def main(records: int, rounds: int) -> None:
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as home:
        async with connect(None, "auto", Path(home)) as opened:
            assert opened.client is not None
            client = opened.client
            found["plain_xadd"] = await plain(client, rounds)
            for number in (1, 4, 16):
                found[f"writers_{number}"] = await writers(client, number, rounds)
            path = client.connection_pool.connection_kwargs.get("path", "")
            if path:
                found["processes_4"] = await processes(f"unix://{path}", 4, rounds)
            found["reading"] = await reading(client, records)
    print(json.dumps(found, indent=1))


async def child(url: str, rounds: int) -> None:
    async with Redis.from_url(url) as client:
        print(json.dumps(await writers(client, 1, rounds)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--child", default="")
    asked = parser.parse_args()
    asyncio.run(child(asked.child, asked.rounds) if asked.child else main(asked.records, asked.rounds))
