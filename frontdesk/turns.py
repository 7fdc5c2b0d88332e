"""Runs one turn of the graph within its time budget, and never lets a fault reach the customer as an exception."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.state import DeskInput, DeskOutput, DeskState
from frontdesk.reply import Reply, StageEvent

_log = logging.getLogger(__name__)
_GRACE = 5.0
"""Seconds beyond the models' budget for the stages around them."""
_STEPS = 60
"""Supersteps of a turn at most; the respond/act loop is bounded by ``budgets.model_calls`` long before."""

Compiled = CompiledStateGraph[DeskState, Any, DeskInput, DeskOutput]


def pieces(text: str) -> Iterator[str]:
    """Cut a reviewed text into what is sent at once: up to a sentence or a line each; joined, they are the text."""
    yield from (part for part in re.split(r"(?<=[.!?]\s)|(?<=\n)", text) if part)


@dataclass(frozen=True)
class TurnRunner:
    """The compiled graphs: with a checkpointer, and without one for the stateless mode."""

    deps: Deps
    stateful: Compiled
    stateless: Compiled

    def config(self, caller: Caller) -> RunnableConfig:
        """Return the run's configuration. The principal is an object, which no checkpointer writes out."""
        given = {"thread_id": caller.thread_id, "turn_id": caller.turn_id, "principal": caller.principal}
        return RunnableConfig(configurable=given, recursion_limit=_STEPS)

    async def run(self, given: Any, caller: Caller, emit: Callable[[StageEvent], None]) -> Reply:
        """Run one turn.

        Args:
            given: The graph's input, or a resume command.
            caller: Principal, thread and turn.
            emit: Called with each stage event, in order.

        Returns:
            The reply; with ``failed`` set and the desk's ``unavailable`` wording when the turn broke.
        """
        try:
            async with asyncio.timeout(self.deps.desk.config.budgets.turn_seconds + _GRACE):
                return await self._run(given, caller, emit)
        except Exception as error:  # noqa: BLE001 - a customer gets a sentence, the log gets the class
            _log.error("turn failed: turn=%s error=%s", caller.turn_id, type(error).__name__, exc_info=_traces())
            return self._unavailable(caller)

    async def _run(self, given: Any, caller: Caller, emit: Callable[[StageEvent], None]) -> Reply:
        graph = self.stateful if caller.stateful else self.stateless
        durability: Any = {"durability": "exit"} if caller.stateful else {}
        values: Any = {}
        async for mode, data in graph.astream(
            given, self.config(caller), stream_mode=["custom", "values"], **durability
        ):
            if mode == "values":
                values = data
            elif isinstance(data, dict) and "stage" in data:
                emit(StageEvent(**data))
        return Reply.of(values["reply"], caller.thread_id)

    def _unavailable(self, caller: Caller) -> Reply:
        text = self.deps.desk.config.texts.unavailable.format(business=self.deps.desk.config.business)
        return Reply(text=text, status="refused", thread_id=caller.thread_id, turn_id=caller.turn_id, failed=True)


def _traces() -> bool:
    """Stack traces go to the log only at DEBUG: they can carry a message's words."""
    return _log.isEnabledFor(logging.DEBUG)
