"""The customer's own record: fetched once per thread through the gateway, and masked from then on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from langchain_core.messages import HumanMessage, ToolCall
from langchain_core.runnables import RunnableConfig

from frontdesk.desk.config import DeskConfig
from frontdesk.desk.scrubbing import Record, Scrub
from frontdesk.errors import ScrubError, ToolRefusedError
from frontdesk.graph.approved import NoApproved
from frontdesk.graph.deps import Deps, Restore, ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import DeskState, Proposal
from frontdesk.nodes.scrub.node import ScrubNode
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.vault import MemoryVault
from frontdesk.tools.contract import ToolContract

THREAD = "0f0e0d0c0b0a09080706050403020100"
CUSTOMER = Principal("C-1", "shop", frozenset({"customer:read"}))
PERSON = {"customer_id": "C-1", "name": "Orla Devlin", "phone": "+44 7700 900042"}
TOOL = ToolContract.model_validate(
    {
        "name": "get_customer",
        "description": "The customer's own record.",
        "effect": "read",
        "scopes": ["customer:read"],
        "owner": {"argument": "customer_id"},
        "input": {"type": "object"},
        "output": {"properties": {"name": {"x-personal": "NAME"}, "phone": {"x-personal": "PHONE"}}},
        "connector": {"kind": "fake"},
    }
)


@dataclass
class OneTool:
    """A gateway with the customer's record behind it."""

    outcome: Any = "done"
    hangs: bool = False
    offers: bool = True
    calls: list[tuple[str, Any, str]] = field(default_factory=list)

    def offered(self, names: Sequence[str], principal: Principal, *, writes: bool) -> list[dict[str, Any]]:
        return [{"function": {"name": name}} for name in names] if self.offers else []

    async def call(self, call: ToolCall, caller: Caller, *, restore: Restore, approved: Proposal | None) -> ToolResult:
        self.calls.append((call["name"], restore(call["args"]), caller.principal.subject))
        with pytest.raises(ToolRefusedError):
            restore({"a": "<NAME_1>"})
        if self.hangs:
            await asyncio.Event().wait()
        return ToolResult(self.outcome, json.dumps(PERSON) if self.outcome == "done" else "Orla Devlin is not there")


@dataclass
class Stage:
    """The scrub stage of one thread."""

    gateway: OneTool
    rule: Record | None = field(default_factory=lambda: Record(tool="get_customer", timeout=0.05))
    who: Principal = CUSTOMER
    tool: ToolContract = TOOL
    vault: MemoryVault = field(default_factory=MemoryVault)
    turn: Any = None

    async def say(self, text: str) -> Mapping[str, Any]:
        config = DeskConfig(name="shop", business="Shop", scrub=Scrub(record=self.rule))
        deps = SimpleNamespace(
            desk=SimpleNamespace(config=config, tools={"get_customer": self.tool}),
            scrubber=PersonalDataScrubber(), vault=self.vault, gateway=self.gateway, principal=self.who,
            approved=NoApproved(),
        )  # fmt: skip
        state = cast(DeskState, {"messages": [HumanMessage(text, id="m1")], "turn": self.turn})
        at: RunnableConfig = {"configurable": {"principal": self.who, "thread_id": THREAD, "turn_id": "t1"}}
        update = await ScrubNode(cast(Deps, deps))(state, at)
        self.turn = update["turn"]
        return update


def said(update: Mapping[str, Any]) -> str:
    return str(update["messages"][-1].content)


async def test_the_record_is_known_from_the_first_message_on() -> None:
    stage = Stage(OneTool())
    update = await stage.say("the parcel is for orla devlin, 07700 900042, not for C-1")
    assert said(update) == "the parcel is for <NAME_1>, <PHONE_1>, not for C-1"
    assert update["turn"]["record"] == "known"
    held = await stage.vault.load(Caller(CUSTOMER, THREAD, "t1"))
    assert held == {"<NAME_1>": "Orla Devlin", "<PHONE_1>": "+44 7700 900042"}
    assert stage.gateway.calls == [("get_customer", {}, "C-1")]


async def test_it_is_fetched_once_and_again_after_a_write() -> None:
    stage = Stage(OneTool())
    for _ in range(3):
        await stage.say("hello")
    assert len(stage.gateway.calls) == 1
    stage.turn = {**stage.turn, "record": "stale"}
    await stage.say("hello")
    assert len(stage.gateway.calls) == 2


@pytest.mark.parametrize(
    ("word", "gateway", "code", "called"),
    [
        ("fails", OneTool("failed"), "record_unavailable", 2),
        ("nobody knows", OneTool("unknown"), "record_unavailable", 2),
        ("too slow", OneTool(hangs=True), "record_unavailable", 2),
        ("refused", OneTool("refused"), "record_refused", 2),
        ("no scope, so not even asked", OneTool(offers=False), "record_refused", 0),
    ],
)
async def test_without_the_record_the_detectors_go_on_and_the_next_turn_asks_again(
    word: str, gateway: OneTool, code: str, called: int
) -> None:
    stage = Stage(gateway)
    for _ in range(2):
        update = await stage.say("mail jo@mail.example")
        assert said(update) == "mail <EMAIL_1>", word
        assert code in update["note"].split(",")
        assert update["turn"]["record"] == "missing"
    assert len(gateway.calls) == called


async def test_closed_ends_the_turn_without_a_word_of_the_record() -> None:
    stage = Stage(OneTool("failed"), Record(tool="get_customer", on_unavailable="closed"))
    with pytest.raises(ScrubError, match="on_unavailable is closed") as raised:
        await stage.say("I am Orla")
    assert "Orla" not in str(raised.value)


async def test_a_write_is_never_called() -> None:
    stage = Stage(OneTool(), tool=TOOL.model_copy(update={"effect": "write"}))
    assert "record_unavailable" in (await stage.say("hello"))["note"]
    assert stage.gateway.calls == []


@pytest.mark.parametrize(
    ("word", "changes"), [("nobody signed in", {"who": Principal(tenant="shop")}), ("no rule", {"rule": None})]
)
async def test_nothing_to_fetch(word: str, changes: dict[str, Any]) -> None:
    stage = Stage(OneTool(), **changes)
    update = await stage.say("hello")
    assert "record" not in update["turn"], word
    assert (stage.gateway.calls, update["note"]) == ([], "clean")
