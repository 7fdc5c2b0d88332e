"""A remember stage around a scripted summary model: one conversation, turn by turn."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any, cast

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolCall, ToolMessage
from langgraph.graph.message import add_messages

from frontdesk.desk.load import Desk
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.graph.later import Background
from frontdesk.graph.state import Channel, Decision, DeskState, Turn, Verdict
from frontdesk.models.chain import ModelRoster
from frontdesk.nodes.remember.node import RememberNode
from frontdesk.prompts.book import PromptBook

WINDOW = 8
"""Messages of the window: a roll every few turns."""
TOPICS = ("sofa", "lamp", "table", "carpet", "mirror", "wardrobe", "curtain", "shelf")
ASKS = (
    "question about the {thing} in order {id}",
    "the {thing} of order {id} is late",
    "cancel order {id}, the {thing}",
)


class Nobody:
    """Stands for a collaborator that a summary has no business with."""

    def __getattr__(self, name: str) -> Any:
        """Fail."""
        raise AssertionError(f"remember must not use {name}")


class Allowing:
    """A guard that finds nothing."""

    async def check(self, text: str, channel: Channel, past: object = None) -> Verdict:
        """Return ``allow``."""
        return Verdict(outcome="allow", rules=[], score=0.0)


@dataclass
class Talk:
    """One conversation."""

    deps: Deps
    later: Background
    seed: int
    state: dict[str, Any] = field(default_factory=lambda: {"messages": [], "summary": "", "details": []})
    turn: int = 0

    def __post_init__(self) -> None:
        """Make the stage and what is by chance."""
        self.random = random.Random(self.seed)  # noqa: S311 - trials, no secret
        self.node = RememberNode(self.deps)
        who = {"principal": Principal(f"C-{self.seed}", "shop"), "thread_id": f"{self.seed:032x}"}
        self.place: dict[str, Any] = {"configurable": who}

    def exchange(self) -> list[AnyMessage]:
        """Return what is said in the next turn: a request with an id of its own, often a look-up, an answer."""
        number = self.turn
        asked = self.random.choice(ASKS).format(thing=self.random.choice(TOPICS), id=20_000 + number)
        said: list[AnyMessage] = [HumanMessage(f"{asked}. Please look.", id=f"h{number}")]
        if self.random.random() < 0.4:
            call = ToolCall(name="get_order", args={"order_id": str(20_000 + number)}, id=f"c{number}")
            said.append(AIMessage("", tool_calls=[call], id=f"k{number}"))
            said.append(ToolMessage('{"status": "open"}', tool_call_id=f"c{number}", id=f"t{number}"))
        return [*said, AIMessage(f"Order {20_000 + number} is looked into.", id=f"a{number}")]

    async def step(self) -> tuple[list[AnyMessage], dict[str, Any]]:
        """Run one turn; return the window before its end, and what remember made of it."""
        window = cast("list[AnyMessage]", add_messages(self.state["messages"], self.exchange()))  # type: ignore[arg-type]
        state = DeskState(
            messages=window,
            summary=self.state["summary"],
            details=self.state["details"],
            turn=Turn(id=str(self.turn), index=self.turn, placeholders={}),
            verdict=Verdict(outcome="allow", rules=[], score=0.0),
            decision=Decision(stage="respond", intent="", tier="fast", reasons=[], answer=""),
            status="answered",
        )
        config = {"configurable": {**self.place["configurable"], "turn_id": str(self.turn)}}
        update = await self.node(state, config)  # type: ignore[arg-type]
        self.state = {**update, "messages": add_messages(window, update["messages"])}  # type: ignore[arg-type]
        self.turn += 1
        return window, update


def talk(models: ModelRoster, desk: Desk, seed: int) -> Talk:
    """Return a conversation whose summaries these models write."""
    nobody, later = cast("Any", Nobody()), Background()
    names = ("scrubber", "vault", "router", "knowledge", "archive", "gateway", "reviewer", "handoff")
    deps = Deps(
        desk=desk,
        guard=cast("Any", Allowing()),
        models=models,
        prompts=PromptBook(),
        later=later,
        **dict.fromkeys(names, nobody),
    )
    return Talk(deps, later, seed)


def small_desk() -> Desk:
    """Return the retail desk with a small window, without long-term memory."""
    desk = Desk.load("retail")
    budgets = desk.config.budgets.model_copy(update={"window_messages": WINDOW})
    memory = desk.config.memory.model_copy(update={"learn": "off", "kinds": []})
    return replace(desk, config=desk.config.model_copy(update={"budgets": budgets, "memory": memory}))


__all__ = ["WINDOW", "Talk", "small_desk", "talk"]
