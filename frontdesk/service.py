"""The Python door: one object that takes messages and gives replies."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import HumanMessage
from langchain_core.runnables.config import var_child_runnable_config

from frontdesk.graph.identity import Caller, Principal
from frontdesk.messages import check_turn_id, clean_message
from frontdesk.reply import Event, Reply, StageEvent, TextEvent
from frontdesk.threadwork import ThreadWork
from frontdesk.turns import pieces


@dataclass
class FrontDesk(ThreadWork):
    """A desk that is open. Made by :func:`frontdesk.open_desk`."""

    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def redis(self) -> str:
        """Where state lives, in words without secrets: ``embedded (…)``, ``named (…)`` or ``memory``."""
        return self.stores.where

    async def chat(
        self,
        message: str,
        *,
        thread_id: str | None = None,
        principal: Principal | None = None,
        turn_id: str | None = None,
    ) -> Reply:
        """Answer one message.

        Args:
            message: The customer's words.
            thread_id: Any id of the client's own; it is mapped to a server-made one within tenant and subject, which
                the reply carries and which may be sent from then on. None: the stateless mode, nothing is stored.
            principal: Who is asking, as the door established it; by default the desk's anonymous caller.
            turn_id: The client's id of this message. The same id sent again returns the first answer.

        Returns:
            The reply. A fault inside the turn gives the desk's ``unavailable`` wording, never an exception.

        Raises:
            MessageError: The message or the turn id is not acceptable.
            ThreadError: The thread belongs to somebody else.
            ThreadBusyError: Another turn of the thread did not finish in time.
        """
        task = await self._accept(message, thread_id, principal, turn_id, lambda event: None)
        return await asyncio.shield(task)

    async def stream(
        self,
        message: str,
        *,
        thread_id: str | None = None,
        principal: Principal | None = None,
        turn_id: str | None = None,
    ) -> AsyncIterator[Event]:
        """Answer one message, event by event: stages as they run, the guarded text in pieces, then the Reply.

        Arguments and errors are those of :meth:`chat`. A reader that leaves early does not stop the turn: an accepted
        message is finished and remembered.
        """
        queue: asyncio.Queue[StageEvent | None] = asyncio.Queue()
        task = await self._accept(message, thread_id, principal, turn_id, queue.put_nowait)
        task.add_done_callback(lambda _: queue.put_nowait(None))
        while (event := await queue.get()) is not None:
            yield event
        reply = await task
        for piece in pieces(reply.text):
            yield TextEvent(piece)
        yield reply

    async def recover(self) -> int:
        """Finish turns that were accepted and never answered because a process died. Returns how many."""
        finished = 0
        for caller, text in await self.stores.inbox.unfinished():
            with contextlib.suppress(Exception):
                await self._finish(caller, text, lambda event: None, wait=0.0)
                finished += 1
        return finished

    async def drain(self) -> None:
        """Wait for the turns that are still running."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(
        self,
        message: str,
        thread_id: str | None,
        principal: Principal | None,
        turn_id: str | None,
        emit: Callable[[StageEvent], None],
    ) -> asyncio.Task[Reply]:
        text = clean_message(message, self.deps.desk.config.budgets.message_chars)
        turn = check_turn_id(turn_id) if turn_id is not None else uuid.uuid4().hex
        who = principal or self.deps.principal
        thread = await self.stores.threads.resolve(who, thread_id) if thread_id is not None else ""
        caller = Caller(principal=who, thread_id=thread, turn_id=turn)
        task = asyncio.create_task(self._finish(caller, text, emit), context=_own_context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _finish(
        self, caller: Caller, text: str, emit: Callable[[StageEvent], None], wait: float | None = None
    ) -> Reply:
        given = {"messages": [HumanMessage(content=text, id=f"u-{caller.turn_id}")]}
        if not caller.stateful:
            try:
                return await self.runner.run(given, caller, emit)
            finally:
                await self.deps.vault.drop(caller)
        async with self.stores.locks.hold(caller.thread_id, wait=wait):
            earlier = await self.stores.inbox.accept(caller, text)
            if earlier is not None:
                return Reply.from_dict(earlier)
            reply = await self.runner.run(given, caller, emit)
            if not reply.failed:
                await self.stores.inbox.settle(caller, reply.as_dict())
            return reply


def _own_context() -> contextvars.Context:
    """A turn is a run of its own: a door's callbacks (LangServe's stream_events) must not see inside the graph."""
    context = contextvars.copy_context()
    context.run(var_child_runnable_config.set, None)
    return context
