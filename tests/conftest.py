"""Fixtures for every room: a clean environment and a real Redis."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Iterator

import pytest
from redis.asyncio import Redis

from frontdesk.errors import RedisUnavailableError
from frontdesk.graph.persistence.embedded import EmbeddedRedis

OURS = ("FRONTDESK_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")
KEPT = {"FRONTDESK_DATA", "FRONTDESK_REDIS_SERVER", "FRONTDESK_REDIS_MODULES"}
"""They say where things lie on this machine, not how frontdesk behaves."""
SILENCE = {
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGGRAPH_CLI_NO_ANALYTICS": "1",
    "LANGGRAPH_NO_VERSION_CHECK": "true",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "OTEL_SDK_DISABLED": "true",
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings never reach a test, and no library reports home."""
    for name in list(os.environ):
        if name == "REDIS_URL" or (name.startswith(OURS) and name not in KEPT):
            monkeypatch.delenv(name)
    for name, value in SILENCE.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def own_log() -> None:
    """Our loggers speak, whatever a command or a library set up for its whole process in an earlier test."""
    logging.disable(logging.NOTSET)
    logging.getLogger().setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("frontdesk"):
            ours = logging.getLogger(name)
            ours.setLevel(logging.NOTSET)
            ours.propagate, ours.disabled = True, False


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this test run's own; ``unix://…``."""
    try:
        server = EmbeddedRedis(tmp_path_factory.mktemp("redis"))
    except RedisUnavailableError as error:
        pytest.skip(str(error))
    yield server.url
    server.close()


@pytest.fixture
async def redis_client(redis_url: str) -> AsyncIterator[Redis]:
    """A client of an empty Redis."""
    client = Redis.from_url(redis_url)
    await client.flushall()
    yield client
    await client.aclose()
