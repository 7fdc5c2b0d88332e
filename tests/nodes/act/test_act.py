"""The act stage: order of calls, confirmation, masking, and what it leaves in the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.desk.config import DeskConfig
from frontdesk.graph.deps import Deps, Past, Restore, ToolResult
from frontdesk.graph.identity import Caller
from frontdesk.graph.journal import LogJournal
from frontdesk.graph.state import Channel, DeskState, Outcome, Proposal, Verdict
from frontdesk.nodes.act import plan
from frontdesk.nodes.act.node import ActNode
from frontdesk.nodes.guard.quarantine import MARK
from frontdesk.nodes.scrub.placeholders import FOREIGN
from frontdesk.nodes.scrub.restore import restore_text
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.nodes.scrub.vault import MemoryVault
from tests.support.gateways import Lenient
from tests.support.tools import ANNA, CONTRACTS, THREAD

CONFIG: RunnableConfig = {"configurable": {"principal": ANNA, "thread_id": THREAD, "turn_id": "turn-1"}}
CONFIGURED = DeskConfig.model_validate({"name": "shop", "business": "Shop"})
CALLER = Caller(ANNA, THREAD, "turn-1")
ASKED = Proposal(
    id="p1", tool="cancel_order", arguments={}, question="Cancel for a@b.example?", turn_id="turn-1", expires_at=9e9
)


@dataclass
class ScriptedGateway(Lenient):
    """Answers by tool name and remembers what it was asked."""

    results: Mapping[str, ToolResult]
    calls: list[str] = field(default_factory=list)
    restored: list[Any] = field(default_factory=list)
    approvals: list[Proposal | None] = field(default_factory=list)

    async def call(
        self, call: ToolCall, caller: Caller, *, restore: Restore, approved: Proposal | None, dry: bool = False
    ) -> ToolResult:
        self.calls.append(call["name"])
        self.approvals.append(approved)
        if call["args"]:
            self.restored.append(restore(call["args"]))
        return self.results.get(call["name"], ToolResult("done", "{}"))


@dataclass
class WordGuard:
    """Flags each text that holds the word, on any channel."""

    word: str = "INSTRUCTION"

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        outcome: Outcome = "refuse" if self.word in text else "allow"
        return Verdict(outcome=outcome, rules=["test.word"] if self.word in text else [], score=0.0)


@dataclass
class Stage:
    gateway: ScriptedGateway
    guard: Any = field(default_factory=WordGuard)
    vault: MemoryVault = field(default_factory=MemoryVault)
    tools: Sequence[str] = ("get_order", "cancel_order")
    contracts: Mapping[str, Any] = field(default_factory=lambda: CONTRACTS)

    async def run(self, *calls: tuple[str, dict[str, Any]], **state: Any) -> dict[str, Any]:
        made = [ToolCall(name=name, args=args, id=f"id-{i}", type="tool_call") for i, (name, args) in enumerate(calls)]
        intents = {"cancel": SimpleNamespace(tools=list(self.tools))}
        deps = SimpleNamespace(
            desk=SimpleNamespace(tools=self.contracts, intents=intents, config=CONFIGURED),
            gateway=self.gateway,
            vault=self.vault,
            scrubber=PersonalDataScrubber(),
            principal=ANNA,
            guard=self.guard,
            journal=LogJournal(),
            clock=lambda: 1_800_000_000.0,
        )
        given: dict[str, Any] = {
            "messages": [HumanMessage("hi, order 10482"), AIMessage("", tool_calls=made)],
            "verdict": {"outcome": "allow", "rules": [], "score": 0.0},
            "decision": {"intent": "cancel"},
            "task": {"intent": "cancel", "turns": 1, "started": 0},
            "approved": "",
            **state,
        }
        return await ActNode(cast(Deps, deps))(cast(DeskState, given), CONFIG)


def texts(update: Mapping[str, Any]) -> list[str]:
    return [str(message.content) for message in update["messages"]]


async def test_a_read_goes_back_to_the_model_masked() -> None:
    stage = Stage(ScriptedGateway({"get_order": ToolResult("done", '{"mail": "jo@mail.example", "id": "10482"}')}))
    update = await stage.run(("get_order", {"order_id": "10482"}))
    assert texts(update) == ['{"mail": "<EMAIL_1>", "id": "10482"}']
    assert await stage.vault.load(CALLER) == {"<EMAIL_1>": FOREIGN + "jo@mail.example"}
    message: AnyMessage = update["messages"][0]
    assert isinstance(message, ToolMessage)
    assert (message.tool_call_id, message.name, message.status) == ("id-0", "get_order", "success")
    assert update["note"] == "done"


async def test_values_return_to_the_gateway_by_the_tools_schema() -> None:
    stage = Stage(ScriptedGateway({}))
    await stage.vault.store(CALLER, {"<EMAIL_1>": "jo@mail.example"})
    await stage.run(("get_order", {"order_id": "<EMAIL_1>"}))
    assert stage.gateway.restored == [{"order_id": "jo@mail.example"}]


async def test_a_record_that_spells_a_placeholder_is_disarmed() -> None:
    stage = Stage(ScriptedGateway({"get_order": ToolResult("done", '{"note": "send it to <EMAIL_1>"}')}))
    await stage.vault.store(CALLER, {"<EMAIL_1>": "jo@mail.example"})
    assert "<EMAIL_1>" not in texts(await stage.run(("get_order", {})))[0]


async def test_a_proposal_asks_and_stops() -> None:
    stage = Stage(ScriptedGateway({"cancel_order": ToolResult("confirm", ASKED["question"], ASKED)}))
    update = await stage.run(("get_order", {}), ("cancel_order", {}), ("get_order", {}))
    assert stage.gateway.calls == ["get_order", "cancel_order"]
    assert texts(update) == ["{}", plan.WAITING, plan.NOT_RUN["confirm"], "Cancel for <EMAIL_1>?"]
    assert isinstance(update["messages"][-1], AIMessage)
    assert update["proposal"] == {**ASKED, "question": "Cancel for <EMAIL_1>?"}
    assert (update["status"], update["note"]) == ("confirm", "confirm")
    assert "task" not in update


@pytest.mark.parametrize("outcome", ["refused", "failed", "unknown"])
async def test_a_refusal_that_quotes_a_record_is_sifted_and_counts(outcome: Any) -> None:
    told = "More than one item fits: lamp. This is an INSTRUCTION. Which item is it?"
    update = await Stage(ScriptedGateway({"get_order": ToolResult(outcome, told)})).run(
        ("get_order", {}), turn={"id": "turn-1", "index": 0, "placeholders": {}}
    )
    assert texts(update) == [f"More than one item fits: lamp. {MARK} Which item is it?"]
    assert (update["withheld"]["channels"], update["withheld"]["pieces"]) == (["tool"], 1)


async def test_the_desks_own_refusals_are_not_judged() -> None:
    guard = WordGuard("Not run")
    stage = Stage(ScriptedGateway({"cancel_order": ToolResult("confirm", "Cancel?", {**ASKED, "question": "Cancel?"})}))  # type: ignore[arg-type]
    stage.guard = guard
    update = await stage.run(("cancel_order", {}), ("get_order", {}))
    assert texts(update) == [plan.WAITING, plan.NOT_RUN["confirm"], "Cancel?"]


async def test_no_question_is_asked_with_an_instruction_in_it() -> None:
    asked = Proposal(**{**ASKED, "question": "Shall I return the INSTRUCTION lamp?"})
    stage = Stage(ScriptedGateway({"cancel_order": ToolResult("confirm", asked["question"], asked)}))
    update = await stage.run(("cancel_order", {}), turn={"id": "turn-1", "index": 0, "placeholders": {}})
    assert texts(update) == [plan.NO_QUESTION]
    assert "proposal" not in update
    assert "status" not in update
    assert (update["note"], update["withheld"]["rules"]) == ("refused", ["test.word"])


async def test_an_address_that_a_record_puts_into_a_question_is_not_the_customers() -> None:
    asked = Proposal(**{**ASKED, "question": "Shall I return the lamp (mail a@b.example)?"})
    stage = Stage(ScriptedGateway({"cancel_order": ToolResult("confirm", asked["question"], asked)}))
    update = await stage.run(("cancel_order", {}))
    known = await stage.vault.load(CALLER)
    assert restore_text(update["proposal"]["question"], known) == "Shall I return the lamp (mail (removed))?"


async def test_an_approved_call_finishes_the_task() -> None:
    stage = Stage(ScriptedGateway({"cancel_order": ToolResult("done", "{}")}))
    update = await stage.run(("cancel_order", {}), approved="p1", proposal=ASKED)
    assert stage.gateway.approvals == [ASKED]
    assert (update["approved"], update["proposal"], update["task"]) == ("", None, None)


@pytest.mark.parametrize("outcome", ["refused", "failed", "unknown"])
async def test_a_yes_is_used_up_whatever_came_of_it(outcome: Any) -> None:
    stage = Stage(ScriptedGateway({"cancel_order": ToolResult(outcome, "It did not go through.")}))
    update = await stage.run(("cancel_order", {}), approved="p1", proposal=ASKED)
    assert (update["approved"], update["proposal"], update["note"]) == ("", None, outcome)
    assert update["messages"][0].status == "error"
    assert "task" not in update and "status" not in update


async def test_a_pending_proposal_without_a_yes_approves_nothing() -> None:
    stage = Stage(ScriptedGateway({}))
    await stage.run(("cancel_order", {}), proposal=ASKED)
    await stage.run(("cancel_order", {}), proposal=ASKED, approved="another")
    assert stage.gateway.approvals == [None, None]


@pytest.mark.parametrize("outcome", ["raise", "unsure", "refuse"])
async def test_no_writes_in_a_doubtful_turn(outcome: str) -> None:
    stage = Stage(ScriptedGateway({}))
    verdict = {"outcome": outcome, "rules": [], "score": 1.0}
    update = await stage.run(("cancel_order", {}), verdict=verdict, approved="p1", proposal=ASKED)
    assert stage.gateway.calls == []
    assert texts(update) == [plan.NO_WRITES]
    assert (await stage.run(("get_order", {}), verdict=verdict))["note"] == "done"


@pytest.mark.parametrize("outcome", ["refused", "failed", "unknown"])
async def test_nothing_runs_after_a_write_that_did_not_succeed(outcome: Any) -> None:
    stage = Stage(ScriptedGateway({"cancel_order": ToolResult(outcome, "no")}))
    update = await stage.run(("cancel_order", {}), ("get_order", {}), ("ping_order", {}))
    assert stage.gateway.calls == ["cancel_order"]
    assert texts(update)[1:] == [plan.NOT_RUN[outcome]] * 2
    assert update["note"] == outcome


@pytest.mark.parametrize(
    ("ran", "tools", "finished"),
    [
        ("get_order", ("get_order",), True),  # a question answered
        ("get_order", ("get_order", "cancel_order"), False),  # a look on the way to a change
        ("ping_order", ("get_order", "ping_order"), True),  # the change
    ],
)
async def test_when_a_task_is_finished(ran: str, tools: Sequence[str], finished: bool) -> None:
    update = await Stage(ScriptedGateway({}), tools=tools).run((ran, {"order_id": "10482"}))
    assert ("task" in update) is finished


async def test_a_malformed_call_is_answered_too() -> None:
    stage = Stage(ScriptedGateway({"get_order": ToolResult("refused", "not JSON")}))
    broken = {"name": "get_order", "args": "{oops", "id": "x1", "error": None, "type": "invalid_tool_call"}
    message = AIMessage("", invalid_tool_calls=[broken])  # type: ignore[list-item]
    calls = plan.calls_of([message])
    assert [(call["name"], call["args"], call["id"]) for call in calls] == [("get_order", "{oops", "x1")]
    assert calls[0]["id"] == "x1" and stage.gateway.calls == []


@pytest.mark.parametrize("messages", [[], [HumanMessage("hi")], [AIMessage("hello")]])
async def test_nothing_to_do(messages: list[AnyMessage]) -> None:
    assert await Stage(ScriptedGateway({})).run(messages=messages) == {"note": "idle"}


async def test_a_tool_of_another_intent_is_not_called() -> None:
    stage = Stage(ScriptedGateway({}), tools=["get_order"])
    update = await stage.run(("get_order", {}), ("cancel_order", {}))
    assert stage.gateway.calls == ["get_order"]
    assert texts(update)[1] == plan.NOT_OFFERED


async def test_an_approved_call_needs_no_intent() -> None:
    stage = Stage(ScriptedGateway({}), tools=[])
    await stage.run(("cancel_order", {}), approved="p1", proposal=ASKED, decision={"intent": ""})
    assert stage.gateway.calls == ["cancel_order"]


async def test_a_field_that_the_contract_calls_personal_is_masked_whatever_it_looks_like() -> None:
    labelled = {"type": "object", "properties": {"name": {"x-personal": "NAME"}}}
    contract = CONTRACTS["get_order"].model_copy(update={"output": labelled})
    stage = Stage(ScriptedGateway({"get_order": ToolResult("done", '{"name": "Will", "note": "Will it come?"}')}))
    stage.contracts = {**CONTRACTS, "get_order": contract}
    update = await stage.run(("get_order", {}))
    assert texts(update) == ['{"name": "<NAME_1>", "note": "Will it come?"}']
    assert await stage.vault.load(CALLER) == {"<NAME_1>": "Will"}


@pytest.mark.parametrize(
    ("word", "tool", "outcome", "record", "after"),
    [
        ("a write that was done", "cancel_order", "done", "known", "stale"),
        ("a write that was not", "cancel_order", "failed", "known", None),
        ("a read", "get_order", "done", "known", None),
        ("no record", "cancel_order", "done", None, None),
        ("a record that is missing", "cancel_order", "done", "missing", None),
    ],
)
async def test_a_write_makes_the_customers_record_stale(
    word: str, tool: str, outcome: Any, record: str | None, after: str | None
) -> None:
    turn = {"id": "turn-1", "index": 0, "placeholders": {}, **({"record": record} if record else {})}
    stage = Stage(ScriptedGateway({tool: ToolResult(outcome, "{}")}))
    update = await stage.run((tool, {}), turn=turn, approved="p1", proposal=ASKED)
    assert update.get("turn") == ({**turn, "record": after} if after else None), word
