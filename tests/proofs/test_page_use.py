"""Over the whole graph: what a reply cites is counted, from the cache too, and only pages that may be used are cited."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdesk import Desk, FrontDesk, open_desk
from frontdesk.desk.pages import version_of
from frontdesk.graph.persistence.holdings import kind_of
from frontdesk.holdings import IMPERSONAL
from frontdesk.knowledge.counts import summed
from frontdesk.testing.openai_server import OpenAIServer
from frontdesk.testing.replies import Reply as Said
from tests.support.small import DEMO, OTHER, settings_for, small_desk

QUESTION = "how long is the warranty on lamps?"
ANSWER = "Lamps are under warranty for two years [warranty]."


@asynccontextmanager
async def hosted(home: Path, desk: Desk) -> AsyncIterator[FrontDesk]:
    """A desk whose model always says the same."""
    importlib.import_module("langchain_openai")  # 3 s, which no model's second should pay
    async with OpenAIServer() as server:
        server.default = Said(ANSWER)
        settings = settings_for(home, model="openai:test", base_url=server.url)
        async with open_desk(desk, settings, principal=DEMO) as made:
            yield made


async def counts(desk: FrontDesk) -> dict[str, tuple[int, int]]:
    """Recalled and cited by page, and the replies as a page of that name."""
    await desk.deps.later.drain()  # type: ignore[attr-defined]  # of assembly
    client: Any = desk.stores.client
    keys = [key async for key in client.scan_iter(match="fd:pages:*")]
    assert {kind_of(key.decode()) for key in keys} <= IMPERSONAL
    assert all([await client.ttl(key) > 0 for key in keys])
    days = [key.decode().rpartition(":")[2] for key in keys]
    use = summed(await desk.stores.page_use.counts(desk.deps.desk.config.name, days), 1)
    return {
        "replies": (use.replies, use.replies),
        **{name: (one.recalled, one.cited) for name, one in use.pages.items()},
    }


async def test_answers_count_whoever_gave_them(tmp_path: Path) -> None:
    desk = small_desk(cache=True)
    async with hosted(tmp_path, desk) as made:
        first = await made.chat(QUESTION, thread_id="a", principal=DEMO)
        again = await made.chat(QUESTION, thread_id="b", principal=OTHER)
        assert again.usage["model"] == "cache"
        page = desk.pages["warranty"]
        expected = {"id": "warranty", "title": page.title, "url": page.url, "version": version_of(page)}
        assert [dict(one) for one in (*first.citations, *again.citations)] == [expected, expected]
        found = await counts(made)
    assert found["replies"] == (2, 2)
    assert found["warranty"] == (2, 2)


@pytest.mark.parametrize("ends", [date(2020, 1, 1), None], ids=["expired", "in force"])
async def test_only_pages_in_force_are_cited(ends: date | None, tmp_path: Path) -> None:
    desk = small_desk()
    pages = {**desk.pages, "warranty": desk.pages["warranty"].model_copy(update={"valid_to": ends})}
    async with hosted(tmp_path, replace(desk, pages=pages)) as made:
        reply = await made.chat(QUESTION, thread_id="a", principal=DEMO)
        found = await counts(made)
    assert [one["id"] for one in reply.citations] == ([] if ends else ["warranty"])
    assert ("[warranty]" in reply.text) is (ends is None)
    assert found.get("warranty", (0, 0)) == ((0, 0) if ends else (1, 1))
