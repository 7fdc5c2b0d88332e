"""Plans at the gateway: what is proposed of several calls, and what stands when they were carried out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import ToolCall

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import PlannedCall, Proposal
from frontdesk.tools.ledger import Ledger, MemoryLedger, RedisLedger
from frontdesk.tools.proposals import is_intact, plan_id
from tests.support.plans import Deadly, Killed, Orders, PlanShop, states
from tests.support.tools import ANNA, BERT, THREAD

AB = ("cancel 10001", "hold 10002")
ABC = (*AB, "cancel 10003")
NOBODY = Principal("C-1", "shop", frozenset({"orders:read"}))


async def test_one_question_holds_every_step() -> None:
    shop = PlanShop()
    planned = await shop.plan(*AB)
    assert states(planned.results) == ["confirm", "confirm"]
    plan = planned.proposal
    assert plan is not None and planned.asks
    assert plan["question"] == "1. Shall I cancel 10001 (open)?\n2. Shall I hold 10002 (open)?"
    assert [(call["tool"], call["arguments"]) for call in plan["calls"]] == [
        ("cancel", {"order_id": "10001"}),
        ("hold", {"order_id": "10002"}),
    ]
    assert (plan["tool"], plan["arguments"]) == ("cancel", {"order_id": "10001"})
    assert shop.decisions == ["cancel proposed", "hold proposed"]
    assert shop.orders.log == []


@pytest.mark.parametrize(
    ("word", "calls", "before", "results", "proposed"),
    [
        ("a refused one falls away", AB, {"10001": "cancelled"}, ["refused:already_cancelled", "confirm"], ["hold"]),
        ("two of three stay a plan", ABC, {"10002": "held"},
         ["confirm", "refused:already_held", "confirm"], ["cancel", "cancel"]),
        ("none is possible", AB, {"10001": "cancelled", "10002": "held"},
         ["refused:already_cancelled", "refused:already_held"], []),
        ("an argument that is none", ("cancel 1", "hold 10002"), {}, ["refused:not_valid", "refused:not_run"], []),
        ("a tool that does not exist", ("cancel 10001", "nothing 10002"), {},
         ["refused:not_run", "refused:unknown_tool"], []),
        ("the same call twice", ("cancel 10001", "cancel 10001"), {}, ["confirm", "refused:duplicate"], ["cancel"]),
        ("twice, and another", ("cancel 10001", "cancel 10001", "hold 10002"), {},
         ["confirm", "refused:duplicate", "confirm"], ["cancel", "hold"]),
        ("one that asks nobody joins", ("tag 10001", "cancel 10002"), {}, ["confirm", "confirm"], ["tag", "cancel"]),
        ("a second person's stands alone", ("cancel 10001", "grant 10002", "hold 10003"), {},
         ["refused:apart", "confirm", "refused:apart"], ["grant"]),
        ("the first of two", ("grant 10001", "grant 10002"), {}, ["confirm", "refused:apart"], ["grant"]),
    ],
)  # fmt: skip
async def test_what_is_proposed(
    word: str, calls: tuple[str, ...], before: dict[str, str], results: list[str], proposed: list[str]
) -> None:
    shop = PlanShop()
    shop.orders.status |= before
    planned = await shop.plan(*calls)
    assert states(planned.results) == results, word
    plan = planned.proposal
    steps = [] if plan is None else [call["tool"] for call in plan.get("calls") or [plan]]  # type: ignore[typeddict-item]
    assert steps == proposed
    assert planned.asks or not proposed


@pytest.mark.parametrize(
    ("word", "calls", "asks"),
    [
        ("none has to ask", ("ping 10001", "ping 10002"), False),
        ("with a look-up", ("tag 10001", "ping 10002"), False),
        ("a condition that does not hold", ("maybe 10002", "ping 10003"), False),
        ("a condition that holds", ("maybe 10001", "ping 10003"), True),
        ("one of them has to", ("ping 10001", "cancel 10002"), True),
    ],
)
async def test_whether_a_yes_is_needed(word: str, calls: tuple[str, ...], asks: bool) -> None:
    planned = await PlanShop().plan(*calls)
    assert planned.proposal is not None and planned.asks is asks, word


async def test_nothing_is_proposed_while_a_back_office_is_down() -> None:
    shop = PlanShop()

    class Down(Orders):
        async def run(self, options: Any, call: Any) -> dict[str, Any]:
            if call.arguments["order_id"] == "10002":
                raise ConnectionError
            return await super().run(options, call)

    shop = PlanShop(Down())
    assert states((await shop.plan(*AB)).results) == ["refused:not_run", "failed:unavailable"]


async def test_who_may_not_use_a_step_is_told_so() -> None:
    planned = await PlanShop().plan(*AB, who=NOBODY)
    assert states(planned.results) == ["refused:missing_scope"] * 2
    assert planned.proposal is None


async def test_a_plan_is_carried_out_in_order() -> None:
    shop = PlanShop()
    assert await shop.done(*ABC) == ["done", "done", "done"]
    assert shop.orders.log == [*ABC]
    assert len(shop.orders.keys) == 3


FAILING = [
    # word, calls, faults, results, what stands
    ("the first is refused", ABC, {"cancel 10001": "refused"},
     ["refused:order_changed", "refused:not_run", "refused:not_run"], {}),
    ("the first fails", ABC, {"cancel 10001": "failed"},
     ["failed:unavailable", "refused:not_run", "refused:not_run"], {}),
    ("the second is refused", ABC, {"hold 10002": "refused"},
     ["failed:undone", "refused:order_changed", "refused:not_run"], {}),
    ("the second fails", ABC, {"hold 10002": "failed"},
     ["failed:undone", "failed:unavailable", "refused:not_run"], {}),
    ("the last is refused", ABC, {"cancel 10003": "refused"},
     ["failed:undone", "failed:undone", "refused:order_changed"], {}),
    ("the first is unknown", ABC, {"cancel 10001": "unknown"},
     ["unknown:timeout", "refused:not_run", "refused:not_run"], {}),
    ("the second is unknown", ABC, {"hold 10002": "unknown"},
     ["done", "unknown:timeout", "refused:not_run"], {"10001": "cancelled"}),
    ("the last is unknown", ABC, {"cancel 10003": "unknown"},
     ["done", "done", "unknown:timeout"], {"10001": "cancelled", "10002": "held"}),
    ("nothing undoes the first", ("scrap 10001", "hold 10002", "cancel 10003"), {"cancel 10003": "refused"},
     ["done:not_undone", "done:not_undone", "refused:order_changed"], {"10001": "cancelled", "10002": "held"}),
    ("nothing undoes what failed itself", ("hold 10001", "scrap 10002"), {"scrap 10002": "refused"},
     ["failed:undone", "refused:order_changed"], {}),
    ("a compensation without its values", ("wrong 10001", "cancel 10002"), {"cancel 10002": "refused"},
     ["done:not_undone", "refused:order_changed"], {"10001": "held"}),
    ("a compensation whose value does not fit its schema", ("odd 10001", "cancel 10002"), {"cancel 10002": "refused"},
     ["done:not_undone", "refused:order_changed"], {"10001": "held"}),
    ("the compensation is refused", ABC, {"cancel 10003": "refused", "restore 10002": "refused"},
     ["done:not_undone", "done:not_undone", "refused:order_changed"], {"10001": "cancelled", "10002": "held"}),
    ("the compensation fails", ABC, {"cancel 10003": "failed", "restore 10001": "failed"},
     ["done:not_undone", "failed:undone", "failed:unavailable"], {"10001": "cancelled"}),
    ("the compensation is unknown", ABC, {"cancel 10003": "refused", "restore 10002": "unknown"},
     ["done:not_undone", "unknown:undo_unknown", "refused:order_changed"], {"10001": "cancelled", "10002": "held"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "calls", "faults", "results", "stands"), FAILING, ids=[str(row[0]) for row in FAILING]
)
async def test_a_plan_that_fails_midway(
    word: str, calls: tuple[str, ...], faults: dict[str, str], results: list[str], stands: dict[str, str]
) -> None:
    shop = PlanShop()
    shop.orders.faults = dict(faults)
    assert await shop.done(*calls) == results
    assert shop.changed == stands
    assert shop.decisions.count("restore compensated") == results.count("failed:undone")


async def test_what_undoes_needs_no_scope_of_the_customers() -> None:
    assert "orders:undo" not in ANNA.scopes
    shop = PlanShop()
    shop.orders.faults = {"hold 10002": "refused"}
    assert (await shop.done(*AB))[0] == "failed:undone"


async def test_undoing_restores_what_was_before_the_step_and_not_before_the_question() -> None:
    shop = PlanShop()
    plan = await shop.proposed(*AB)
    shop.orders.status["10001"] = "held"
    shop.orders.faults = {"hold 10002": "refused"}
    await shop.carry_out(plan)
    assert shop.changed == {"10001": "held"}


async def test_a_dependent_step_is_looked_at_when_its_turn_comes() -> None:
    """Holding twice is refused by the record that the first step leaves, which no look at the plan could know."""
    shop = PlanShop()
    assert await shop.done("hold 10001", "maybe 10001") == ["failed:undone", "refused:already_held"]
    assert shop.changed == {}


def _edited(plan: Proposal, **changes: Any) -> Proposal:
    return Proposal(**{**plan, **changes})


def _calls(plan: Proposal, order: list[int]) -> list[PlannedCall]:
    return [plan["calls"][at] for at in order]


EDITS = [
    ("reordered", lambda plan: _edited(plan, calls=_calls(plan, [1, 0]))),
    ("reordered, with its head", lambda plan: _edited(plan, **plan["calls"][1], calls=_calls(plan, [1, 0]))),
    ("shortened", lambda plan: _edited(plan, calls=_calls(plan, [0]))),
    ("grown", lambda plan: _edited(plan, calls=_calls(plan, [0, 1, 0]))),
    ("another argument", lambda plan: _edited(
        plan, calls=[plan["calls"][0], {**plan["calls"][1], "arguments": {"order_id": "10004"}}])),
    ("another tool", lambda plan: _edited(plan, calls=[plan["calls"][0], {**plan["calls"][1], "tool": "scrap"}])),
    ("another head", lambda plan: _edited(plan, arguments={"order_id": "10004"})),
    ("another turn", lambda plan: _edited(plan, turn_id="turn-9")),
    ("without its calls", lambda plan: {k: v for k, v in plan.items() if k != "calls"}),
    ("with a new digest", lambda plan: _edited(
        plan, calls=_calls(plan, [1, 0]), id=plan_id(_calls(plan, [1, 0]), plan["turn_id"]))),
    ("without a seal", lambda plan: {k: v for k, v in plan.items() if k != "seal"}),
]  # fmt: skip


@pytest.mark.parametrize(("word", "edit"), EDITS, ids=[row[0] for row in EDITS])
async def test_an_edited_plan_is_another_plan(word: str, edit: Any) -> None:
    shop = PlanShop()
    plan = edit(await shop.proposed(*AB))
    results = await shop.carry_out(plan)
    assert {result.outcome for result in results} <= {"refused"}, word
    assert shop.orders.log == []


async def test_a_plan_whose_digest_does_not_fit_is_none_though_its_seal_does() -> None:
    shop = PlanShop()
    plan = await shop.proposed(*AB)
    mixed = shop.seals.sealed(_edited(plan, calls=_calls(plan, [1, 0])), Caller(ANNA, THREAD, "turn-1"))
    assert {result.reason for result in await shop.carry_out(mixed)} == {"not_approved", "not_run"}
    assert shop.orders.log == []


def test_the_digest_alone_tells_an_edited_plan() -> None:
    calls = [PlannedCall(tool="cancel", arguments={"order_id": at}, question="?") for at in ("10001", "10002")]
    plan = Proposal(
        id=plan_id(calls, "t"), tool="cancel", arguments={"order_id": "10001"}, question="?", turn_id="t",
        expires_at=9e9, calls=calls,
    )  # fmt: skip
    assert is_intact(plan)
    assert not is_intact(_edited(plan, calls=calls[::-1]))
    assert not is_intact(_edited(plan, calls=calls[:1]))
    assert is_intact(_edited(plan, calls=[{**call, "question": "Anders?"} for call in calls]))


@pytest.mark.parametrize(
    ("word", "who", "later", "reason"),
    [
        ("somebody else's", BERT, 0.0, "not_approved"),
        ("too late", ANNA, 16 * 60.0, "not_approved"),
        ("with fewer rights by now", NOBODY, 0.0, "missing_scope"),
    ],
)
async def test_a_yes_that_does_not_count(word: str, who: Principal, later: float, reason: str) -> None:
    shop = PlanShop()
    plan = await shop.proposed(*AB)
    shop.now += later
    results = await shop.carry_out(plan, who=who)
    assert results[0].reason == reason, word
    assert shop.orders.log == []


async def test_a_second_yes_has_no_second_effect() -> None:
    shop = PlanShop()
    plan = await shop.proposed(*ABC)
    first = await shop.carry_out(plan)
    again = await shop.carry_out(plan, turn="turn-3")
    assert [replace(result, repeated=True) for result in first] == again
    assert shop.orders.log == [*ABC]


async def test_a_yes_to_a_plan_is_no_yes_to_one_call_of_it() -> None:
    shop = PlanShop()
    plan = await shop.proposed(*AB)
    call = ToolCall(name="cancel", args={"order_id": "10001"}, id="c", type="tool_call")
    result = await shop.gateway("cancel").call(
        call, Caller(ANNA, THREAD, "turn-2"), restore=lambda value: value, approved=plan
    )
    assert result.outcome == "confirm"
    assert shop.orders.log == []


KILLS = [
    ("cancel 10001", ["unknown:unknown", "refused:not_run", "refused:not_run"]),
    ("hold 10002", ["done", "unknown:unknown", "refused:not_run"]),
    ("cancel 10003", ["done", "done", "unknown:unknown"]),
    ("restore 10002", ["done:not_undone", "unknown:undo_unknown", "refused:order_changed"]),
    ("restore 10001", ["unknown:undo_unknown", "failed:undone", "refused:order_changed"]),
]


@pytest.mark.parametrize("when", ["killed before", "killed after"])
@pytest.mark.parametrize(("where", "expected"), KILLS)
async def test_a_kill_in_the_middle_of_an_effect_goes_to_a_person(where: str, when: str, expected: list[str]) -> None:
    """Nobody knows whether the effect was there: the next process neither repeats it, nor does or undoes the rest."""
    orders, ledger = Orders(), MemoryLedger()
    first = PlanShop(orders, ledger)
    plan = await first.proposed(*ABC)
    orders.faults = {where: when} | ({"cancel 10003": "refused"} if where.startswith("restore") else {})
    with pytest.raises(Killed):
        await first.carry_out(plan)
    stood = dict(orders.status)
    later = PlanShop(orders, ledger, now=first.now + 3600)
    assert states(await later.carry_out(plan)) == expected
    assert states(await later.carry_out(plan)) == expected
    assert (orders.status, len(set(orders.log))) == (stood, len(orders.log))


@pytest.fixture(params=["memory", "redis"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """A ledger that outlives the processes of a test."""
    if request.param == "memory":
        return MemoryLedger()
    return RedisLedger(request.getfixturevalue("redis_client"), Sealer.generate(), 3600)


@pytest.mark.parametrize("between", ["10001", "10002", "10003"])
async def test_a_kill_between_two_steps_is_gone_on_with(between: str, ledger: Ledger) -> None:
    """Killed once a step is settled: the next process repeats nothing of it and does the rest."""
    orders = Orders()
    first = PlanShop(orders, ledger)
    plan = await first.proposed(*ABC)
    dying = PlanShop(orders, ledger, Deadly(orders, between), seals=first.seals)
    with pytest.raises(Killed):
        await dying.carry_out(plan)
    assert orders.log[-1].endswith(between)
    later = PlanShop(orders, ledger, now=first.now + 3600)
    assert states(await later.carry_out(plan)) == ["done"] * 3
    assert orders.log == [*ABC]


@pytest.mark.parametrize("between", ["10002", "10001"])
async def test_a_kill_between_two_undoings_goes_on_undoing(between: str, ledger: Ledger) -> None:
    """The step that was refused would succeed by now, and is not tried: its plan is being undone."""
    orders = Orders()
    first = PlanShop(orders, ledger)
    plan = await first.proposed(*ABC)
    orders.faults = {"cancel 10003": "refused"}
    dying = PlanShop(orders, ledger, Deadly(orders, f"restore {between}"), seals=first.seals)
    with pytest.raises(Killed):
        await dying.carry_out(plan)
    results = states(await PlanShop(orders, ledger, now=first.now + 3600).carry_out(plan))
    assert results == ["failed:undone", "failed:undone", "refused:order_changed"]
    assert orders.status == Orders().status
    assert orders.log == ["cancel 10001", "hold 10002", "restore 10002", "restore 10001"]


async def test_a_plan_that_asks_nobody_is_gone_on_with_when_its_turn_is_sent_again() -> None:
    """Its steps are not looked at again: the first one's record would refuse it by now."""
    orders, ledger = Orders(), MemoryLedger()
    calls = ("tag 10001", "tag 10002")
    first = PlanShop(orders, ledger)
    planned = await first.plan(*calls)
    assert planned.proposal is not None and not planned.asks
    dying = PlanShop(orders, ledger, Deadly(orders, "10001"), seals=first.seals)
    with pytest.raises(Killed):
        await dying.carry_out(planned.proposal)
    later = PlanShop(orders, ledger)
    again = await later.plan(*calls)
    assert again.proposal is not None and not again.asks
    assert states(await later.carry_out(again.proposal)) == ["done", "done"]
    assert orders.log == [*calls]


async def test_a_second_person_who_is_needed_by_now_is_not_passed_over() -> None:
    """Nothing asked for a colleague when the plan was proposed; the record has changed until the yes."""
    shop = PlanShop()
    plan = await shop.proposed("cancel 10001", "large 10002")
    shop.orders.status["10002"] = "cancelled"
    assert states(await shop.carry_out(plan)) == ["failed:undone", "refused:not_approved"]
    assert shop.changed == {"10002": "cancelled"}
