"""What is measured beside the turns: what Redis is asked and holds, and what an import costs."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis

IMPORTS = {
    "bare interpreter": "pass",
    "import frontdesk": "import frontdesk",
    "from frontdesk import open_desk": "from frontdesk import open_desk",
}
_PROBE = """
import json, pathlib, resource, sys, time
began = time.perf_counter()
{code}
ms = (time.perf_counter() - began) * 1000
status = pathlib.Path("/proc/self/status")
if status.exists():  # ru_maxrss would still hold the peak of the process that forked this one
    peak = next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([ms, peak / 1e6]))
"""


def import_costs(repeats: int) -> dict[str, dict[str, float]]:
    """Return the median time (``ms``) and peak memory (``mb``) of each import, in fresh interpreters."""
    costs = {}
    for name, code in IMPORTS.items():
        runs = []
        for _ in range(repeats):
            done = subprocess.run(
                [sys.executable, "-c", _PROBE.format(code=code)], capture_output=True, text=True, check=True
            )
            runs.append(json.loads(done.stdout))
        ms, mb = (statistics.median(column) for column in zip(*runs, strict=True))
        costs[name] = {"ms": round(ms, 1), "mb": round(mb, 1)}
    return costs


async def redis_work(client: Redis, turns: int, work: Callable[[], Awaitable[None]]) -> dict[str, Any]:
    """Return what ``work``, so many turns long, asked of a Redis that nobody else uses, per turn.

    ``round_trips`` counts the server's reads from sockets: a pipeline that comes in one piece counts once.
    ``commands`` counts those inside scripts and transactions too.
    """
    before = await client.info("everything")
    await work()
    after = await client.info("everything")
    calls = Counter({name: stats["calls"] for name, stats in after.items() if name.startswith("cmdstat_")})
    calls.subtract({name: stats["calls"] for name, stats in before.items() if name.startswith("cmdstat_")})
    del calls["cmdstat_info"]
    # one read is the second INFO's own
    reads = after["total_reads_processed"] - before["total_reads_processed"] - 1
    per_turn = {name.removeprefix("cmdstat_"): round(count / turns, 2) for name, count in calls.most_common() if count}
    return {"round_trips": round(reads / turns, 1), "commands": round(sum(per_turn.values()), 1), "by_name": per_turn}


async def thread_size(client: Redis, thread: str) -> dict[str, Any]:
    """Return how many keys Redis holds for a thread and their bytes, by what they are for."""
    sizes: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    async for key in client.scan_iter(match=f"*{thread}*", count=1000):
        name = key.decode()
        kind = name.split(":")[1] if "{" not in name.split(":")[1] else name.split(":")[2]
        keys[kind] += 1
        sizes[kind] += int(await client.memory_usage(key, samples=0) or 0)
    return {"keys": sum(keys.values()), "bytes": sum(sizes.values()), "by_kind": dict(sizes)}
