"""A turn as the person sees it: watched until its reply, or left to finish unwatched."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from rich.console import Console

from frontdesk.cli.screen import Waiting
from frontdesk.cli.text import plain
from frontdesk.errors import FrontdeskError
from frontdesk.graph.identity import Principal
from frontdesk.reply import Reply, RetractEvent, StageEvent, TextEvent
from frontdesk.service import FrontDesk


@dataclass
class Talk:
    """Runs turns, and remembers those that the person stopped waiting for."""

    desk: FrontDesk
    console: Console
    left: set[asyncio.Task[Reply]] = field(default_factory=set)
    """Turns that were left and still run."""
    _news: list[str] = field(default_factory=list)
    """What became of turns that were left."""

    async def say(self, line: str, thread: str, principal: Principal) -> Reply:
        """Send a message and show what comes.

        Args:
            line: The customer's words.
            thread: The conversation.
            principal: Who is asking.

        Returns:
            The reply, already shown.

        Raises:
            RequestError: The message or the thread is not acceptable.
            asyncio.CancelledError: The person stopped waiting; the turn goes on, and :meth:`tell` has the news of it.
        """
        with Waiting(self.console) as waiting:
            turn = asyncio.create_task(self._turn(line, thread, principal, waiting))
            try:
                return await asyncio.shield(turn)
            except asyncio.CancelledError:
                self.left.add(turn)
                turn.add_done_callback(self._ended)
                raise

    def tell(self) -> None:
        """Print what became of turns that were left, once."""
        while self._news:
            self.console.print(plain(self._news.pop(0), "dim"))

    async def finish(self) -> None:
        """Wait for the turns that were left."""
        if self.left:
            self.console.print("[dim]Making sure that what you asked last is finished …[/]")
            await asyncio.wait(self.left)
            await asyncio.sleep(0)  # their callbacks run in the loop's next round
        self.tell()

    async def _turn(self, line: str, thread: str, principal: Principal, waiting: Waiting) -> Reply:
        reply: Reply | None = None
        async for event in self.desk.stream(line, thread_id=thread, principal=principal):
            if isinstance(event, StageEvent):
                waiting.stage(event)
            elif isinstance(event, TextEvent):
                waiting.text(event.text)
            elif isinstance(event, RetractEvent):
                waiting.retract()
            else:
                reply = event
        assert reply is not None, "a stream ends with its reply"
        return reply

    def _ended(self, turn: asyncio.Task[Reply]) -> None:
        self.left.discard(turn)
        if turn.cancelled():
            return
        error = turn.exception()
        if error is None:
            self._news.append("The answer that you did not wait for has come: /history shows it.")
        else:
            # The texts of our own errors are made for people; others' may hold anything.
            reason = str(error) if isinstance(error, FrontdeskError) else type(error).__name__
            self._news.append(f"The message whose answer you did not wait for was not answered: {reason}")
