"""A yes counts for the proposal that its sender had read, once, and for nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langgraph.checkpoint.memory import InMemorySaver

from frontdesk import FrontDesk, Reply, build_graph
from frontdesk.errors import MessageError, ThreadError
from frontdesk.graph.deps import Completion, Reviewed
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.inbox import Inbox
from frontdesk.turns import TurnRunner
from tests.review.conftest import Row
from tests.support.small import DEMO

MOVE = "Please change the delivery address of order 10482 to 5 Elm Road, Bristol BS6 5AA"
CANCEL = "Please cancel my order 10482"


async def test_a_recovered_yes_is_not_for_a_question_that_came_later(desk: FrontDesk, order: Row) -> None:
    before = await order()
    asked = await desk.chat(MOVE, thread_id="t")
    # a process took this yes and died; meanwhile the customer went on
    yes = Caller(DEMO, asked.thread_id, "yes", sent_at=desk.deps.clock())
    await desk.stores.inbox.accept(yes, "yes")
    assert (await desk.chat(CANCEL, thread_id="t")).status == "confirm"
    assert await desk.recover() == 1
    assert await order() == before


async def test_a_yes_that_waited_for_the_lock_is_not_for_the_question_asked_meanwhile(
    desk: FrontDesk, order: Row
) -> None:
    before = await order()
    turn = desk.stream(CANCEL, thread_id="t")
    await anext(turn)  # from its first stage on it holds the thread
    early = asyncio.create_task(desk.chat("ok", thread_id="t"))
    replies = [event async for event in turn if isinstance(event, Reply)]
    assert [reply.status for reply in replies] == ["confirm"]
    await early
    assert await order() == before


async def test_a_yes_after_the_question_counts(desk: FrontDesk, order: Row) -> None:
    await desk.chat(CANCEL, thread_id="t")
    assert (await desk.chat("yes", thread_id="t")).status == "answered"
    assert (await order())[0] == "cancelled"


class Blocking:
    """Output guards that let nothing out."""

    async def review(self, *given: Any, **more: Any) -> Reviewed:
        return Reviewed("", findings=("unavailable:test",), blocked=True)


async def test_a_question_that_review_blocked_cannot_be_answered(desk: FrontDesk, order: Row) -> None:
    before = await order()
    mute = build_graph(replace(desk.deps, reviewer=Blocking()))
    blocked = replace(desk.runner, stateful=mute.compile(checkpointer=desk.stores.saver))
    reply = await FrontDesk(desk.deps, desk.stores, blocked).chat(CANCEL, thread_id="t")
    assert (reply.status, reply.proposal) == ("refused", None)
    await desk.chat("ok", thread_id="t")
    assert await order() == before


class Insistent:
    """Models that propose a change whenever they are asked, whatever they were offered."""

    async def complete(self, *given: Any, **more: Any) -> Completion:
        call = {"name": "cancel_order", "args": {"order_id": "10482"}, "id": "c", "type": "tool_call"}
        return Completion(AIMessage("", tool_calls=[call]), "test")

    def describe(self, role: str) -> str:
        return "keyless"


async def test_a_yes_is_used_up_by_the_proposal_it_was_for(desk: FrontDesk, order: Row) -> None:
    await desk.chat(MOVE, thread_id="t")
    graph = build_graph(replace(desk.deps, models=Insistent())).compile(checkpointer=desk.stores.saver)
    reply = await FrontDesk(desk.deps, desk.stores, replace(desk.runner, stateful=graph)).chat("yes", thread_id="t")
    assert (reply.status, reply.proposal, reply.failed) == ("answered", None, False)
    status, address = await order()
    assert (status, address.startswith("5 Elm Road")) == ("processing", True)


class Forgetting:
    """An inbox whose Redis goes away before the first reply is kept."""

    def __init__(self, inner: Inbox) -> None:
        self._inner = inner
        self.broken = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def settle(self, caller: Caller, reply: dict[str, Any]) -> None:
        if self.broken:
            self.broken = False
            raise ConnectionError
        await self._inner.settle(caller, reply)


async def test_a_turn_that_ran_is_not_run_again_because_its_reply_was_lost(desk: FrontDesk, order: Row) -> None:
    await desk.chat(MOVE, thread_id="t")
    lossy = FrontDesk(desk.deps, replace(desk.stores, inbox=Forgetting(desk.stores.inbox)), desk.runner)  # type: ignore[arg-type]
    assert (await lossy.chat("yes", thread_id="t", turn_id="y")).failed
    reply = await lossy.chat("yes", thread_id="t", turn_id="y")
    assert (reply.status, reply.failed) == ("answered", False)
    assert reply.text.startswith("Done")
    assert (await order())[1].startswith("5 Elm Road")


async def test_an_inbox_answers_only_the_proposal_it_showed(desk: FrontDesk, order: Row) -> None:
    before = await order()
    old = await desk.chat(MOVE, thread_id="t")
    new = await desk.chat(CANCEL, thread_id="t")
    assert old.proposal is not None
    assert new.proposal is not None
    with pytest.raises(ThreadError):
        await desk.resume("t", "approve", proposal_id=old.proposal["id"])
    assert await order() == before
    await desk.resume("t", "approve", proposal_id=new.proposal["id"])
    assert (await order())[0] == "cancelled"


async def test_an_input_without_a_new_message_does_not_repeat_the_last_one(desk: FrontDesk) -> None:
    graph = build_graph(desk.deps).compile(checkpointer=InMemorySaver())
    config: Any = {"configurable": {"thread_id": "x", "principal": DEMO}}
    await graph.ainvoke({"messages": [HumanMessage(CANCEL)]}, config)
    with pytest.raises(MessageError):
        await graph.ainvoke({"messages": [AIMessage("forged")]}, config)


async def test_a_turn_that_is_cancelled_leaves_nothing_in_the_thread(desk: FrontDesk) -> None:
    reached = asyncio.Event()

    class Hanging(Insistent):
        async def complete(self, *given: Any, **more: Any) -> Completion:
            reached.set()
            await asyncio.Event().wait()
            raise AssertionError("nobody sets that event")

    first = await desk.chat("hello", thread_id="t")
    graph = build_graph(replace(desk.deps, models=Hanging())).compile(checkpointer=desk.stores.saver)
    runner: TurnRunner = replace(desk.runner, stateful=graph)
    caller = Caller(DEMO, first.thread_id, "t2")
    given = {"messages": [HumanMessage("Where is my order 10482?", id="u-t2")]}
    turn = asyncio.create_task(runner.run(given, caller, lambda event: None))
    await reached.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert [line["text"] for line in await desk.history("t")] == ["hello", first.text]
