from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest

from frontdesk.cli.interrupt import Patience, end_in_order
from frontdesk.cli.session import Session
from frontdesk.errors import ThreadBusyError
from frontdesk.reply import Reply, TextEvent
from tests.cli.conftest import console_on
from tests.support.small import DEMO

REPLY = Reply(text="Here it is.", status="answered", thread_id="t", turn_id="turn")


@dataclass
class SlowDesk:
    """A desk whose turn ends when the test says so."""

    error: Exception | None = None
    started: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    finished: bool = False

    async def stream(self, message: str, **_: Any) -> AsyncIterator[TextEvent | Reply]:
        self.started.set()
        await self.goes_on.wait()
        self.finished = True
        if self.error:
            raise self.error
        yield TextEvent(REPLY.text)
        yield REPLY

    async def history(self, thread: str, **_: Any) -> list[dict[str, str]]:
        return []

    async def explain(self, thread: str, **_: Any) -> dict[str, Any]:
        return {}


async def interrupted(desk: SlowDesk) -> tuple[Session, StringIO]:
    """A session whose person pressed Ctrl-C while the turn ran."""
    screen, stand_in = StringIO(), desk
    given: Any = stand_in
    session = Session(given, console_on(screen), DEMO, "test")
    patience = Patience(session)
    with patience.kept():
        waiting = asyncio.create_task(patience.serve("a question"))
        await desk.started.wait()
        signal.raise_signal(signal.SIGINT)
        assert await waiting  # the conversation goes on
    return session, screen


async def test_ctrl_c_stops_the_waiting_and_not_the_turn() -> None:
    desk = SlowDesk()
    session, screen = await interrupted(desk)
    assert "The turn goes on" in screen.getvalue()
    assert not desk.finished
    await session.handle("/history")
    assert "A message is still being answered" in screen.getvalue()
    desk.goes_on.set()
    await session.finish()
    assert desk.finished
    assert "Making sure" in screen.getvalue()
    assert "/history shows it" in screen.getvalue()
    assert REPLY.text not in screen.getvalue()  # nothing is drawn over the prompt
    assert not session.talk.left


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ThreadBusyError("another turn is running"), "was not answered: another turn is running"),
        (ConnectionError("jane@doe.example"), "was not answered: ConnectionError"),
    ],
)
async def test_a_left_turn_that_fails_is_told_before_the_next_line(error: Exception, told: str) -> None:
    desk = SlowDesk(error)
    session, screen = await interrupted(desk)
    (turn,) = session.talk.left
    desk.goes_on.set()
    await asyncio.wait([turn])
    await session.handle("/history")
    assert told in " ".join(screen.getvalue().split())
    assert "jane@doe.example" not in screen.getvalue()
    assert screen.getvalue().count("was not answered") == 1


def patience_with(desk: SlowDesk) -> Patience:
    given: Any = desk
    return Patience(Session(given, console_on(StringIO()), DEMO, "test"))


async def test_the_end_of_the_command_is_not_taken_for_ctrl_c() -> None:
    desk = SlowDesk()
    waiting = asyncio.create_task(patience_with(desk).serve("a question"))
    await desk.started.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    desk.goes_on.set()


async def test_ctrl_c_that_comes_a_moment_too_late_does_not_end_the_conversation() -> None:
    desk = SlowDesk()
    desk.goes_on.set()
    patience = patience_with(desk)
    with patience.kept():
        assert await patience.serve("a question")
        signal.raise_signal(signal.SIGINT)
        assert await patience.serve("another")


async def test_after_the_conversation_ctrl_c_ends_the_command_again() -> None:
    with patience_with(SlowDesk()).kept():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_closed_window_ends_the_command_in_order(number: signal.Signals) -> None:
    begun, left = asyncio.Event(), []

    async def command() -> None:
        end_in_order()
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            left.append("in order")

    running = asyncio.create_task(command())
    await begun.wait()
    signal.raise_signal(number)
    with pytest.raises(asyncio.CancelledError):
        await running
    assert left == ["in order"]
    asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
    asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)
