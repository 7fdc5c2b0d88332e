"""The Python door: one object that takes messages and gives replies."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import HumanMessage
from redis.exceptions import RedisError

from frontdesk.approvals import ApprovalWork
from frontdesk.carrying import Carrier
from frontdesk.desk.config import DeskConfig
from frontdesk.errors import MessageError, SealError, ThreadErasedError, ToolError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.messages import check_turn_id, clean_message
from frontdesk.reconciling import reconcile
from frontdesk.recovering import Recovering
from frontdesk.reply import Event, Reply
from frontdesk.rights import Rights
from frontdesk.streaming import Emit, Heard
from frontdesk.threadwork import ThreadWork
from frontdesk.turns import own_context

_log = logging.getLogger(__name__)
_DISCARDING = 3.0
"""Seconds; where Redis is what broke the turn, its customer has waited long enough."""


@dataclass
class FrontDesk(Recovering, ThreadWork, Rights, ApprovalWork):
    """A desk that is open. Made by :func:`frontdesk.open_desk`."""

    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Make what serves conversations that the client carries."""
        self._carrier = Carrier(self.deps, self.stores.sealer)

    async def settle_calls(self) -> int:
        """See :class:`Recovering`. A ledger or a back office that does not answer leaves them to the next time."""
        try:
            return sum(found.became == "settled" for found in await reconcile(self.deps))
        except (ToolError, SealError, RedisError, OSError) as error:
            _log.warning("open calls not looked up: error=%s", type(error).__name__)
            return 0

    @property
    def rules(self) -> DeskConfig:
        """The desk's configuration."""
        return self.deps.desk.config

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
        capsule: str | None = None,
    ) -> Reply:
        """Answer one message.

        Args:
            message: The customer's words.
            thread_id: Any id of the client's own; it is mapped to a server-made one within tenant and subject, which
                the reply carries and which may be sent from then on. None: the stateless mode, nothing is stored.
            principal: Who is asking, as the door established it; by default the desk's anonymous caller.
            turn_id: The client's id of this message. The same id sent again returns the first answer.
            capsule: Instead of a thread: ``Reply.capsule`` of the turn before, empty at first. Nothing is stored.

        Returns:
            The reply. A fault inside the turn gives the desk's ``unavailable`` wording, never an exception.

        Raises:
            MessageError: The message or the turn id is not acceptable, or a thread and a capsule are given.
            CapsuleError: The capsule is not acceptable.
            ThreadBusyError: Another turn of the thread did not finish in time, or this one lost the thread's lock.
        """
        return await asyncio.shield(await self._accept(message, thread_id, principal, turn_id, None, capsule))

    async def stream(
        self,
        message: str,
        *,
        thread_id: str | None = None,
        principal: Principal | None = None,
        turn_id: str | None = None,
        capsule: str | None = None,
    ) -> AsyncIterator[Event]:
        """Answer one message, event by event: stages as they run, the guarded text in pieces, then the Reply.

        A hosted model's words come sentence by sentence, each reviewed with what stands before and a little of what
        follows (``review.hold_back``); after a ``RetractEvent`` the text begins anew. The pieces since then, joined,
        are the reply's text.

        Arguments and errors are those of :meth:`chat`. A reader that leaves early does not stop the turn: an accepted
        message is finished and remembered.
        """
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        heard = Heard()
        task = await self._accept(message, thread_id, principal, turn_id, queue.put_nowait, capsule)
        task.add_done_callback(lambda _: queue.put_nowait(None))
        while (event := await queue.get()) is not None:
            heard.note(event)
            yield event
        reply = await task
        for event in heard.rest(reply):
            yield event
        yield reply

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
        emit: Emit | None,
        capsule: str | None,
    ) -> asyncio.Task[Reply]:
        if capsule is not None and thread_id is not None:
            raise MessageError("a message has a thread or a capsule, not both")
        text = clean_message(message, self.deps.desk.config.budgets.message_chars)
        turn = check_turn_id(turn_id) if turn_id is not None else uuid.uuid4().hex
        who = principal or self.deps.principal
        caller = Caller(who, "", turn, sent_at=self.deps.clock())
        serving = (
            self._serve(caller, thread_id, text, emit)
            if capsule is None
            else self._carrier.turn(caller, text, capsule, emit)
        )
        task = asyncio.create_task(serving, context=own_context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: self._carry_out_requests())
        return task

    async def _serve(self, caller: Caller, thread_id: str | None, text: str, emit: Emit | None) -> Reply:
        """Serve a turn; where Redis does not answer, say so in the desk's words instead of raising."""
        try:
            try:
                return await self._finish(await self._on_thread(caller, thread_id), text, emit)
            except ThreadErasedError:  # while this turn waited for it: the client's id stands for a fresh one by now
                return await self._finish(await self._on_thread(caller, thread_id), text, emit)
        except (RedisError, OSError) as error:
            _log.error("turn not served: turn=%s error=%s", caller.turn_id, type(error).__name__)
            return self.runner.unavailable(caller)

    async def _finish(self, caller: Caller, text: str, emit: Emit | None, wait: float | None = None) -> Reply:
        given = {"messages": [HumanMessage(content=text, id=f"u-{caller.turn_id}")]}
        if not caller.stateful:
            # The id of its own keeps values apart: two callers who have not signed in may choose the same turn id.
            own = replace(caller, turn_id=uuid.uuid4().hex)
            try:
                return replace(await self.runner.run(given, own, emit), turn_id=caller.turn_id)
            finally:
                await self.deps.vault.drop(own)
        async with self.stores.locks.hold(caller.thread_id, wait=wait):
            earlier = await self.stores.inbox.accept(caller, text)
            if earlier:
                return Reply.from_dict(earlier)
            # Run again, a "yes" that has had its effect would find nothing to approve, or something else.
            served = None if earlier is None else await self.runner.served(caller)
            reply = served or await self.runner.run(given, caller, emit)
            if reply.failed:
                async with asyncio.timeout(_DISCARDING):
                    await self.stores.inbox.discard(caller)
            else:
                await self.stores.inbox.settle(caller, reply.as_dict())
            return reply
