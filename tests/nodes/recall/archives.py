"""Archives, notes and embedders for the tests of long-term memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose
from frontdesk.desk.remembering import Memory as Rules
from frontdesk.errors import ModelError
from frontdesk.graph.identity import Principal
from frontdesk.graph.memories import Note
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.memory import MemoryArchive

ANNA = Principal("C-1", "shop")
BERT = Principal("C-2", "shop")
NOBODY = Principal(tenant="shop")
OPT_OUT = {"memory": Purpose(default="granted")}
HOUR, DAY = 3600.0, 86_400.0
Make = Callable[..., Any]


class Clock:
    """Seconds that pass when told to, and a little at each look."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        self.now += 0.01
        return self.now


class Words:
    """An embedder: the more first letters of words two texts share, the nearer they are. ``broken``: none to be had."""

    def __init__(self, width: int = 26, *, broken: bool = False, name: str = "letters") -> None:
        self.width, self.broken, self.name, self.asked = width, broken, name, list[str]()

    def digest(self) -> str:
        return self.name

    def expect(self, width: int) -> None:
        self.width = width

    async def embed(self, text: str) -> NDArray[np.float32]:
        return np.asarray((await self.embed_many([text]))[0], dtype=np.float32)

    async def embed_many(self, texts: Sequence[str], *, seconds: float | None = None) -> NDArray[np.float32]:
        if self.broken:
            raise ModelError("timeout")
        self.asked += texts
        vectors = np.full((len(texts), self.width), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                vectors[row, ord(word[0]) % self.width] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def in_memory(clock: Clock, rules: Rules | None = None, consents: MemoryConsents | None = None) -> MemoryArchive:
    """An archive without Redis that keeps a preference for a day."""
    return MemoryArchive(consents or MemoryConsents(OPT_OUT), clock, rules=rules, memory_seconds=DAY)


def on_redis(client: Redis, clock: Clock, rules: Rules | None = None, sealer: Sealer | None = None) -> RedisArchive:
    """An archive on Redis that keeps an episode for an hour and a preference for a day."""
    sealer = sealer or Sealer.generate()
    consents = RedisConsents(client, sealer, OPT_OUT, int(7 * DAY), clock)
    return RedisArchive(client, sealer, HOUR, consents, clock, rules=rules, memory_seconds=DAY)


def note(about: str, text: str, **more: Any) -> Note:
    """What a customer said of themselves."""
    given: dict[str, Any] = {"kind": "fact", "about": about, "text": text, "confidence": 0.8, "source": "customer"}
    return Note(**{**given, **more})


def texts(memories: Sequence[Any]) -> list[str]:
    """The texts, in order."""
    return [memory["text"] for memory in memories]


def customer(number: int) -> str:
    """A customer id of its own."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:8]
