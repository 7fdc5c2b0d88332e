"""What the answer cache costs and saves: ``python bench/cache.py`` (a Redis of its own; no model, no network).

Milliseconds, p50 and p99, of a look that hits, one that misses, keeping, and the comparison of two questions; beside
them the call of a model that a hit saves, as the traces of the deployment have it.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np

from frontdesk.desk.load import Desk
from frontdesk.desk.routing import Cache
from frontdesk.evals.cache.world import NOON, World
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.cached.cache import DeskAnswers
from frontdesk.nodes.cached.plain import normal
from frontdesk.nodes.cached.shape import difference, shape_of
from frontdesk.nodes.cached.store import RedisAnswers
from frontdesk.nodes.cached.vocabulary import vocabulary

ROUNDS = 500
WIDTH = 384


class Random:
    """Vectors as wide as MiniLM's, the same for the same text."""

    async def embed(self, text: str) -> np.ndarray:
        return np.random.default_rng(abs(hash(text)) % 2**32).standard_normal(WIDTH).astype(np.float32)


async def timed(work: Callable[[int], Awaitable[object]]) -> dict[str, float]:
    taken = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        await work(number)
        taken.append((time.perf_counter() - began) * 1000)
    return {"ms_p50": round(float(np.percentile(taken, 50)), 3), "ms_p99": round(float(np.percentile(taken, 99)), 3)}


async def main() -> None:
    desk = Desk.load("retail")
    world = World(desk)
    figures: dict[str, object] = {"rounds": ROUNDS}
    with tempfile.TemporaryDirectory() as home:
        async with connect(None, "auto", Path(home)) as found:
            assert found.client is not None
            store = RedisAnswers(found.client, Sealer.generate(), "bench", 600, 5000, lambda: NOON)
            cache = DeskAnswers(store, Cache(), vocabulary(desk), Random(), lambda: NOON)
            asked = [world.asked(f"how long is the warranty on {number} lamps") for number in range(ROUNDS)]
            figures["keep"] = await timed(lambda n: cache.keep(asked[n], "Two years [warranty].", ["warranty"]))
            figures["hit_exact"] = await timed(lambda n: cache.look(asked[n]))
            others = [world.asked(f"how long is the warranty on {number} sofas") for number in range(ROUNDS)]
            figures["miss_near"] = await timed(lambda n: cache.look(others[n]))
    one, other = normal("how long is the warranty on lamps?"), normal("could you tell me how long the guarantee is")

    async def compared(number: int) -> object:
        return difference(shape_of(one), shape_of(other))

    async def placed(number: int) -> object:
        return world.asked("how long is the warranty on lamps?")

    figures["compare"], figures["partition"] = await timed(compared), await timed(placed)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    asyncio.run(main())
