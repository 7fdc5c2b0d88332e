"""The act stage with several writes in one message: over a gateway whose orders really change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.desk.config import DeskConfig
from frontdesk.graph.deps import Deps
from frontdesk.graph.edges import after_act
from frontdesk.graph.journal import LogJournal
from frontdesk.graph.state import DeskState, Proposal
from frontdesk.nodes.act import plan
from frontdesk.nodes.act.node import ActNode
from frontdesk.nodes.act.several import BETWEEN, TOO_MANY
from frontdesk.nodes.handoff.node import HandoffNode
from frontdesk.nodes.handoff.packet import plan_in
from frontdesk.nodes.marks import step_of
from frontdesk.nodes.remember.effects import of_tools
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.vault import MemoryVault
from tests.support.deps import Allowing
from tests.support.plans import TOOLS, PlanShop, made
from tests.support.tools import ANNA, THREAD

CONFIG: RunnableConfig = {"configurable": {"principal": ANNA, "thread_id": THREAD, "turn_id": "turn-1"}}
SAID = "please cancel 10001, hold 10002 and cancel 10003, ping 10001, ping 10002"
ABC = ("cancel 10001", "hold 10002", "cancel 10003")


@dataclass
class Stage:
    """Act over a shop; what it leaves in the state is there when it runs again."""

    shop: PlanShop = field(default_factory=PlanShop)
    limit: int = 5
    said: str = SAID

    def __post_init__(self) -> None:
        self.state: dict[str, Any] = {
            "messages": [HumanMessage(self.said)],
            "verdict": {"outcome": "allow", "rules": [], "score": 0.0},
            "decision": {"intent": "any"},
            "turn": {"id": "turn-1", "index": 0, "placeholders": {}},
            "task": {"intent": "any", "turns": 1, "started": 0},
            "status": "answered",
            "approved": "",
        }
        config = DeskConfig.model_validate({"name": "shop", "business": "Shop", "gateway": {"plan_calls": self.limit}})
        self.deps = SimpleNamespace(
            desk=SimpleNamespace(tools=TOOLS, intents={"any": SimpleNamespace(tools=list(TOOLS))}, config=config),
            gateway=self.shop.gateway("get_order", "cancel", "hold", "ping", "grant"),
            vault=MemoryVault(),
            scrubber=PersonalDataScrubber(),
            principal=ANNA,
            guard=Allowing(),
            journal=LogJournal(),
            models=SimpleNamespace(describe=lambda role: "keyless"),
            clock=lambda: self.shop.now,
        )

    async def run(self, *calls: str, **state: Any) -> dict[str, Any]:
        return await self.act(made(calls), **state)

    async def act(self, calls: list[ToolCall], **state: Any) -> dict[str, Any]:
        self.state |= state
        self.state["messages"] = [*self.state["messages"], AIMessage("", tool_calls=calls)]
        update = await ActNode(cast(Deps, self.deps))(cast(DeskState, self.state), CONFIG)
        messages = [*self.state["messages"], *update["messages"]]
        self.state |= {**update, "messages": messages, "path": [{"stage": "act", "ms": 0, "note": update["note"]}]}
        return update

    async def approved(self) -> dict[str, Any]:
        """The customer's yes, as the confirm stage leaves it."""
        proposal: Proposal = self.state["proposal"]
        calls = [
            ToolCall(name=call["tool"], args=call["arguments"], id=f"y{at}", type="tool_call")
            for at, call in enumerate(proposal["calls"])
        ]
        return await self.act(calls, approved=proposal["id"], status="answered")


def texts(update: Mapping[str, Any]) -> list[str]:
    return [str(message.content) for message in update["messages"]]


async def test_two_writes_are_one_question() -> None:
    stage = Stage()
    update = await stage.run(*ABC[:2])
    assert texts(update)[:2] == [plan.WAITING] * 2
    assert texts(update)[2] == (
        "These changes would be made together, in this order:\n"
        "1. Shall I cancel 10001 (open)?\n2. Shall I hold 10002 (open)?\nShall I make all of them?"
    )
    assert (update["status"], update["note"], after_act(cast(DeskState, stage.state))) == (
        "confirm",
        "confirm",
        "review",
    )
    assert "task" not in update and stage.shop.orders.log == []


async def test_the_yes_makes_all_of_it_and_a_model_words_it() -> None:
    stage = Stage()
    await stage.run(*ABC)
    update = await stage.approved()
    assert stage.shop.orders.log == [*ABC]
    assert (update["note"], update["proposal"], update["approved"], update["task"]) == ("done", None, "", None)
    assert [step_of(message) for message in update["messages"]] == ["done"] * 3
    assert after_act(cast(DeskState, stage.state)) == "respond"


@pytest.mark.parametrize(
    ("word", "edit"),
    [
        ("reordered", lambda calls: calls[::-1]),
        ("shortened", lambda calls: calls[:2]),
        ("grown", lambda calls: [*calls, *made(["hold 10004"])]),
        ("edited", lambda calls: [*calls[:2], {**calls[2], "args": {"order_id": "10001"}}]),
    ],
)
async def test_a_message_that_is_not_the_plan_changes_nothing(word: str, edit: Any) -> None:
    stage = Stage()
    await stage.run(*ABC)
    update = await stage.act(edit(made(ABC)), approved=stage.state["proposal"]["id"], status="answered")
    assert stage.shop.orders.log == [], word
    assert update.get("proposal") is None or update["status"] == "confirm", "asked anew at the most"


@pytest.mark.parametrize(
    ("word", "faults", "note", "goes", "line"),
    [
        ("undone", {"hold 10002": "refused"}, "halted", "review", "1. Shall I cancel 10001 (open)? — Done, and undone again."),
        ("never begun", {"cancel 10001": "failed"}, "halted", "review",
         "1. Shall I cancel 10001 (open)? — That system is not answering."),
        ("unknown", {"hold 10002": "unknown"}, "partial", "handoff",
         "2. Shall I hold 10002 (open)? — It is not clear whether this went through."),
        ("not undone", {"cancel 10003": "refused", "restore 10002": "failed"}, "partial", "handoff",
         "2. Shall I hold 10002 (open)? — Done."),
        ("undone or not", {"cancel 10003": "refused", "restore 10002": "unknown"}, "partial", "handoff",
         "2. Shall I hold 10002 (open)? — Done; it is not clear whether it was undone again."),
        ("the rest", {"cancel 10001": "refused"}, "halted", "review", "3. Shall I cancel 10003 (open)? — Not done."),
    ],
)  # fmt: skip
async def test_a_plan_that_does_not_go_through_is_told_by_the_desk_itself(
    word: str, faults: dict[str, str], note: str, goes: str, line: str
) -> None:
    stage = Stage()
    await stage.run(*ABC)
    stage.shop.orders.faults = dict(faults)
    update = await stage.approved()
    account = texts(update)[-1].splitlines()
    assert line in account, word
    assert len(account) == 4
    assert (update["note"], after_act(cast(DeskState, stage.state))) == (note, goes)
    noted = of_tools(stage.state["messages"][-5:], {"cancel", "hold"}, None, 1)
    stands = [step["state"] for step in plan_in(stage.state["messages"])]
    assert [detail.kind == "done" for detail in noted] == [state in {"done", "not_undone"} for state in stands]


async def test_a_person_gets_every_step() -> None:
    stage = Stage()
    await stage.run(*ABC)
    stage.shop.orders.faults = {"hold 10002": "unknown"}
    await stage.approved()
    assert plan_in(stage.state["messages"]) == [
        {"tool": "cancel", "arguments": {"order_id": "10001"}, "state": "done"},
        {"tool": "hold", "arguments": {"order_id": "10002"}, "state": "unknown"},
        {"tool": "cancel", "arguments": {"order_id": "10003"}, "state": "not_run"},
    ]


async def test_the_notice_of_the_handoff_follows_the_account() -> None:
    stage = Stage()
    await stage.run(*ABC)
    stage.shop.orders.faults = {"hold 10002": "unknown"}
    account = str((await stage.approved())["messages"][-1].content)
    nowhere: RunnableConfig = {"configurable": {"principal": ANNA}}
    update = await HandoffNode(cast(Deps, stage.deps))(cast(DeskState, stage.state), nowhere)
    said = update["messages"][0]
    assert str(said.content).startswith(account) and len(str(said.content)) > len(account)
    assert said.id == stage.state["messages"][-1].id, "it takes the account's place"


@pytest.mark.parametrize(
    ("word", "calls", "results", "log"),
    [
        ("a read before a plan", ("get_order 10001", "cancel 10001", "hold 10002"), "{ww", []),
        ("a read behind it", ("cancel 10001", "hold 10002", "get_order 10001"), "wwb", []),
        ("a read behind what asks nobody", ("ping 10001", "ping 10002", "get_order 10001"), "{{{",
         ["ping 10001", "ping 10002"]),
        ("a read in the middle", ("ping 10001", "get_order 10001", "ping 10002"), "{b{", ["ping 10001", "ping 10002"]),
        ("one write alone, and a read", ("ping 10001", "get_order 10001"), "{{", ["ping 10001"]),
    ],
)  # fmt: skip
async def test_reads_keep_their_place(word: str, calls: tuple[str, ...], results: str, log: list[str]) -> None:
    stage = Stage()
    update = await stage.run(*calls)
    told = texts(update)[: len(calls)]
    codes = {plan.WAITING: "w", BETWEEN: "b"}
    assert "".join(codes.get(text, text[0]) for text in told) == results, word
    assert stage.shop.orders.log == log


async def test_a_plan_that_asks_nobody_is_undone_too() -> None:
    stage = Stage()
    stage.shop.orders.faults = {"ping 10002": "refused"}
    update = await stage.run("ping 10001", "ping 10002")
    assert stage.shop.orders.log == ["ping 10001", "restore 10001"]
    assert (update["note"], [step_of(m) for m in update["messages"] if isinstance(m, ToolMessage)]) == (
        "halted", ["undone", "refused"],
    )  # fmt: skip


async def test_a_plan_that_is_too_long_is_not_proposed() -> None:
    stage = Stage(limit=2)
    assert texts(await stage.run(*ABC)) == [TOO_MANY.format(limit=2)] * 3
    assert stage.shop.orders.log == []


async def test_what_the_customer_never_named_is_no_step() -> None:
    stage = Stage(said="please cancel 10001 and 10003")
    update = await stage.run(*ABC)
    assert [call["arguments"]["order_id"] for call in update["proposal"]["calls"]] == ["10001", "10003"]
    assert "Nothing was changed" in texts(update)[1]


async def test_no_plan_in_a_doubtful_turn() -> None:
    stage = Stage()
    await stage.run(*ABC)
    stage.state["verdict"] = {"outcome": "raise", "rules": [], "score": 1.0}
    update = await stage.approved()
    assert texts(update) == [plan.NO_WRITES] * 3
    assert stage.shop.orders.log == []


async def test_a_second_persons_call_is_asked_for_alone_and_the_rest_is_said() -> None:
    stage = Stage(said="cancel 10001 and grant 10002")
    update = await stage.run("cancel 10001", "grant 10002")
    assert "calls" not in update["proposal"] and update["proposal"]["tool"] == "grant"
    assert texts(update)[-1] == (
        "Shall I grant 10002 (open)?\n\nA colleague has to approve this one, so it stands alone. Ask me for the rest afterwards."
    )
