"""From a desk to its answer cache."""

from __future__ import annotations

import time
from collections.abc import Callable

from redis.asyncio import Redis

from frontdesk.desk.config import DeskConfig
from frontdesk.graph.answers import AnswerStore, Embeds
from frontdesk.graph.deps import DeskView
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.nodes.cached.cache import DeskAnswers
from frontdesk.nodes.cached.memory import MemoryAnswers
from frontdesk.nodes.cached.store import RedisAnswers
from frontdesk.nodes.cached.vocabulary import vocabulary


def answer_store(client: Redis | None, sealer: Sealer, config: DeskConfig) -> AnswerStore:
    """Return where a desk's answers lie; nothing is contacted yet."""
    rules = config.cache
    if client is None:
        return MemoryAnswers(rules.ttl, rules.entries)
    return RedisAnswers(client, sealer, config.name, rules.ttl, rules.entries)


def build_answers(
    desk: DeskView, store: AnswerStore, embedder: Embeds | None = None, clock: Callable[[], float] = time.time
) -> DeskAnswers | None:
    """Return a desk's answer cache; None where it is switched off, or where no intent is marked ``cacheable``.

    Args:
        desk: The desk, its pages as they are shown to models.
        store: Keeps the answers.
        embedder: That of the router, if there is one.
        clock: Unix time in seconds.
    """
    if not desk.config.cache.enabled or not any(intent.cacheable for intent in desk.intents.values()):
        return None
    return DeskAnswers(store, desk.config.cache, vocabulary(desk), embedder, clock)


__all__ = ["answer_store", "build_answers"]
