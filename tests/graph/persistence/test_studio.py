from __future__ import annotations

from pathlib import Path

import pytest
from langgraph.checkpoint.base import empty_checkpoint
from langgraph.checkpoint.memory import InMemorySaver
from redis.asyncio import Redis

from frontdesk.errors import SettingsError
from frontdesk.graph.persistence.keys import new_key
from frontdesk.graph.persistence.saver import SealedRedisSaver
from frontdesk.graph.persistence.studio import checkpointer, open_checkpointer


async def test_threads_outlive_the_process(redis_url: str, tmp_path: Path) -> None:
    environment = {"FRONTDESK_HOME": str(tmp_path)}
    place = {"configurable": {"thread_id": "t", "checkpoint_ns": ""}}
    async with open_checkpointer(environment, 600) as saver:
        assert isinstance(saver, SealedRedisSaver)
        await saver.aput(place, empty_checkpoint(), {"source": "loop", "step": 3}, {})  # type: ignore[arg-type]
    async with open_checkpointer(environment, 600) as saver:
        found = await saver.aget_tuple(place)  # type: ignore[arg-type]
        assert found is not None
        assert found.metadata["step"] == 3


async def test_a_named_redis_needs_a_key(redis_url: str, redis_client: Redis, tmp_path: Path) -> None:
    assert not await redis_client.keys()
    environment = {"REDIS_URL": redis_url, "FRONTDESK_HOME": str(tmp_path)}
    with pytest.raises(SettingsError, match="frontdesk key"):
        async with open_checkpointer(environment, 600):
            pass
    async with open_checkpointer({**environment, "FRONTDESK_KEY": new_key()}, 600) as saver:
        assert isinstance(saver, SealedRedisSaver)


async def test_memory_is_said_aloud(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("FRONTDESK_REDIS", "memory")
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
    async with checkpointer() as saver:
        assert isinstance(saver, InMemorySaver)
    assert "lost" in caplog.text
