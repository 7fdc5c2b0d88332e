"""The checkpointer of ``langgraph dev``: named in ``langgraph.json`` under ``checkpointer.path``."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver

from frontdesk.graph.persistence.codec import strict_serde
from frontdesk.graph.persistence.connect import connect
from frontdesk.graph.persistence.home import default_home
from frontdesk.graph.persistence.keys import find_sealer
from frontdesk.graph.persistence.saver import SealedRedisSaver

SECONDS = 30 * 24 * 3600
"""Time to live of what Studio stores: the default of a desk's ``retention.thread_days``."""

logger = logging.getLogger(__name__)


@asynccontextmanager
async def open_checkpointer(environment: Mapping[str, str], seconds: int) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    """Open the checkpointer that an environment asks for.

    Args:
        environment: ``REDIS_URL``, ``FRONTDESK_REDIS``, ``FRONTDESK_HOME``, ``FRONTDESK_KEY``,
            ``FRONTDESK_KEY_FILE``, ``FRONTDESK_KMS``.
        seconds: Time to live of a thread after its last write.

    Yields:
        The sealed saver, which keeps every checkpoint (Studio forks and replays); in the memory mode LangGraph's own.

    Raises:
        ConfigurationError: A setting is wrong or no Redis answers.
    """
    home = default_home(environment)
    mode = (environment.get("FRONTDESK_REDIS") or "auto").lower()
    async with connect(environment.get("REDIS_URL"), mode, home) as found:
        if found.client is None:
            logger.warning("FRONTDESK_REDIS=memory: threads are lost when this process ends")
            yield InMemorySaver(serde=strict_serde())
            return
        sealer = await find_sealer(environment, home, found.client, local=found.kind == "embedded")
        async with SealedRedisSaver(found.client, sealer, seconds=seconds) as saver:
            yield saver


def checkpointer() -> Any:
    """Return the checkpointer as an asynchronous context manager, as ``langgraph.json`` expects."""
    return open_checkpointer(os.environ, SECONDS)
