"""Runs a talk through the stage that remembers, and looks at what a model would be shown after each turn."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph.message import add_messages

from frontdesk.assembly import open_desk
from frontdesk.desk.load import Desk
from frontdesk.evals.details.talks import Exchange, Talk
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import Decision, DeskState, Step, Task, Turn, Verdict
from frontdesk.nodes.remember.node import RememberNode
from frontdesk.nodes.remember.tokens import count_text
from frontdesk.nodes.remember.wording import shown
from frontdesk.nodes.respond.fitting.assembling import Turn as Asked
from frontdesk.nodes.respond.fitting.assembling import assembled
from frontdesk.nodes.respond.fitting.counting import count_of
from frontdesk.settings import Settings

NEXT = "so, where were we?"
"""What the customer says when it is looked at what a model is shown."""


@dataclass(frozen=True)
class Ran:
    """A talk after its last turn."""

    context: str
    """All that a model is shown."""
    details: list[str]
    summary: str
    source: str
    """All that anybody said, and what tools were given and answered."""
    tokens: list[int]
    """Of the whole prompt, after each turn."""
    whole: list[int]
    """Of the prompt with the whole history instead of what is remembered."""
    window: list[int]
    """Of these, what the exchanges in the window take: they come and go in steps."""
    ledger: int
    """Of the ledger as it is shown at the end."""


@asynccontextmanager
async def opened() -> AsyncIterator[Deps]:
    """Open the retail desk without a model and without Redis, and yield what its stages use."""
    with TemporaryDirectory(prefix="frontdesk-details-") as home:
        settings = Settings(home=Path(home), redis="memory")
        async with open_desk(Desk.load("retail"), settings) as door:
            yield door.deps


async def run(deps: Deps, talk: Talk, number: int) -> Ran:
    """Run one talk.

    Args:
        deps: Of :func:`opened`.
        talk: The conversation; its texts are masked as they are.
        number: Of the talk; names its thread.
    """
    node, tenant = RememberNode(deps), Principal(tenant=deps.desk.config.name)
    config = RunnableConfig(configurable={"principal": tenant, "thread_id": f"{number:032x}", "turn_id": "t"})
    state, history = DeskState(messages=[], details=[], summary=""), list[AnyMessage]()
    tokens, whole, window = list[int](), list[int](), list[int]()
    prompt, _ = _prompt(deps, _asking(DeskState(messages=[], details=[], summary=""), 0))
    base = _size(prompt)
    said_so_far = 0
    for index, exchange in enumerate(talk.exchanges):
        new = _messages(exchange, index)
        history += new
        said_so_far += sum(count_of(message) for message in new)
        state["messages"] = cast("list[AnyMessage]", add_messages(cast(Any, state["messages"]), cast(Any, new)))
        update = await node(_turn(state, exchange, index), config)
        state["messages"] = cast("list[AnyMessage]", add_messages(cast(Any, state["messages"]), update["messages"]))
        state["details"], state["summary"] = update["details"], update["summary"]
        if exchange.waiting:
            state["waiting"] = [*state.get("waiting", []), _task(exchange, index)]
        prompt, in_window = _prompt(deps, _asking(state, index + 1))
        window.append(in_window)
        tokens.append(_size(prompt))
        whole.append(base + said_so_far)
    return Ran(
        context="\n".join(str(message.content) for message in prompt),
        details=state["details"],
        summary=state["summary"],
        source="\n".join(
            [*(_all(message) for message in history), *(str(each.waiting or "") for each in talk.exchanges)]
        ),
        tokens=tokens,
        whole=whole,
        window=window,
        ledger=count_text(shown(state["details"])),
    )


def _messages(exchange: Exchange, index: int) -> list[AnyMessage]:
    messages: list[AnyMessage] = [HumanMessage(exchange.said, id=f"h{index}")]
    if exchange.call:
        name, arguments, result = exchange.call
        call = ToolCall(name=name, args=dict(arguments), id=f"c{index}")
        messages.append(AIMessage("", tool_calls=[call], id=f"p{index}"))
        messages.append(ToolMessage(json.dumps(result), tool_call_id=f"c{index}", name=name, id=f"r{index}"))
    return [*messages, AIMessage(exchange.reply, id=f"a{index}")]


def _turn(state: DeskState, exchange: Exchange, index: int) -> DeskState:
    given: dict[str, Any] = {
        "turn": Turn(id=f"t{index}", index=index, placeholders={}, messages=[f"h{index}"]),
        "verdict": Verdict(outcome="allow", rules=[], score=0.0),
        "decision": Decision(stage="respond", intent=exchange.intent, tier="fast", reasons=[], answer=""),
        "status": "answered",
        "path": [Step(stage="decide", ms=0.0, note=""), Step(stage="respond", ms=0.0, note="")],
    }
    if exchange.waiting:
        given["waiting"] = [*state.get("waiting", []), _task(exchange, index)]
    return DeskState(**{**state, **given})  # type: ignore[typeddict-item]


def _task(exchange: Exchange, index: int) -> Task:
    waiting = exchange.waiting or {}
    return Task(intent=waiting["intent"], turns=1, started=index, slots=dict(waiting["slots"]))


def _asking(state: DeskState, index: int) -> DeskState:
    asked = HumanMessage(NEXT, id=f"h{index}")
    given: dict[str, Any] = {
        "messages": [*state["messages"], asked],
        "turn": Turn(id=f"t{index}", index=index, placeholders={}, messages=[f"h{index}"]),
        "verdict": Verdict(outcome="allow", rules=[], score=0.0),
        "decision": Decision(stage="respond", intent="", tier="fast", reasons=[], answer=""),
    }
    return DeskState(**{**state, **given})  # type: ignore[typeddict-item]


def _prompt(deps: Deps, state: DeskState) -> tuple[list[Any], int]:
    """Return what a model is shown, and the tokens of its window; pages and tools are left out, here and of the whole
    history alike."""
    principal = Principal(tenant=deps.desk.config.name)
    made = assembled(Asked(deps, state, principal, [], [], []))
    return list(made.messages), made.report["parts"].get("window", 0)


def _size(messages: list[Any]) -> int:
    return sum(count_of(message) for message in messages)


def _all(message: AnyMessage) -> str:
    calls = message.tool_calls if isinstance(message, AIMessage) else []
    return "\n".join([str(message.content), *(f"{call['name']} {json.dumps(call['args'])}" for call in calls)])


__all__ = ["Ran", "opened", "run"]
