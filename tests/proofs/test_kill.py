"""kill -9 in the middle of a turn: what was said stays said, what was accepted is answered, what was done is done once."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from frontdesk import FrontDesk, open_desk
from frontdesk.graph.persistence.embedded import EmbeddedRedis
from frontdesk.graph.persistence.lock import LEASE
from tests.support.small import DEMO, settings_for, small_desk

ROOT = Path(__file__).resolve().parents[2]
CHILD = ROOT / "tests" / "proofs" / "children" / "dying.py"
STATUS, DELIVERY = "Where is my order 10482?", "How much does delivery cost?"
RETURN = "I want to return order 10128, it does not fit"


@contextmanager
def talking(home: Path, where: str, *messages: str) -> Iterator[subprocess.Popen[str]]:
    """A process that is in the middle of the last message."""
    command = [sys.executable, str(CHILD), str(home), where, *messages]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        said = []
        while (line := child.stdout.readline()) and line != "stuck\n":
            said.append(line)
        assert len(said) == len(messages) - 1, said
        assert line == "stuck\n"
        try:
            yield child
        finally:
            child.kill()


def kill(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    assert child.wait(timeout=10) == -signal.SIGKILL


async def kill_redis(home: Path) -> None:
    """Kill the embedded server too, as a power cut would."""
    server = EmbeddedRedis(home / "redis")
    async with Redis.from_url(server.url) as client:
        process = int((await client.info("server"))["process_id"])
    os.kill(process, signal.SIGKILL)
    server.close()


@pytest.fixture(autouse=True)
def no_server_stays(tmp_path: Path) -> Iterator[None]:
    """A killed user of the embedded server cannot stop it: the last to leave does."""
    yield
    EmbeddedRedis(tmp_path / "redis").close()


@asynccontextmanager
async def restarted(home: Path) -> AsyncIterator[FrontDesk]:
    async with open_desk(small_desk(), settings_for(home), principal=DEMO) as opened:
        yield opened


async def let_the_lock_run_out(desk: FrontDesk) -> None:
    """The dead process's lock lives for 15 s; a test need not wait for a clock that Redis can be told to forward."""
    client = desk.stores.client
    assert client is not None
    locks = [key async for key in client.scan_iter(match="fd:*:lock")]
    assert len(locks) == 1
    assert 0 < await client.pttl(locks[0]) <= LEASE * 1000
    await client.pexpire(locks[0], 1)


@pytest.mark.parametrize("redis_dies_too", [False, True], ids=["process", "process and redis"])
async def test_the_conversation_goes_on_and_the_accepted_message_is_answered_once(
    tmp_path: Path, redis_dies_too: bool
) -> None:
    with talking(tmp_path, "model", STATUS, DELIVERY) as child:
        kill(child)
    if redis_dies_too:
        await kill_redis(tmp_path)
    async with restarted(tmp_path) as desk:
        first = await desk.history("kept")
        assert [line["text"] for line in first][:1] == [STATUS]
        assert len(first) == 2
        await let_the_lock_run_out(desk)
        assert await desk.recover() == 1
        lines = await desk.history("kept")
        assert lines[:2] == first
        assert [line["role"] for line in lines] == ["customer", "bot", "customer", "bot"]
        assert lines[2]["text"] == DELIVERY
        assert "4.95" in lines[3]["text"]
        assert await desk.recover() == 0
        # the client, which never got its answer, sends the message again with the same id
        assert (await desk.chat(DELIVERY, thread_id="kept", turn_id="turn-1")).text == lines[3]["text"]
        assert await desk.history("kept") == lines
        assert "10482" in (await desk.chat(STATUS, thread_id="kept")).text


async def test_recovery_waits_for_the_dead_processs_lock(tmp_path: Path) -> None:
    with talking(tmp_path, "model", STATUS) as child:
        kill(child)
    async with restarted(tmp_path) as desk:
        recovery = asyncio.create_task(desk.recover())
        done, _ = await asyncio.wait([recovery], timeout=0.3)
        assert not done
        await let_the_lock_run_out(desk)
        assert await asyncio.wait_for(recovery, 10) == 1
        assert len(await desk.history("kept")) == 2


async def test_a_turn_that_another_process_is_still_answering_is_not_answered_twice(tmp_path: Path) -> None:
    with talking(tmp_path, "model", STATUS):
        async with restarted(tmp_path) as desk:
            async with desk.recovering():
                reply = await desk.chat(DELIVERY, thread_id="another thread")
                assert "4.95" in reply.text
            assert len(await desk.stores.inbox.unfinished()) == 1


async def test_a_confirmed_write_whose_process_died_after_it_happened_happens_once(tmp_path: Path) -> None:
    with talking(tmp_path, "effect", RETURN, "yes") as child:
        assert requests(tmp_path) == 1
        kill(child)
    async with restarted(tmp_path) as desk:
        assert [line["role"] for line in await desk.history("kept")] == ["customer", "bot"]
        await let_the_lock_run_out(desk)
        assert await desk.recover() == 1
        assert requests(tmp_path) == 1
        # The shop's database recognises the call's key, so it is asked with the same one, and says that it was done.
        assert (await desk.explain("kept"))["status"] == "answered"
        assert (await desk.chat("yes", thread_id="kept", turn_id="turn-1")).status == "answered"
        again = await desk.chat(RETURN, thread_id="kept")
        assert again.status == "answered"
        assert "request already" in again.text
    assert requests(tmp_path) == 1


def requests(home: Path) -> int:
    with closing(sqlite3.connect(home / "databases" / "retail.sqlite")) as database:
        return int(database.execute("select count(*) from requests where order_id = '10128'").fetchone()[0])
