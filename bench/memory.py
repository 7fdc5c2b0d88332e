"""What long-term memory costs a turn: ``python bench/memory.py`` (a Redis of its own; no model, no network).

    python bench/memory.py --sizes 1000,20000,100000 --rounds 400 --json figures.json

Per size of the store, milliseconds p50 and p99 of ``search`` (on the way of a turn) and of ``learn`` (after it), with
vectors of 384 components and without, for customers as in life (3 to 40 memories each) and for one who is full
(``memory.kept``). Beside them a plain round trip to the same Redis in the same run, bytes per memory in Redis, and
what the parts of a search take where the customer is full. The embedder is a table: what a model takes is not in it.

    python bench/memory.py --turns 500      whole turns: one after 500 through a first one, learning included
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from redis.asyncio import Redis

from frontdesk import Desk, Principal, Settings, open_desk
from frontdesk.desk.config import Purpose
from frontdesk.desk.remembering import Memory as Rules
from frontdesk.graph.memories import Note
from frontdesk.graph.persistence.embedded import EmbeddedRedis
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.finding import found

WIDTH = 384
DAY = 86_400
WORDS = (
    "oak", "sofa", "lamp", "delivery", "morning", "shoes", "vegetarian", "Leeds", "garden", "stairs", "lift", "blue",
    "velvet", "invoice", "company", "dog", "cat", "children", "allergy", "nickel", "neighbour", "letterbox", "discount",
)  # fmt: skip
FULL = Principal("C-full", "shop")


class Table:
    """Vectors as wide as MiniLM's, the same for the same text, at no cost worth naming."""

    def digest(self) -> str:
        return "table"

    def expect(self, width: int) -> None:
        return

    async def embed(self, text: str) -> np.ndarray:
        vector = np.random.default_rng(abs(hash(text)) % 2**32).standard_normal(WIDTH).astype(np.float32)
        return vector / np.linalg.norm(vector)

    async def embed_many(self, texts: Sequence[str], *, seconds: float | None = None) -> np.ndarray:
        return np.stack([await self.embed(text) for text in texts])


def some_note(dice: random.Random, key: int) -> Note:
    text = f"likes {' '.join(dice.sample(WORDS, 5))}"
    return Note(kind="fact", about=f"taste.k{key}", text=text, confidence=0.8, source="customer")


@dataclass(frozen=True)
class Work:
    """What is timed: whose turn it is, and what they ask."""

    archive: RedisArchive
    dice: random.Random
    asked: Sequence[str]
    chosen: Sequence[Principal]

    async def search(self, number: int) -> object:
        return await self.archive.search(self.chosen[number], self.asked[number], thread_id="other")

    async def learn(self, number: int) -> object:
        return await self.archive.learn(
            self.chosen[number], "n", number, [some_note(self.dice, self.dice.randrange(40))]
        )

    async def search_full(self, number: int) -> object:
        return await self.archive.search(FULL, self.asked[number], thread_id="other")

    async def learn_full(self, number: int) -> object:
        return await self.archive.learn(FULL, "n", number, [some_note(self.dice, self.dice.randrange(250))])


async def timed(work: Callable[[int], Awaitable[object]], rounds: int) -> dict[str, float]:
    """Milliseconds, p50 and p99, and p50 of this process's own time, which other work on the machine leaves alone."""
    taken, own = [], []
    for number in range(rounds):
        began, cpu = time.perf_counter(), time.process_time()
        await work(number)
        own.append((time.process_time() - cpu) * 1000)
        taken.append((time.perf_counter() - began) * 1000)
    return {**quantiles(taken), "cpu": quantiles(own)["p50"]}


def quantiles(taken: Sequence[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {"p50": round(ordered[len(ordered) // 2], 3), "p99": round(ordered[int(len(ordered) * 0.99)], 3)}


async def filled(archive: RedisArchive, people: list[Principal], size: int, dice: random.Random) -> list[Principal]:
    """Add customers until the store holds ``size`` memories."""
    count = sum([len(await archive.held(who)) for who in people])
    while count < size:
        batch = [(Principal(f"C-{len(people) + n}", "shop"), dice.randint(3, 40)) for n in range(20)]
        notes = [[some_note(dice, key) for key in range(many)] for _, many in batch]
        # eight at a time, as `learn` takes them from a turn; the whole of a customer at once is the same to Redis
        await asyncio.gather(*(archive.learn(who, "t", 1, each) for (who, _), each in zip(batch, notes, strict=True)))
        people += [who for who, _ in batch]
        count += sum(map(len, notes))
    return people


async def memory_bytes(client: Redis, archive: RedisArchive, people: Sequence[Principal]) -> float:
    """Bytes per memory in Redis, hash and order together, over some customers."""
    total, count = 0, 0
    for who in people:
        key = archive.shelf._stem(who) + "memories"  # type: ignore[attr-defined]
        total += sum([int(await client.memory_usage(name, samples=0) or 0) for name in (key, f"{key}:order")])
        count += int(await client.hlen(key))
    return round(total / max(count, 1))


async def measured(client: Redis, sizes: Sequence[int], rounds: int, *, vectors: bool) -> dict[str, Any]:
    """All figures with or without vectors."""
    await client.flushall()
    dice, sealer, rules = random.Random(6), Sealer.generate(), Rules()
    consents = RedisConsents(client, sealer, {"memory": Purpose(default="granted")}, DAY)
    archive = RedisArchive(client, sealer, DAY, consents, rules=rules)
    archive.embedder = Table() if vectors else None
    for start in range(0, rules.kept, 30):
        await archive.learn(FULL, "t", 1, [some_note(dice, start + n) for n in range(30)])
    people: list[Principal] = []
    figures: dict[str, Any] = {}
    for size in sizes:
        people = await filled(archive, people, size, dice)
        asked = [f"do you have {' '.join(dice.sample(WORDS, 3))}" for _ in range(rounds)]
        chosen = [dice.choice(people) for _ in range(rounds)]

        work = Work(archive, dice, asked, chosen)
        figures[str(size)] = {
            "customers": len(people),
            "round_trip": await timed(lambda _: client.ping(), rounds),
            "search": await timed(work.search, rounds),
            "search_full": await timed(work.search_full, rounds // 4),
            "learn": await timed(work.learn, rounds),
            "learn_full": await timed(work.learn_full, rounds // 4),
            "bytes": await memory_bytes(client, archive, people[:200]),
        }
    held = await archive.shelf.read(FULL)
    vector = await archive.embedder.embed("x") if archive.embedder else None

    async def read(_: int) -> object:
        return await archive.shelf.read(FULL)

    async def rank(number: int) -> object:
        return found(held.items.values(), asked[number], vector=vector, digest="table", now=time.time())

    parts = {"read_and_open": await timed(read, rounds // 4), "rank": await timed(rank, rounds // 4)}
    return {"sizes": figures, "full_has": len(held.items), "parts_full": parts}


async def growth(home: Path, turns: int) -> dict[str, Any]:
    """Whole turns with something to learn in every third: those after ``turns`` through a first one."""
    desk = Desk.load("retail")
    assert desk.config.demo is not None
    who = Principal(desk.config.demo.subject, desk.config.name, frozenset(desk.config.demo.scopes))
    towns = ("Leeds", "York", "Hull", "Bath", "Derby", "Ely")
    settings = Settings(home=home, redis="auto", redis_url=None, model="keyless")

    async with open_desk(desk, settings) as frontdesk:

        async def turn(thread: str, number: int) -> float:
            told = f"I live in {towns[number // 3 % 6]} now. How much does delivery cost?"
            rest = ("What are your opening hours?", "How many days do I have to send something back?")
            began = time.perf_counter()
            await frontdesk.chat((told, *rest)[number % 3], thread_id=thread, principal=who)
            await frontdesk.deps.later.drain()  # type: ignore[attr-defined]
            return (time.perf_counter() - began) * 1000

        for number in range(turns):
            await turn("long", number)
        pairs = []
        for number in range(turns, turns + 30):
            # a young conversation beside the long one, so that what the machine does meanwhile falls on both
            pairs.append((await turn(f"young-{number}", number), await turn("long", number)))
        held = len(await frontdesk.stores.archive.held(who))
    young, old = (round(statistics.median(side), 2) for side in zip(*pairs, strict=True))
    ratio = statistics.median(last / first for first, last in pairs)
    return {"turns": turns, "first_ms": young, "last_ms": old, "growth": round(ratio, 2), "memories": held}


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """Measure what was asked for."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-memory-") as home:
        if given.turns:
            return await growth(Path(home), given.turns)
        server = EmbeddedRedis(Path(home))
        client = Redis.from_url(server.url)
        try:
            figures = {
                "without vectors": await measured(client, given.sizes, given.rounds, vectors=False),
                "with vectors": await measured(client, given.sizes, given.rounds, vectors=True),
            }
        finally:
            await client.aclose()
            server.close()
    return {"cpus": os.cpu_count(), "load": round(os.getloadavg()[0], 2), **figures}


def main() -> None:
    parser = argparse.ArgumentParser(description="Cost of long-term memory.")
    parser.add_argument(
        "--sizes", default="1000,20000,100000", type=lambda text: [int(part) for part in text.split(",")]
    )
    parser.add_argument("--rounds", default=400, type=int)
    parser.add_argument("--turns", default=0, type=int, help="instead: whole turns, this many in one conversation")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    text = json.dumps(asyncio.run(run(given)), indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
