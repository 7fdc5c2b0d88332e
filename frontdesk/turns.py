"""Runs one turn of the graph within its time budget, and never lets a fault reach the customer as an exception."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import traceback
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.config import var_child_runnable_config
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph

from frontdesk.errors import SealError
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import DeskInput, DeskOutput, DeskState
from frontdesk.nodes.reply.node import ReplyNode
from frontdesk.reply import Reply
from frontdesk.streaming import Emit, TurnEvents

_log = logging.getLogger(__name__)
_GRACE, _LEAST = 0.1, 1.0
"""Beyond its budget a turn gets this share of it, and at least so many seconds, before it is broken off. Models end
within nine tenths of the budget (``nodes.respond``), so this is for tools and stores that hang."""
_STEPS = 60
"""Supersteps of a turn at most; the respond/act loop is bounded by ``budgets.model_calls`` long before."""
_UNDOING = 3.0
"""Seconds that taking back a broken turn may take: it is milliseconds, unless Redis is what broke it."""
_FRAMES = 6
"""Frames of a failure that are logged."""

Compiled = CompiledStateGraph[DeskState, Any, DeskInput, DeskOutput]


def own_context() -> contextvars.Context:
    """Return a context for a turn: a run of its own, whose inside a door's callbacks (stream_events) do not see."""
    context = contextvars.copy_context()
    context.run(var_child_runnable_config.set, None)
    return context


@dataclass(frozen=True)
class TurnRunner:
    """The compiled graphs: with a checkpointer, and without one for the stateless mode."""

    deps: Deps
    stateful: Compiled
    stateless: Compiled

    def config(self, caller: Caller, run: str = "", *, streams: bool = False) -> RunnableConfig:
        """Return the run's configuration. The principal is an object, which no checkpointer writes out.

        Args:
            caller: Principal, thread and turn.
            run: Id of this attempt at the turn, which its checkpoints carry; empty where nothing is run.
            streams: Whether somebody reads the words as they come.
        """
        given: dict[str, Any] = {"thread_id": caller.thread_id, "turn_id": caller.turn_id}
        given |= {"principal": caller.principal, "sent_at": caller.sent_at}
        given |= {"stream": True} if streams else {}
        return RunnableConfig(configurable={**given, "run_id": run} if run else given, recursion_limit=_STEPS)

    async def run(self, given: Any, caller: Caller, emit: Emit | None = None) -> Reply:
        """Run one turn.

        Args:
            given: The graph's input, or a resume command.
            caller: Principal, thread and turn.
            emit: Called with each stage event and each reviewed piece of text, in order; None: nobody listens.

        Returns:
            The reply; with ``failed`` set and the desk's ``unavailable`` wording when the turn broke.
        """
        run = uuid.uuid4().hex
        try:
            seconds = self.deps.desk.config.budgets.turn_seconds
            async with asyncio.timeout(seconds + max(_LEAST, _GRACE * seconds)):
                return await self._run(given, caller, self.config(caller, run, streams=emit is not None), emit)
        except asyncio.CancelledError:
            # The lock was lost, or the process ends: whoever serves the thread next must not find half a turn.
            await asyncio.shield(self._undo(caller, run))
            raise
        except Exception as error:  # noqa: BLE001 - a customer gets a sentence, the log gets the class
            _log.error("turn failed: turn=%s error=%s at=%s", caller.turn_id, _told(error), _place(error))
            await self._undo(caller, run)
            return self.unavailable(caller)

    async def served(self, caller: Caller) -> Reply | None:
        """Return the reply of a turn that the thread's state has in it, to the end; None where it has not run so far.

        For a turn whose process died, or whose Redis did, between its last checkpoint and the keeping of its reply.
        """
        config = self.config(caller)
        values: Any = (await self.stateful.aget_state(config)).values
        path = values.get("path")
        if not path or path[-1]["stage"] != "reply" or values["turn"]["id"] != caller.turn_id:
            return None
        update = await ReplyNode(self.deps)(values, config)
        return Reply.of(update["reply"], caller.thread_id)

    async def _undo(self, caller: Caller, run: str) -> None:
        """Take back what a broken turn left in the thread: half a turn, or a message that was never masked.

        LangGraph writes its last checkpoint when a run breaks, too. What a tool did is in the ledger.
        """
        saver = self.stateful.checkpointer
        if not caller.stateful or not isinstance(saver, BaseCheckpointSaver):
            return
        try:
            async with asyncio.timeout(_UNDOING):
                await saver.adelete_for_runs([run])
        except NotImplementedError:
            _log.info("a broken turn stays in the thread: this checkpointer cannot delete runs")
        except Exception as error:  # noqa: BLE001 - often the very fault that broke the turn; the customer is answered
            _log.error("a broken turn could not be taken back: turn=%s error=%s", caller.turn_id, type(error).__name__)

    async def _run(self, given: Any, caller: Caller, config: RunnableConfig, emit: Emit | None) -> Reply:
        graph = self.stateful if caller.stateful else self.stateless
        durability: Any = {"durability": "exit"} if caller.stateful else {}
        events = TurnEvents(emit, partial(self.deps.vault.load, caller, prolong=False)) if emit else None
        values: Any = {}
        async for mode, data in graph.astream(given, config, stream_mode=["custom", "values"], **durability):
            if mode == "values":
                values = data
            elif events and isinstance(data, dict):
                await events.take(data)
        return self._reply(values, caller)

    def _reply(self, values: Mapping[str, Any], caller: Caller) -> Reply:
        """Return the reply of a turn that ended with this state."""
        return Reply.of(values["reply"], caller.thread_id)

    def unavailable(self, caller: Caller) -> Reply:
        """Return the reply to a turn that broke: nothing was remembered, and it may be sent again."""
        text = self.deps.desk.config.texts.unavailable.format(business=self.deps.desk.config.business)
        return Reply(text=text, status="refused", thread_id=caller.thread_id, turn_id=caller.turn_id, failed=True)


def _told(error: BaseException) -> str:
    """The class; of a value that cannot be opened also the text, which names the missing key and what to do."""
    return f"{type(error).__name__}: {error}" if isinstance(error, SealError) else type(error).__name__


def _place(error: BaseException) -> str:
    """Where it broke, innermost first. Never the error's text or a whole traceback: they can repeat a message."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " < ".join(f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}" for frame in reversed(frames))
