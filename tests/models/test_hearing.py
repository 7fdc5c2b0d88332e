"""The words of a call: shown while it lasts, and none afterwards."""

from __future__ import annotations

import logging

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.messages.tool import tool_call_chunk

from frontdesk.models.hearing import Hearing


class Screen:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str | None] = []

    async def __call__(self, words: str | None) -> None:
        self.told.append(words)


@pytest.mark.parametrize(("failed", "told"), [(False, [None, "one "]), (True, [None, "one ", None])])
async def test_after_its_end_nothing_is_shown_and_a_failures_words_go_back(
    failed: bool, told: list[str | None]
) -> None:
    screen = Screen()
    hearing = Hearing(screen)
    await hearing.begin()
    await hearing.take(AIMessageChunk(content="one "))
    await hearing.close(failed=failed)
    await hearing.take(AIMessageChunk(content="two"))  # a call that was left behind, still talking
    await hearing.begin()
    assert screen.told == told


async def test_a_failure_that_said_nothing_takes_nothing_back() -> None:
    screen = Screen()
    hearing = Hearing(screen)
    await hearing.begin()
    await hearing.close(failed=True)
    assert screen.told == [None]


@pytest.mark.parametrize(
    ("chunk", "begun"),
    [
        (AIMessageChunk(content=""), False),  # the role alone
        (AIMessageChunk(content="w"), True),
        (AIMessageChunk(content="", tool_call_chunks=[tool_call_chunk(name="t", args="", id="1", index=0)]), True),
        (AIMessageChunk(content=[{"type": "reasoning", "reasoning": "hm"}]), True),  # it thinks aloud, so it lives
    ],
)
async def test_what_begins_an_answer(chunk: AIMessageChunk, begun: bool) -> None:
    hearing = Hearing()
    await hearing.take(chunk)
    assert hearing.first.is_set() is begun


async def test_a_fault_of_the_listener_is_not_the_models(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str | None] = []

    async def broken(words: str | None) -> None:
        heard.append(words)
        if words:
            raise ValueError("secret-word")

    caplog.set_level(logging.DEBUG, logger="frontdesk")
    hearing = Hearing(broken)
    await hearing.begin()
    await hearing.take(AIMessageChunk(content="one"))
    await hearing.take(AIMessageChunk(content="two"))
    assert heard == [None, "one"]
    assert "ValueError" in caplog.text
    assert "secret-word" not in caplog.text
