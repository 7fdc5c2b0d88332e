"""Ctrl-C, and the other ways to be told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.cli.lines import unechoed_keys
from frontdesk.cli.session import Session

_UNSUPPORTED = (NotImplementedError, RuntimeError, AttributeError)
"""Windows has no such handlers or signals; elsewhere only the main thread may set them."""


@dataclass
class Patience:
    """How long a person waits: Ctrl-C stops the waiting for a turn, never the turn.

    An accepted message is finished and remembered. Between turns the prompt reads Ctrl-C as a key, and one that comes
    in the moment between the two is ignored: nobody who wanted to stop waiting wanted to leave.
    """

    session: Session
    _waiting: asyncio.Task[bool] | None = None

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Take Ctrl-C over for the time of the conversation; afterwards it ends the command again."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(*_UNSUPPORTED):
            loop.add_signal_handler(signal.SIGINT, self._pressed)
        try:
            yield
        finally:
            with contextlib.suppress(*_UNSUPPORTED):
                loop.remove_signal_handler(signal.SIGINT)

    async def serve(self, line: str) -> bool:
        """Serve a line, as long as the person waits; return whether the conversation goes on."""
        self._waiting = asyncio.create_task(self.session.handle(line))
        try:
            with unechoed_keys():
                return await self._waiting
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current and current.cancelling():  # the command ends, which is something else
                raise
            self.session.console.print("[dim]Stopped waiting. The turn goes on; its answer will be in /history.[/]")
            return True
        finally:
            self._waiting = None

    def _pressed(self) -> None:
        if self._waiting:
            self._waiting.cancel()


def end_in_order() -> None:
    """End the calling task when the terminal's window is closed: by itself, the embedded Redis would stay behind."""
    task = asyncio.current_task()
    assert task is not None, "called from a coroutine"
    for name in ("SIGTERM", "SIGHUP"):
        with contextlib.suppress(*_UNSUPPORTED):
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), task.cancel)
