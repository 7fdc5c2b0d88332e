"""Between stateless and stateful: the client carries the conversation, and nothing of it is stored here.

The turn runs without a thread, as a stateless one does: no write is offered, no ticket filed, nothing learnt. What a
thread would keep goes into a capsule (:mod:`frontdesk.capsules`), which comes back with the next message.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from langchain_core.messages import AnyMessage, HumanMessage

from frontdesk.capsules import CARRIED, Carried, opened, sealed
from frontdesk.errors import CapsuleError
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import DeskState
from frontdesk.graph.wiring import build_graph
from frontdesk.nodes.guard.quarantine import sift
from frontdesk.nodes.marks import refused_now
from frontdesk.nodes.remember.counting import counter_of
from frontdesk.nodes.remember.ending import task_after
from frontdesk.nodes.remember.extracting import extract
from frontdesk.nodes.remember.noting import Noting
from frontdesk.nodes.remember.summary import spoken
from frontdesk.nodes.remember.window import leaving
from frontdesk.nodes.scrub.masked import masked_index
from frontdesk.reply import Reply
from frontdesk.streaming import Emit
from frontdesk.turns import Compiled, TurnRunner

HOUR = 3600.0
_HALVINGS = 4
"""Times that a window is halved for a capsule that would be too long."""


@dataclass(frozen=True)
class _OneTurn(TurnRunner):
    """A runner that keeps the state which its turn ended with."""

    ended: dict[str, Any] = field(default_factory=dict, repr=False)

    def _reply(self, values: Mapping[str, Any], caller: Caller) -> Reply:
        self.ended.update(values)
        return super()._reply(values, caller)


@dataclass
class Carrier:
    """Runs turns whose state comes and goes in a capsule."""

    deps: Deps
    sealer: Sealer
    _graph: Compiled | None = None

    async def turn(self, caller: Caller, text: str, capsule: str, emit: Emit | None) -> Reply:
        """Answer one message.

        Args:
            caller: Without a thread.
            text: Clean.
            capsule: The one of the last reply; empty at the beginning.
            emit: As :meth:`TurnRunner.run` takes it.

        Returns:
            The reply with the next capsule. After a fault it is the one that came, so that the message may be sent
            again.

        Raises:
            CapsuleError: The capsule is not acceptable.
        """
        held = opened(self.sealer, caller.principal, capsule, self.deps.clock())
        # The id of its own keeps values apart: two callers who have not signed in may choose the same turn id.
        own = replace(caller, thread_id="", turn_id=uuid.uuid4().hex)
        message = HumanMessage(content=text, id=f"u-{own.turn_id}")
        given = {**held.state, "messages": [*held.state.get("messages", ()), message]}
        runner = _OneTurn(self.deps, self._compiled(), self._compiled())
        try:
            await self.deps.vault.store(own, held.values)
            reply = await runner.run(given, own, emit)
            if reply.failed:
                return replace(reply, turn_id=caller.turn_id, capsule=capsule)
            values = await self.deps.vault.load(own)
            kept = await self._kept(cast("DeskState", runner.ended))
        finally:
            await self.deps.vault.drop(own)
        return replace(reply, turn_id=caller.turn_id, capsule=await self._next(own, kept, values))

    def _compiled(self) -> Compiled:
        """Return the graph whose input and output is the whole state: it has no checkpointer to have it from."""
        if self._graph is None:
            graph = build_graph(self.deps)
            graph.input_schema = graph.output_schema = DeskState  # type: ignore[assignment]
            self._graph = graph.compile()
        return self._graph

    async def _kept(self, state: DeskState) -> DeskState:
        """Return what the next turn must know, as remember would keep it in a thread: marks, ledger, window, summary.

        The summary is extracted: nobody waits for a model's, and nobody keeps one for later.
        """
        marked = refused_now(state)
        messages: list[AnyMessage] = [marked.get(message.id or "", message) for message in state["messages"]]
        details = await Noting(self.deps, state, messages)()
        budgets = self.deps.desk.config.budgets
        kept = DeskState(**{**state, "messages": messages, "details": details})
        if task := task_after(state, self.deps.desk):
            kept["task"] = task
        return await self._rolled(kept, budgets.window_messages, budgets.window_tokens)

    async def _rolled(self, state: DeskState, most: int, tokens: int) -> DeskState:
        gone = leaving(state["messages"], most, tokens, counter_of(self.deps).message)
        names = {message.id for exchange in gone for message in exchange}
        left: list[AnyMessage] = [message for message in state["messages"] if message.id not in names]
        summary = state.get("summary", "")
        if gone:
            summary = extract(summary, spoken(gone), state.get("details", ()))
            # as in a thread: what a tool or a page said may have come into it by way of an answer of ours
            summary = (await sift(self.deps.guard, summary, "document")).text
        told: dict[str, Any] = {"messages": left, "summary": summary, "masked": masked_index(left)}
        return cast("DeskState", {**state, **told})

    async def _next(self, caller: Caller, state: DeskState, values: Mapping[str, str]) -> str:
        """Seal; where that is too long, the window is halved until it is not.

        Raises:
            CapsuleError: It is too long even so.
        """
        config = self.deps.desk.config
        ends = self.deps.clock() + config.memory.capsule_hours * HOUR
        halving = 0
        while True:
            held = Carried({name: state[name] for name in CARRIED if name in state}, values)
            try:
                return sealed(self.sealer, caller.principal, held, ends)
            except CapsuleError:
                halving += 1
                if halving > _HALVINGS:
                    raise
            state = await self._rolled(state, 2, config.budgets.window_tokens >> halving)


__all__ = ["Carrier"]
