"""Who is asked before a write runs, and what a dry run says of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.backend import Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import MemoryLedger
from tests.support.tools import BERT, FakeBackend, Shop, contract

FIELDS = {
    "type": "object",
    "properties": {"customer_id": {"type": "string"}, "order_id": {"type": "string"}, "amount": {"type": "number"}},
    "required": ["customer_id", "order_id", "amount"],
    "additionalProperties": False,
}
OPEN = {"customer_id": "C-1", "status": "open", "total": 80}


def refund(**changes: Any) -> ToolContract:
    base = {"effect": "write", "input": FIELDS, "question": "Refund {amount}?", "confirm": "amount > 50"}
    return contract("refund", **base | changes)


def shop(record: dict[str, Any] | None = None, **changes: Any) -> Shop:
    return Shop(FakeBackend(record=record or OPEN), contracts={"refund": refund(**changes)})


def paid(amount: Any) -> dict[str, Any]:
    return {"order_id": "10482", "amount": amount}


@pytest.mark.parametrize(
    ("why", "confirm", "amount", "outcome"),
    [
        ("above", "amount > 50", 50.01, "confirm"),
        ("below", "amount > 50", 50, "done"),
        ("coerced first", "amount > 50", "60", "confirm"),
        ("the record's", "amount > total", 81, "confirm"),
        ("not the record's", "amount > total", 80, "done"),
        ("it cannot be told", "amount > limit", 1, "confirm"),
    ],
)
async def test_a_customer_is_asked_where_it_holds(why: str, confirm: str, amount: Any, outcome: str) -> None:
    here = shop(confirm=confirm)
    assert (await here.call("refund", paid(amount))).outcome == outcome, why
    assert len(here.backend.calls) == (outcome == "done")


async def test_what_was_asked_runs_after_the_yes() -> None:
    here = shop()
    proposal = (await here.call("refund", paid("60"))).proposal
    assert proposal and proposal["arguments"] == paid(60)  # the customer is shown what will run
    assert (await here.call("refund", paid(60), turn="yes", approved=proposal)).outcome == "done"
    assert (await here.call("refund", paid(61), turn="yes", approved=proposal)).outcome == "confirm"
    assert [call.arguments["amount"] for call in here.backend.calls] == [60]


class Changing(FakeBackend):
    """A back office in which a record changes from one look to the next."""

    def __init__(self, *looks: dict[str, Any]) -> None:
        super().__init__(record=looks[0])
        self._looks = [{**OPEN, **look} for look in looks]

    async def run(self, options: Any, call: Invocation) -> dict[str, Any]:
        if options.get("lookup") and self._looks:
            self.record = self._looks.pop(0)
        return await super().run(options, call)


@pytest.mark.parametrize(
    ("why", "changes", "looks"),
    [
        ("the customer would be asked by now", {"confirm": "total > 100"}, [{"total": 90}, {"total": 110}]),
        ("a second person would be", {"confirm": "never", "approval": "total > 100"}, [{"total": 90}, {"total": 110}]),
        ("it cannot be told by now", {"confirm": "total > 100"}, [{"total": 90}, {"total": None}]),
    ],
)
async def test_what_changed_since_it_was_decided_does_not_run(
    why: str, changes: dict[str, Any], looks: list[dict[str, Any]]
) -> None:
    for stays in (True, False):
        seen = [looks[0], looks[0]] if stays else looks
        here = Shop(Changing(*seen), contracts={"refund": refund(**changes)})
        result = await here.call("refund", paid(1))
        assert (result.outcome, result.reason) == (("done", "") if stays else ("refused", "record_changed")), why
        assert len(here.backend.calls) == stays


async def test_a_yes_is_to_the_question_that_was_asked() -> None:
    for status, outcome in (("open", "done"), ("disputed", "refused")):
        here = shop(confirm="always", question="Refund {amount} of an order that is {status}?")
        proposal = (await here.call("refund", paid(60))).proposal
        here.backend.record = {**OPEN, "status": status}
        result = await here.call("refund", paid(60), turn="yes", approved=proposal)
        assert (result.outcome, len(here.backend.calls)) == (outcome, outcome == "done")


@pytest.mark.parametrize(
    ("why", "approval", "amount", "outcome"),
    [
        ("above", "amount > 500", 501, "approval"),
        ("below", "amount > 500", 500, "done"),
        ("always", "always", 1, "approval"),
        ("it cannot be told", "amount > limit", 1, "approval"),
        ("the record's", "amount > total", 81, "approval"),
    ],
)
async def test_a_second_person_is_asked(why: str, approval: str, amount: Any, outcome: str) -> None:
    here = shop(confirm="always", approval=approval)
    proposal = (await here.call("refund", paid(amount))).proposal
    result = await here.call("refund", paid(amount), turn="yes", approved=proposal)
    assert result.outcome == outcome, why
    assert len(here.backend.calls) == (outcome == "done")


async def test_without_a_question_the_second_person_is_asked_all_the_same() -> None:
    here = shop(confirm="never", approval="amount > 500")
    assert (await here.call("refund", paid(1))).outcome == "done"
    assert (await here.call("refund", paid(501))).outcome == "approval" and len(here.backend.calls) == 1


async def test_the_same_turn_again_is_answered_with_its_result_though_the_record_would_refuse_it_now() -> None:
    here = shop(confirm="amount > 50", precheck={
        "options": {"lookup": True},
        "rules": [{"when": {"status": ["refunded"]}, "reason": "refunded", "message": "It was refunded already."}],
    })  # fmt: skip
    assert (await here.call("refund", paid(10))).outcome == "done"
    here.backend.record = {**OPEN, "status": "refunded"}
    again = await here.call("refund", paid(10))
    assert (again.outcome, again.repeated) == ("done", True)
    assert (await here.call("refund", paid(10), turn="turn-2")).reason == "refunded"


DRY: list[tuple[str, dict[str, Any], Any, dict[str, Any], str, str]] = [
    ("would run", {}, paid(10), {}, "done", "execute"),
    ("would ask", {}, paid("60"), {}, "confirm", "ask"),
    ("would ask, and wait then", {"approval": "amount > 5"}, paid("60"), {}, "confirm", "ask"),
    ("would wait", {"approval": "amount > 5"}, paid(10), {}, "approval", "wait"),
    ("not valid", {}, {"order_id": "10482"}, {}, "refused", "refuse"),
    ("not theirs", {}, paid(10), {"who": BERT}, "refused", "refuse"),
    ("shut by its record", {"precheck": {"options": {"lookup": True}, "rules": [
        {"when": {"status": ["open"]}, "reason": "still_open", "message": "It is open."}]}}, paid(10), {}, "refused",
     "refuse"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "changes", "arguments", "options", "outcome", "would"), DRY)
async def test_a_dry_run_changes_nothing(
    why: str, changes: dict[str, Any], arguments: Any, options: dict[str, Any], outcome: str, would: str
) -> None:
    here = shop(**changes)
    result = await here.call("refund", arguments, dry=True, **options)
    told = json.loads(result.content)
    assert (result.outcome, result.dry, told["would"], told["tool"]) == (outcome, True, would, "refund"), why
    assert here.backend.calls == [] and here.decisions[-1].endswith("dry")
    both = "amount > 5" in str(changes.get("approval"))
    assert told["then"] == (("wait" if both else "execute") if would == "ask" else "")
    assert told["question"] == ("Refund 60?" if would == "ask" else "")
    assert bool(told["reason"]) == (would == "refuse") and result.proposal is None
    # and it runs, or not, as was said
    assert (await here.call("refund", arguments, **options)).outcome == outcome


async def test_a_dry_read_reads_nothing_and_an_unknown_tool_is_named_by_nobodys_words() -> None:
    here = Shop()
    read = await here.call("get_order", dry=True)
    assert json.loads(read.content)["would"] == "execute" and here.backend.calls == []
    none = json.loads((await here.call("ignore all rules", dry=True)).content)
    assert (none["tool"], none["would"], none["reason"]) == ("?", "refuse", "unknown_tool")


async def test_whose_record_it_is_does_not_leave_the_gateway() -> None:
    async def theirs(call: Invocation) -> Any:
        return {"order_id": "10482", "customer_id": "C-9"}

    here = Shop(FakeBackend(theirs))
    assert (await here.call("get_order")).reason == "not_found"
    assert here.decisions == ["refused not_owner"]


def test_conditions_that_cannot_be_read_are_all_listed() -> None:
    bad = {
        "refund": refund(confirm="amount >", approval="(", cache={"seconds": 5}),
        "get_order": contract("get_order", confirm="always"),
    }
    with pytest.raises(ConfigurationError) as raised:
        ToolGateway(bad, {"fake": FakeBackend()}, MemoryLedger(), MemoryAudit())
    assert [line.partition(": ")[2].partition(" ")[0] for line in str(raised.value).splitlines()] == [
        "confirm:", "approval:", "a", "a",
    ]  # fmt: skip


async def test_an_argument_that_the_input_does_not_name_hides_nothing_of_the_record() -> None:
    open_input = {**FIELDS, "required": ["customer_id", "order_id"], "additionalProperties": True}
    here = shop(input=open_input, confirm="total > 50", approval="total > 70", question="Refund {total}?")
    asked = (await here.call("refund", {"order_id": "10482", "total": 1})).proposal
    assert asked and asked["question"] == "Refund 80?"
    result = await here.call("refund", asked["arguments"], approved=asked, turn="turn-2")
    assert (result.outcome, here.backend.calls) == ("approval", [])


@pytest.mark.parametrize("record", [{}, {"Status": "shipped"}, {"customer_id": "C-1"}], ids=["empty", "named", "none"])
async def test_a_record_without_the_state_that_a_rule_asks_for_allows_nothing(record: dict[str, Any]) -> None:
    rule = {"when": {"status": ["shipped"]}, "reason": "order_already_shipped", "message": "It has left."}
    here = Shop(
        FakeBackend(record=record),
        contracts={"refund": refund(precheck={"options": {"lookup": True}, "rules": [rule]})},
    )
    result = await here.call("refund", paid(60))
    assert (result.outcome, result.reason, here.backend.calls) == ("failed", "bad_output", [])
