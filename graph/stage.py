"""What surrounds every stage: its time, its step in the path, its event in the stream, its line in the log."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig
from langgraph.config import get_stream_writer
from langgraph.graph.message import push_message

from frontdesk.graph.metering import RUNNING, Running
from frontdesk.graph.state import DeskState, Step

_log = logging.getLogger("frontdesk.stage")

UNREVIEWED = "respond"
"""The stage whose messages nobody may see yet."""
SPOKEN = "reply"
"""The stage whose message is what was said: it goes to whoever reads the stream mode ``messages``. By itself LangGraph
hands a message out once, and takes one that keeps its id for the one that the state had before."""

Node = Callable[[DeskState, RunnableConfig], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class Stage:
    """A node with its name."""

    name: str
    node: Node

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Run the node.

        The node's ``note`` (a closed code) becomes part of the path step. Stream events are
        ``{"stage", "phase": "start" | "end", "ms", "note"}``.
        """
        write = get_stream_writer()
        write({"stage": self.name, "phase": "start", "ms": 0.0, "note": ""})
        began = time.perf_counter()
        own = self._of_one_turn(state, config)
        running = RUNNING.set(Running(own, intent_in_hand(state)))
        try:
            update = await self.node(state, own)
        finally:
            RUNNING.reset(running)
        ms = round((time.perf_counter() - began) * 1000, 3)
        note = str(update.pop("note", ""))
        if self.name == UNREVIEWED:
            update = {**update, "messages": [draft(message) for message in update.get("messages", ())]}
        elif self.name == SPOKEN:
            for message in update.get("messages", ()):
                push_message(message, state_key=None)
        write({"stage": self.name, "phase": "end", "ms": ms, "note": note})
        _log.debug("stage=%s ms=%.1f note=%s", self.name, ms, note)
        return {**update, "path": [Step(stage=self.name, ms=ms, note=note)]}

    def _of_one_turn(self, state: DeskState, config: RunnableConfig) -> RunnableConfig:
        """Give all stages of a turn the same turn id where the caller names none (``graph.ainvoke`` of a library)."""
        given = config.get("configurable") or {}
        if given.get("turn_id") or given.get("run_id"):
            return config
        turn = state.get("turn")
        name = turn["id"] if turn and self.name != "scrub" else uuid.uuid4().hex
        return {**config, "configurable": {**given, "turn_id": name}}


def intent_in_hand(state: DeskState) -> str:
    """Return the intent that the turn serves, once decide has said so: before that, it is an earlier turn's."""
    decided = any(step["stage"] == "decide" for step in state.get("path") or ())
    return state["decision"]["intent"] if decided else ""


def draft(message: Any) -> Any:
    """Return a model's message as data that the state's reducer makes a message of again.

    LangGraph's stream mode ``messages`` hands out whatever messages a node returns, to a front end over Studio's
    server for one; data it leaves alone (``langgraph.pregel._messages``), and the reviewed message follows. What a
    model proposed in broken JSON has no such form: it keeps its calls, and loses its words.
    """
    if not isinstance(message, AIMessage):
        return message
    if message.invalid_tool_calls:
        return message.model_copy(update={"content": ""})
    return {"type": "ai", "content": message.content, "tool_calls": message.tool_calls, "id": message.id}
