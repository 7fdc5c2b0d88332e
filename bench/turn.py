"""Time per turn, by stage, and against the same graph without a checkpointer.

    python bench/turn.py                          model role served by a loopback OpenAI server at 0 ms
    python bench/turn.py --model keyless          by the keyless model
    python bench/turn.py --json figures.json      the figures as data, too

Redis is the embedded one, in a temporary folder. Three sides are measured with the same message:

* stateful: ``FrontDesk.chat`` with a thread, on Redis: lock, inbox, vault, checkpointer, archive, everything;
* graph: the same compiled graph given the same state of the conversation, with no checkpointer, its collaborators in
  memory. The aim is stated against this one;
* stateless: ``FrontDesk.chat`` with ``thread_id=None``: no history at all.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import beside, report
from bench.pairs import MESSAGES, Bench, Sample, bare_graph
from frontdesk import Desk, FrontDesk, Principal, Settings, open_desk


@contextmanager
def loopback() -> Iterator[str]:
    """Run the loopback model in a process of its own; its URL."""
    command = [sys.executable, str(Path(__file__).with_name("loopback.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


async def conversation(bench: Bench, number: int, points: Sequence[int]) -> list[Sample]:
    """Measure one conversation; ``points`` ascend. Every message gets a first turn of its own where 1 is asked for."""
    samples: list[Sample] = []
    thread, turns = f"bench-{number}", 0
    for point in points:
        if point == 1:
            for message in range(len(MESSAGES)):
                samples += await bench.three(f"{thread}-first-{message}", number, point, message)
            continue
        # each conversation takes another way, so that what happens every few turns does not always meet one message
        await bench.fill(thread, max(0, point - 1 - turns), turns + number)
        turns = max(turns, point - 1)
        for message in range(len(MESSAGES)):
            samples += await bench.three(thread, number, point, message)
        turns += len(MESSAGES)
    return samples


async def redis_figures(bench: Bench, points: Sequence[int]) -> dict[str, Any]:
    """Return what Redis is asked and holds at each point, from a conversation that is not timed."""
    client = bench.desk.stores.client
    assert client is not None
    figures: dict[str, Any] = {}
    turns, count = 0, len(MESSAGES)
    for point in points:
        await bench.fill("redis", max(0, point - turns), turns)
        size = await beside.thread_size(client, await bench.thread_of("redis"))
        work = await beside.redis_work(client, count, partial(_six, bench, point))
        figures[str(point)] = {**work, **size}
        turns = max(turns, point) + (0 if point == 1 else count)
    return figures


async def _six(bench: Bench, point: int) -> None:
    """Six turns: the first ones of six conversations for point 1, the next ones of the long conversation otherwise."""
    for number in range(len(MESSAGES)):
        await bench.fill(f"redis-{number}" if point == 1 else "redis", 1, number)


async def measure(options: argparse.Namespace, home: Path, base_url: str | None) -> dict[str, Any]:
    """Run everything; returns the figures."""
    desk = Desk.load("retail")
    assert desk.config.demo is not None
    who = Principal(desk.config.demo.subject, desk.config.name, frozenset(desk.config.demo.scopes))
    model = "openai:loopback" if base_url else "keyless"
    settings = Settings(home=home, redis="auto", redis_url=None, model=model, base_url=base_url)
    in_memory = settings.model_copy(update={"redis": "memory"})
    async with open_desk(desk, settings) as on_redis, open_desk(desk, in_memory) as memory:
        bench = Bench(on_redis, bare_graph(memory), who)
        for number in range(2):  # imports, caches and connections
            await conversation(bench, -1 - number, (1,))
        samples: list[Sample] = []
        for number in range(options.repeats):
            samples += await conversation(bench, number, options.turns)
        redis = await redis_figures(bench, options.turns)
        machine = await _machine(on_redis)
    figures: dict[str, Any] = {
        "machine": machine,
        "options": {"model": options.model, "turns": list(options.turns), "repeats": options.repeats},
        "samples": options.repeats * len(MESSAGES),
        "points": report.by_point(samples),
        "growth": report.growth(samples),
        "redis": redis,
        "imports": await asyncio.to_thread(beside.import_costs, options.imports),
    }
    return {**figures, "aims": report.aims(figures)}


async def _machine(desk: FrontDesk) -> dict[str, Any]:
    assert desk.stores.client is not None
    info = await desk.stores.client.info("server")
    return {
        "cpus": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "redis": info["redis_version"],
    }


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time per turn, by stage, with and without Redis.")
    parser.add_argument("--turns", default="1,10,100", type=_numbers, help="turns at which is measured: 1,10,100")
    parser.add_argument("--repeats", default=6, type=int, help="conversations; each gives six turns per cell")
    parser.add_argument("--imports", default=7, type=int, help="interpreters started per import")
    parser.add_argument("--model", default="loopback", choices=("loopback", "keyless"))
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    return parser.parse_args(arguments)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(part) for part in text.split(",")}))


def main() -> None:
    given = options()
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as home:
        if given.model == "loopback":
            with loopback() as url:
                figures = asyncio.run(measure(given, Path(home), url))
        else:
            figures = asyncio.run(measure(given, Path(home), None))
    print("\n".join(report.lines(figures)))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
