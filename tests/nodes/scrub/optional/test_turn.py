"""A turn whose message cannot be searched for personal data: it ends safely, and nothing of it stays or is told."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis.asyncio import Redis

from frontdesk import FrontDesk, Settings, open_desk
from frontdesk.desk.scrubbing import OptionalDetector
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.keys import new_key
from frontdesk.graph.wiring import build_graph
from frontdesk.nodes.scrub.optional.adapter import Found, adapted
from frontdesk.nodes.scrub.registry import registered
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.turns import TurnRunner
from tests.support.small import DEMO, small_desk

WORDS = "hunter2 is what I said"


def broken(text: str) -> Iterator[Found]:
    raise RuntimeError(text)


async def test_a_turn_with_a_detector_that_fails(
    redis_client: Redis, redis_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(home=tmp_path, redis_url=redis_url, key=new_key())
    detector = adapted("x", broken, {"PER": "NAME"}, OptionalDetector())
    async with open_desk(small_desk(), settings, principal=DEMO) as opened:
        deps = replace(opened.deps, scrubber=PersonalDataScrubber({**registered(), "x": detector}))
        graph = build_graph(deps)
        runner = TurnRunner(deps, graph.compile(checkpointer=opened.stores.saver), graph.compile())
        desk = FrontDesk(deps, opened.stores, runner)
        with caplog.at_level(logging.DEBUG):
            reply = await desk.chat(WORDS, thread_id="one", principal=DEMO)
        thread = await opened.stores.threads.resolve(DEMO, "one")
        state = await runner.stateful.aget_state(runner.config(Caller(DEMO, thread, "later")))
    assert reply.failed
    assert reply.text == deps.desk.config.texts.unavailable
    assert "ScrubError" in caplog.text
    assert "hunter2" not in caplog.text
    assert "hunter2" not in str(state.values)
