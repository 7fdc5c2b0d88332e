"""What surrounds every stage: its time, its step in the path, its event in the stream, its line in the log."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.config import get_stream_writer

from frontdesk.graph.state import DeskState, Step

_log = logging.getLogger("frontdesk.stage")

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
        update = await self.node(state, self._of_one_turn(state, config))
        ms = round((time.perf_counter() - began) * 1000, 3)
        note = str(update.pop("note", ""))
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
