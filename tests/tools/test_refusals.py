"""Every way in which a call is refused: nothing reaches the connector, nothing is revealed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from frontdesk.errors import ConfigurationError, ToolRefusedError
from frontdesk.graph.identity import Principal
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.backend import Invocation
from frontdesk.tools.gateway import ToolGateway
from frontdesk.tools.ledger import MemoryLedger
from tests.support.tools import ANNA, BERT, CONTRACTS, FakeBackend, Shop, answer, contract, hang

NOBODY = Principal()
READER = Principal("C-1", "shop", frozenset({"orders:read"}))
UNSCOPED = Principal("C-1", "shop")
SECRET = "s3cr3t-words-of-a-customer"

REFUSED = [
    ("get_ordr", {"order_id": "10482"}, ANNA, "unknown_tool"),  # misspelt
    (SECRET, {}, ANNA, "unknown_tool"),  # a sentence as a name
    ("get_order", {"order_id": "10482"}, NOBODY, "not_signed_in"),  # anonymous
    ("get_order", {"order_id": "10482"}, UNSCOPED, "missing_scope"),  # no scope at all
    ("cancel_order", {"order_id": "10482"}, READER, "missing_scope"),  # read scope for a write
    ("get_order", {}, ANNA, "not_valid"),  # missing
    ("get_order", {"order_id": "10482", SECRET: 1}, ANNA, "not_valid"),  # extra
    ("get_order", {"order_id": "1048"}, ANNA, "not_valid"),  # short
    ("get_order", {"order_id": "10482\n"}, ANNA, "not_valid"),  # line feed that Python's $ lets through
    ("get_order", {"order_id": [SECRET]}, ANNA, "not_valid"),  # wrong type
    ("get_order", {"order_id": "10482", "count": 0}, ANNA, "not_valid"),  # below minimum
    ("get_order", {"order_id": "10482", "customer_id": "C-2"}, ANNA, "not_owner"),  # names another owner
    ("cancel_order", {"order_id": "10482", "customer_id": "C-2"}, ANNA, "not_owner"),  # the same for a write
    ("cancel_order", {"order_id": 1048}, ANNA, "not_valid"),  # no text of it is valid
    ("cancel_order", '{"order_id": "10482"', ANNA, "malformed"),  # a write is not repaired
    ("cancel_order", '{"order_id": "10482", "order_id": "10483"}', ANNA, "malformed"),  # a key twice
    ("get_order", '{"order_id": "10482"} {"order_id": "10483"}', ANNA, "malformed"),  # two objects
    ("get_order", "10482", ANNA, "malformed"),  # no object
    ("get_order", ["10482"], ANNA, "malformed"),  # list
    ("get_order", {"order_id": "10482", "x": "\ud800"}, ANNA, "malformed"),  # lone surrogate
    ("get_order", {"order_id": "1\x00"}, ANNA, "malformed"),  # NUL
    ("get_order", {"order_id": float("nan")}, ANNA, "malformed"),  # NaN
    ("get_order", {"order_id": 2**70}, ANNA, "malformed"),  # too big for any database
    ("get_order", {"order_id": "9" * 30_000}, ANNA, "too_large"),  # huge
    ("get_order", "[" * 30_000, ANNA, "too_large"),  # huge text
]


@pytest.mark.parametrize(("name", "arguments", "who", "reason"), REFUSED)
async def test_refused_calls_go_nowhere(name: str, arguments: Any, who: Principal, reason: str) -> None:
    shop = Shop()
    result = await shop.call(name, arguments, who=who)
    assert result.outcome == "refused"
    assert shop.backend.calls == [] and shop.backend.lookups == 0
    assert shop.decisions == [f"refused {reason}"]
    assert SECRET not in result.content
    assert SECRET not in repr(shop.audit.records)  # type: ignore[attr-defined]


async def test_deep_nesting_is_refused() -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = {"a": deep}
    shop = Shop()
    assert (await shop.call("get_order", deep)).outcome == "refused"
    assert (await shop.call("get_order", "[" * 9_000)).outcome == "refused"
    assert shop.backend.calls == []


async def test_somebody_elses_record_reads_like_one_that_does_not_exist() -> None:
    async def theirs(call: Invocation) -> Any:
        return {"order_id": "10482", "customer_id": "C-2"}

    async def none(call: Invocation) -> Any:
        raise ToolRefusedError(call.tool, "not_found", "no row")

    seen = [await Shop(FakeBackend(behave)).call("get_order") for behave in (theirs, none)]
    assert seen[0] == seen[1]
    assert seen[0].outcome == "refused" and seen[0].content == "There is no order 10482."


async def test_a_result_without_its_owner_is_refused() -> None:
    async def anonymous(call: Invocation) -> Any:
        return {"order_id": "10482"}

    assert (await Shop(FakeBackend(anonymous)).call("get_order")).outcome == "refused"


@pytest.mark.parametrize(
    ("owners", "outcome"),
    [(["C-1", "C-1"], "done"), ([], "done"), (["C-1", "C-2"], "refused"), (["C-1", None], "refused")],
)
async def test_each_item_of_a_list_is_checked(owners: list[str], outcome: str) -> None:
    async def listed(call: Invocation) -> Any:
        return {"orders": [{"customer_id": owner} for owner in owners]}

    tool = contract("list_orders", owner={"result": "orders.customer_id"}, output={})
    tool = tool.model_copy(update={"input": {"type": "object"}})
    shop = Shop(FakeBackend(listed), contracts={"list_orders": tool})
    assert (await shop.call("list_orders", {})).outcome == outcome


async def test_precheck_refuses_before_anybody_is_asked() -> None:
    shop = Shop(FakeBackend(record={"status": "shipped", "customer_id": "C-1"}))
    result = await shop.call("cancel_order")
    assert (result.outcome, result.content, result.proposal) == ("refused", "10482 left.", None)
    assert shop.decisions == ["refused order_already_shipped"]


async def test_precheck_of_somebody_elses_record() -> None:
    shop = Shop(FakeBackend(record={"status": "processing", "customer_id": "C-2"}))
    result = await shop.call("cancel_order")
    assert (result.outcome, result.content) == ("refused", "There is no order 10482.")


async def test_validation_messages_name_the_rule_and_not_the_value() -> None:
    result = await Shop().call("get_order", {"order_id": SECRET, "count": SECRET})
    assert "order_id must match the pattern ^[0-9]{5}$" in result.content
    assert "count must be of type integer" in result.content
    assert SECRET not in result.content


async def test_a_read_is_coerced_and_the_change_is_recorded() -> None:
    shop = Shop()
    result = await shop.call("get_order", {"order_id": 10482, "count": "7"})
    assert result.outcome == "done"
    assert shop.backend.calls[0].arguments == {"order_id": "10482", "count": 7, "customer_id": "C-1"}
    assert shop.decisions == ["done coerced:order_id coerced:count"]


async def test_a_read_is_repaired_and_defaults_are_filled_in() -> None:
    shop = Shop()
    assert (await shop.call("get_order", "{order_id: '10482',")).outcome == "done"
    assert shop.backend.calls[0].arguments == {"order_id": "10482", "count": 3, "customer_id": "C-1"}
    assert shop.decisions == ["done repaired:json"]


async def test_values_return_only_for_the_backend() -> None:
    def restore(value: Any) -> Any:
        return json.loads(json.dumps(value).replace("<NUMBER_1>", "10482"))

    shop = Shop()
    proposal = await shop.proposed(arguments={"order_id": "<NUMBER_1>"}, restore=restore)
    assert proposal["arguments"] == {"order_id": "<NUMBER_1>", "count": 3}
    assert proposal["question"] == "Cancel order <NUMBER_1>, which is processing?"
    result = await shop.call("cancel_order", proposal["arguments"], restore=restore, approved=proposal)
    assert result.outcome == "done"
    assert shop.backend.calls[0].arguments["order_id"] == "10482"


async def test_an_unknown_placeholder_is_refused() -> None:
    def restore(value: Any) -> Any:
        raise ToolRefusedError("get_order", "unknown_placeholder", "Unknown placeholder.")

    shop = Shop()
    assert (await shop.call("get_order", restore=restore)).outcome == "refused"
    assert shop.backend.calls == []


async def test_a_reads_timeout_is_a_failure() -> None:
    shop = Shop(FakeBackend(hang))
    result = await shop.call("get_order")
    assert (result.outcome, shop.decisions) == ("failed", ["failed unavailable"])


@pytest.mark.parametrize("result", [None, [], {"order_id": 1, "customer_id": "C-1"}, {"customer_id": "C-1"}])
async def test_a_read_that_breaks_its_schema_is_a_failure(result: Any) -> None:
    async def broken(call: Invocation) -> Any:
        return result

    assert (await Shop(FakeBackend(broken)).call("get_order")).outcome == "failed"


async def test_a_crashing_function_is_a_failure_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    async def crash(call: Invocation) -> Any:
        raise RuntimeError(SECRET)

    result = await Shop(FakeBackend(crash)).call("get_order")
    assert result.outcome == "failed"
    assert SECRET not in result.content + caplog.text


def names(offered: list[dict[str, Any]]) -> list[str]:
    return [item["function"]["name"] for item in offered]


@pytest.mark.parametrize(
    ("who", "writes", "expected"),
    [
        (ANNA, True, ["get_order", "cancel_order", "get_hours"]),
        (ANNA, False, ["get_order", "get_hours"]),
        (READER, True, ["get_order", "get_hours"]),
        (UNSCOPED, True, ["get_hours"]),
        (NOBODY, True, ["get_hours"]),
        (replace(NOBODY, scopes=frozenset({"orders:read"})), True, ["get_hours"]),  # a scope does not make a customer
    ],
)
def test_only_usable_tools_are_offered(who: Principal, writes: bool, expected: list[str]) -> None:
    wanted = ["get_order", "nonsense", "cancel_order", "get_hours"]
    assert names(Shop().gateway.offered(wanted, who, writes=writes)) == expected


def test_the_owner_argument_is_hidden_from_models() -> None:
    offered = Shop().gateway.offered(["get_order"], ANNA, writes=False)
    parameters = offered[0]["function"]["parameters"]
    assert set(parameters["properties"]) == {"order_id", "count"}
    assert parameters["required"] == ["order_id"]
    assert "customer_id" in CONTRACTS["get_order"].input["properties"]


def test_faulty_contracts_are_all_listed() -> None:
    bad = {
        "a1": contract("a1", input={"type": "objekt"}),
        "b1": contract("b1", connector={"kind": "fax"}),
        "c1": contract("c1", effect="write", owner={"result": "customer_id"}, precheck=None),
    }
    with pytest.raises(ConfigurationError) as raised:
        ToolGateway(bad, {"fake": FakeBackend()}, MemoryLedger(), MemoryAudit())
    assert all(text in str(raised.value) for text in ("a1: input", "b1: no connector 'fax'", "c1: a write"))


async def test_another_customer_sees_his_own() -> None:
    shop = Shop(FakeBackend(answer))
    result = await shop.call("get_order", who=BERT)
    assert json.loads(result.content)["customer_id"] == "C-2"
