"""Turns measured in threes: the same message to the desk on Redis, to its graph without a checkpointer, and stateless.

The three are taken one right after the other and in changing order, so that what the machine does meanwhile falls on
all of them alike; ratios are formed within a three.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import HumanMessage

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import DeskState
from frontdesk.graph.wiring import build_graph
from frontdesk.reply import Reply
from frontdesk.service import FrontDesk
from frontdesk.turns import Compiled

MESSAGES = (
    "How many days do I have to send something back?",
    "Where is my order 10482?",
    "What are your opening hours in Bristol on Saturday?",
    "How many loyalty points do I have?",
    "How much does delivery cost?",
    "Thank you!",
)
"""The messages that are measured: pages, tools with and without arguments, small talk."""
FILLERS = (
    *MESSAGES,
    "Which orders do I have?",
    "My e-mail is mira.kessler@example.org, and I would like to know when order 10482 arrives.",
    "Which ways to pay do you offer?",
    "Hello again",
)
"""What is said between the measured turns; one of them carries personal data, so that the vault is not empty."""
SIDES = ("stateful", "graph", "stateless")


@dataclass(frozen=True, slots=True)
class Sample:
    """One measured turn."""

    side: str
    conversation: int
    point: int
    """The turn asked for; the measured one lies up to ``len(MESSAGES) - 1`` turns later."""
    message: int
    ms: float
    """Wall time."""
    cpu_ms: float
    """Processor time of this process, all threads: without Redis, without the loopback model."""
    stages: tuple[tuple[str, float], ...]
    text: str
    rolled: bool = False
    """Whether messages left the window in this turn: with a hosted model, one more call, which writes the summary."""


def bare_graph(memory: FrontDesk) -> Compiled:
    """Return the same graph without a checkpointer, which takes the whole state as its input.

    Args:
        memory: The same desk opened with ``FRONTDESK_REDIS=memory``: its vault, ledger and archive are dicts, so
            that nothing of a turn touches Redis.
    """
    graph = build_graph(memory.deps)
    graph.input_schema = DeskState  # type: ignore[assignment]  # the public input takes messages only
    return graph.compile()


@dataclass(frozen=True)
class Bench:
    """The desk on Redis and the graph that it is compared with."""

    desk: FrontDesk
    bare: Compiled
    principal: Principal

    async def fill(self, thread: str, turns: int, start: int = 0) -> None:
        """Let a conversation go on for some turns that are not measured, from a place in :data:`FILLERS` on."""
        for number in range(start, start + turns):
            await self._say(FILLERS[number % len(FILLERS)], thread)

    async def three(self, thread: str, conversation: int, point: int, message: int) -> list[Sample]:
        """Measure one message on all sides; the thread has one more turn afterwards."""
        state = await self._state(thread)
        text = MESSAGES[message]
        calls: dict[str, Callable[[], Awaitable[Reply]]] = {
            "stateful": lambda: self._say(text, thread),
            "graph": lambda: self._graph(text, state),
            "stateless": lambda: self._say(text, None),
        }
        turn = (conversation + message) % len(SIDES)
        order = SIDES[turn:] + SIDES[:turn]
        if (conversation + point) % 2:
            order = order[::-1]
        return [await _timed(side, calls[side], (conversation, point, message)) for side in order]

    async def thread_of(self, name: str) -> str:
        """Return the server's id of a thread."""
        return await self.desk.stores.threads.resolve(self.principal, name)

    async def _say(self, text: str, thread: str | None) -> Reply:
        return await self.desk.chat(text, thread_id=thread, principal=self.principal)

    async def _graph(self, text: str, state: dict[str, Any]) -> Reply:
        caller = Caller(self.principal, uuid.uuid4().hex, uuid.uuid4().hex)
        message = HumanMessage(content=text, id=f"u-{caller.turn_id}")
        given: Any = {**state, "messages": [*state.get("messages", ()), message]}
        config = self.desk.runner.config(caller)
        values: Any = {}
        async for mode, data in self.bare.astream(given, config, stream_mode=["custom", "values"]):
            values = data if mode == "values" else values
        return Reply.of(values["reply"], "")

    async def _state(self, name: str) -> dict[str, Any]:
        caller = Caller(self.principal, await self.thread_of(name), uuid.uuid4().hex)
        snapshot = await self.desk.runner.stateful.aget_state(self.desk.runner.config(caller))
        return dict(snapshot.values)


async def _timed(side: str, call: Callable[[], Awaitable[Reply]], place: tuple[int, int, int]) -> Sample:
    began, cpu = time.perf_counter(), time.process_time()
    reply = await call()
    ms, cpu_ms = (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000
    if reply.failed or reply.status != "answered":
        raise RuntimeError(f"a turn of the benchmark was not answered: {side}, {MESSAGES[place[2]]!r}, {reply.status}")
    stages = tuple((str(step["stage"]), float(step["ms"])) for step in reply.timings)
    rolled = any(step["note"] == "rolled" for step in reply.timings)
    return Sample(side, *place, ms, cpu_ms, stages, reply.text, rolled)
