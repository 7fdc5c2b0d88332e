"""LangGraph's own suite for checkpointers, over the saver."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest
from langgraph.checkpoint.conformance import checkpointer_test, validate
from langgraph.checkpoint.conformance.capabilities import Capability
from redis.asyncio import Redis

from frontdesk.graph.persistence.saver import SealedRedisSaver
from frontdesk.graph.persistence.sealer import Sealer


@pytest.mark.parametrize("capability", [capability.value for capability in Capability])
@pytest.mark.parametrize("seconds", [None, 3600], ids=["for-ever", "one-hour"])
async def test_conforms(redis_client: Redis, capability: str, seconds: int | None) -> None:
    @checkpointer_test(name="SealedRedisSaver")
    async def saver() -> AsyncGenerator[SealedRedisSaver, None]:
        async with SealedRedisSaver(redis_client, Sealer.generate(), seconds=seconds) as made:
            assert isinstance(made, SealedRedisSaver)
            yield made

    report = await validate(saver, capabilities={capability})
    result = report.results[capability]
    assert result.detected
    assert result.failures == []
    assert result.tests_passed
