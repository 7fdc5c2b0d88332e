"""The deployment's key changes in the middle of 100 conversations: none breaks, and taken away too early nothing is lost."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from frontdesk import FrontDesk, Principal, Reply, open_desk
from frontdesk.errors import SettingsError
from frontdesk.graph.persistence.keyring import open_sealer
from frontdesk.graph.persistence.rotation import rewrap, usage
from frontdesk.graph.persistence.sealer import Sealer
from tests.support.keyservices import PlainService
from tests.support.small import DEMO, settings_for, small_desk

OLD, NEW = b"\x01" * 32, b"\x02" * 32
CONVERSATIONS = range(100)
SERVICE = PlainService()
"""What ``FRONTDESK_KMS`` names in here: one service for all desks of a test."""


def service() -> PlainService:
    return SERVICE


@asynccontextmanager
async def desk(home: Path, redis_url: str, *keys: bytes, kms: str | None = None) -> AsyncIterator[FrontDesk]:
    listed = ",".join(base64.b64encode(key).decode() for key in keys)
    settings = settings_for(home, redis_url, key=listed or None, kms=kms)
    async with open_desk(small_desk(), settings, principal=DEMO) as opened:
        yield opened


def street(number: int) -> str:
    return f"{number + 1} Harbour Street"


async def ask(opened: FrontDesk, number: int) -> Reply:
    text = f"Please change the delivery address of order 10482 to {street(number)}, Bristol BS1 4QA"
    return await opened.chat(text, thread_id=f"chat {number}")


async def ask_all(opened: FrontDesk, numbers: Iterable[int]) -> None:
    for number in numbers:
        reply = await ask(opened, number)
        assert (reply.status, street(number) in reply.text) == ("confirm", True), number


async def go_on(opened: FrontDesk, numbers: Iterable[int]) -> None:
    """The answer to what was asked before the rotation; the value is read back from before it, too."""
    for number in numbers:
        reply = await opened.chat("no", thread_id=f"chat {number}")
        assert (reply.status, reply.failed) == ("answered", False), number
        said = await opened.history(f"chat {number}")
        assert [street(number) in line["text"] for line in said] == [True, True, False, False], number


async def contents(client: Redis) -> dict[bytes, bytes | None]:
    """All that is kept of conversations; when a thread was last used is not among it."""
    keys = [key async for key in client.scan_iter(match="fd:*") if not key.endswith((b":threads", b":lock"))]
    return {key: await client.dump(key) for key in keys}


async def test_none_breaks(tmp_path: Path, redis_url: str, redis_client: Redis) -> None:
    async with desk(tmp_path, redis_url, OLD) as first:
        await ask_all(first, CONVERSATIONS)
    async with (
        desk(tmp_path, redis_url, OLD, NEW) as not_yet_restarted,
        desk(tmp_path, redis_url, NEW, OLD) as restarted,
    ):
        await asyncio.gather(
            go_on(not_yet_restarted, CONVERSATIONS[:25]),
            go_on(restarted, CONVERSATIONS[25:50]),
            rewrap(redis_client, await open_sealer(redis_client, [NEW, OLD])),
        )
    done = await rewrap(redis_client, await open_sealer(redis_client, [NEW, OLD]))
    assert not done.left
    assert (await usage(redis_client)).ids == [Sealer([NEW]).current]
    async with desk(tmp_path, redis_url, NEW) as alone:
        await go_on(alone, CONVERSATIONS[50:])
        await ask_all(alone, CONVERSATIONS[::10])
    assert len(await redis_client.keys("fd:*:alias:*")) == 100, "nobody lost a thread"


async def test_a_key_taken_away_too_early_loses_nothing(
    tmp_path: Path, redis_url: str, redis_client: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    few = CONVERSATIONS[::4]
    async with desk(tmp_path, redis_url, OLD) as first:
        await ask_all(first, few)
    with pytest.raises(SettingsError, match=Sealer([OLD]).current):
        async with desk(tmp_path, redis_url, NEW):
            pass
    async with desk(tmp_path, redis_url, NEW, OLD):
        pass
    before = await contents(redis_client)
    with caplog.at_level(logging.ERROR):
        async with desk(tmp_path, redis_url, NEW) as too_early:
            replies = [await ask(too_early, number) for number in few]
            assert all(reply.failed for reply in replies)
            assert await contents(redis_client) == before
            assert (await too_early.chat("Where is my order 10482?", thread_id="somebody new")).status == "answered"
    told = [record.getMessage() for record in caplog.records if "turn failed" in record.getMessage()]
    assert len(told) == len(few)
    assert all(f"the key {Sealer([OLD]).current}, which is not configured" in line for line in told)
    assert all("FRONTDESK_KEY=new,old" in line and "Harbour" not in line for line in told)
    async with desk(tmp_path, redis_url, NEW, OLD) as put_back:
        await go_on(put_back, few)


async def test_a_key_service_that_is_down_costs_turns_and_no_data(
    tmp_path: Path, redis_url: str, redis_client: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    kms = f"{__name__}:service"
    SERVICE.fault = ""
    async with desk(tmp_path, redis_url, kms=kms) as first:
        await ask_all(first, CONVERSATIONS[:5])
    assert (await usage(redis_client)).stores["vault"] == {"service": 5}
    async with desk(tmp_path, redis_url, kms=kms) as opened:
        before = await contents(redis_client)
        SERVICE.fault = "refused"
        with caplog.at_level(logging.ERROR):
            assert all([(await ask(opened, number)).failed for number in CONVERSATIONS[:5]])
        assert "KeyServiceError: the key service (FRONTDESK_KMS): `unwrap` failed" in caplog.text
        assert await contents(redis_client) == before
        nobody = Principal(tenant=DEMO.tenant)  # of whom there is no record to lock away
        assert (await opened.chat("What does delivery cost?", thread_id="t", principal=nobody)).status == "answered"
        SERVICE.fault = ""
        await go_on(opened, CONVERSATIONS[:5])
