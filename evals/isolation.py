"""Whether one customer's memories ever reach another: names made to be mistaken for each other, on a real Redis.

    python -m frontdesk.evals.isolation                       1,000 customers, 10,000 queries, embedded Redis
    python -m frontdesk.evals.isolation --customers 50 --queries 500 --seed 7

Prints one JSON object. ``foreign`` must be 0; ``own`` says how many queries for a customer's own word found it, so that
an archive that finds nothing would not pass. Leaves with 1 where either is not as it must be.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Final

from redis.asyncio import Redis

from frontdesk.desk.config import Purpose
from frontdesk.graph.identity import Principal
from frontdesk.graph.memories import Memory, Note
from frontdesk.graph.persistence.embedded import EmbeddedRedis
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.longterm import LongMemory

DAY = 86_400
AT_ONCE = 50
"""Customers, or queries, that are under way at the same time."""
_TENANTS: Final = ("shop", "Shop", "sho", "shop2", "shop:eu", "shop ", "sh*p", "")
_TWISTS: Final[Sequence[Callable[[str], str]]] = (
    lambda name: name,
    str.upper,
    str.title,
    lambda name: name + "1",
    lambda name: name[:-1],
    lambda name: f" {name}",
    lambda name: f"{name} ",
    lambda name: f"{name}\t",
    lambda name: f"{name}\n",
    lambda name: f"{name}\x00",
    lambda name: f"{name}*",
    lambda name: "?" + name[1:],
    lambda name: f"[{name[0]}]{name[1:]}",
    lambda name: name.replace("-", ":"),
    lambda name: name.replace("-", "/"),
    lambda name: name.replace("-", ","),
    lambda name: name.replace("-", "|"),
    lambda name: name.replace("-", "_"),
    lambda name: name.replace("-", "\u2010"),
    lambda name: f"{{{name}}}",
    lambda name: f"{name}}}:memories",
    lambda name: f'{name}","shop',
    lambda name: f"{name}\u200b",
    lambda name: f"{name}é",
    lambda name: unicodedata.normalize("NFD", f"{name}é"),
    lambda name: f"{name}\ufb01",
    lambda name: f"{name}fi",
    lambda name: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in name),
    lambda name: name.replace("c", "\u0441"),
    lambda name: f"{name}\ud800",
)


@dataclass(frozen=True, slots=True)
class Isolation:
    """What was seen."""

    customers: int
    queries: int
    returned: int
    """Memories that came back."""
    foreign: int
    """Memories of somebody else among them."""
    own: float
    """Share of the queries for a customer's own word that found it."""
    held: int
    """Customers whose list of what is held is exactly their own."""


def lookalikes(most: int) -> list[Principal]:
    """Return different customers whose ids and tenants are easily taken for one another."""
    seen: dict[Principal, None] = {}
    for who in _names():
        seen[who] = None
        if len(seen) == most:
            break
    return list(seen)


def _names() -> Iterator[Principal]:
    for number in count():
        name = f"c-{number // 10}{number}"
        # one string, cut in all ways: `a` + `bc` and `ab` + `c`
        yield from (Principal(f"{name}shop"[cut:], f"{name}shop"[:cut]) for cut in range(1, len(name) + 3))
        for twist in _TWISTS:
            yield from (Principal(twist(name), tenant) for tenant in _TENANTS)


async def measured(archive: LongMemory, customers: int, queries: int, seed: int) -> Isolation:
    """Give every customer two memories and an episode, then have them ask for their own and for others' words.

    Args:
        archive: Empty.
        customers: How many.
        queries: How many searches; every second one is for somebody else's word.
        seed: Of the choice.
    """
    people = lookalikes(customers)
    await _in_batches([_learn(archive, who, _word(place)) for place, who in enumerate(people)])
    dice = random.Random(seed)  # noqa: S311 - a choice of what to ask, to be repeated
    asked = [(dice.randrange(len(people)), dice.randrange(len(people))) for _ in range(queries)]
    wanted = [(who, who if place % 2 else other) for place, (who, other) in enumerate(asked)]
    found = await _in_batches([archive.search(people[who], _query(other), limit=10) for who, other in wanted])
    foreign = sum(
        _word(who) not in memory["text"] for (who, _), hits in zip(wanted, found, strict=True) for memory in hits
    )
    mine = [len(hits) == 3 for (who, other), hits in zip(wanted, found, strict=True) if who == other]
    lists = await _in_batches([archive.held(who) for who in people])
    exact = sum(
        len(held) == 3 and all(_word(place) in memory["text"] for memory in held) for place, held in enumerate(lists)
    )
    return Isolation(
        len(people), queries, sum(map(len, found)), foreign, round(sum(mine) / max(1, len(mine)), 4), exact
    )


async def _learn(archive: LongMemory, who: Principal, word: str) -> list[Memory]:
    taste = Note(kind="preference", about="taste.wood", text=f"likes {word} oak", confidence=0.9, source="customer")
    size = Note(kind="fact", about="size.shoe", text=f"wears {word} shoes", confidence=0.9, source="customer")
    # the same thread for everybody: an id that leaks must not help
    await archive.learn(who, "t1", 1, [taste, size])
    await archive.add(who, "t1", f"2026-01-31: asked for a {word} lamp")
    return []


async def _in_batches(work: Sequence[object]) -> list[list[Memory]]:
    done: list[list[Memory]] = []
    for start in range(0, len(work), AT_ONCE):
        done += await asyncio.gather(*work[start : start + AT_ONCE])  # type: ignore[call-overload]
    return done


def _word(place: int) -> str:
    return f"q{place:05d}x"


def _query(place: int) -> str:
    return f"oak shoes and a lamp, {_word(place)}"


async def run(customers: int, queries: int, seed: int) -> Isolation:
    """Measure on a Redis of its own."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-isolation-") as home:
        server = EmbeddedRedis(Path(home))
        client, sealer = Redis.from_url(server.url), Sealer.generate()
        try:
            consents = RedisConsents(client, sealer, {"memory": Purpose(default="granted")}, DAY)
            return await measured(RedisArchive(client, sealer, DAY, consents), customers, queries, seed)
        finally:
            await client.aclose()
            server.close()


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description="Foreign memories among lookalike customers; must be none.")
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args()
    seen = asyncio.run(run(given.customers, given.queries, given.seed))
    sys.stdout.write(json.dumps(asdict(seen)) + "\n")
    sys.exit(0 if seen.foreign == 0 and seen.own == 1.0 and seen.held == seen.customers else 1)


if __name__ == "__main__":
    main()
