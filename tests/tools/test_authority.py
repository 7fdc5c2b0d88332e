"""Who may call what, and whose records: every reason, and every way around that was thought of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from frontdesk.errors import ToolRefusedError
from frontdesk.graph.identity import Principal
from frontdesk.tools.authority import check_record, is_offered, may_use, own
from frontdesk.tools.contract import ToolContract
from tests.support.tools import ANNA, CONTRACTS, Shop, contract

NOW = 1_000.0
READ = contract("get_order")
ROLES = contract("get_order", roles=["gold", "staff"])
STRONG = contract("get_order", verified="strong")
OPEN = CONTRACTS["get_hours"]
ANYBODY = Principal(tenant="shop")

USES = [
    ("a customer with the scopes", READ, ANNA, ""),
    ("one scope of another", READ, replace(ANNA, scopes={"orders:write"}), "missing_scope"),
    ("a scope that only begins alike", READ, replace(ANNA, scopes={"orders:readall"}), "missing_scope"),
    ("a scope in another case", READ, replace(ANNA, scopes={"Orders:Read"}), "missing_scope"),
    ("another tenant", READ, replace(ANNA, tenant="bank"), "wrong_tenant"),
    ("another tenant, and a tool for everybody", OPEN, replace(ANYBODY, tenant="bank"), "wrong_tenant"),
    ("a tenant in another case", READ, replace(ANNA, tenant="Shop"), "wrong_tenant"),
    ("nobody, and a tool for everybody", OPEN, ANYBODY, ""),
    ("nobody", READ, replace(ANYBODY, scopes=ANNA.scopes), "not_signed_in"),
    ("an empty subject", READ, replace(ANNA, subject=""), "not_signed_in"),
    ("a blank subject", READ, replace(ANNA, subject=" \t"), "not_signed_in"),
    ("anonymous in capitals", READ, replace(ANNA, subject="ANONYMOUS"), "not_signed_in"),
    ("anonymous in wide letters", READ, replace(ANNA, subject="ａnonymous"), "not_signed_in"),
    ("run out a moment ago", READ, replace(ANNA, expires_at=NOW), "expired"),
    ("run out, and a tool for everybody", OPEN, replace(ANNA, expires_at=NOW - 1), "expired"),
    ("not run out yet", READ, replace(ANNA, expires_at=NOW + 0.001), ""),
    ("no role", ROLES, ANNA, "missing_role"),
    ("another role", ROLES, replace(ANNA, roles={"silver"}), "missing_role"),
    ("one of the roles", ROLES, replace(ANNA, roles={"silver", "gold"}), ""),
    ("a role and nobody", ROLES, replace(ANYBODY, roles={"gold"}, scopes=ANNA.scopes), "not_signed_in"),
    ("not verified", STRONG, ANNA, "not_verified"),
    ("verified less than basic", contract("get_order", verified="basic"), replace(ANNA, verified="none"), "not_verified"),
    ("verified", STRONG, replace(ANNA, verified="strong"), ""),
    ("verified, and nobody", STRONG, replace(ANYBODY, verified="strong", scopes=ANNA.scopes), "not_signed_in"),
    ("not verified and without a scope", STRONG, replace(ANNA, scopes=frozenset()), "missing_scope"),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "who", "reason"), [row[1:] for row in USES], ids=[row[0] for row in USES])
def test_may_use(tool: ToolContract, who: Principal, reason: str) -> None:
    assert may_use(tool, who, NOW, "shop") == reason
    assert is_offered(tool, who, NOW, "shop") is (reason in {"", "not_verified"})


@pytest.mark.parametrize(("tool", "who", "reason"), [row[1:] for row in USES], ids=[row[0] for row in USES])
async def test_the_gateway_asks_at_the_moment_of_the_call(tool: ToolContract, who: Principal, reason: str) -> None:
    shop = Shop(contracts={tool.name: tool}, now=NOW, tenant="shop")
    result = await shop.call(tool.name, {} if tool is OPEN else None, who=who)
    assert (result.outcome, result.reason) == (("refused", reason) if reason else ("done", ""))
    assert len(shop.backend.calls) == (not reason)


async def test_a_token_that_runs_out_on_the_way_is_refused() -> None:
    shop = Shop()
    who = replace(ANNA, expires_at=shop.now + 1)
    assert (await shop.call("get_order", who=who)).outcome == "done"
    proposal = await shop.proposed(who=who)
    shop.now += 1
    assert (await shop.call("get_order", who=who)).reason == "expired"
    assert (await shop.call("cancel_order", who=who, approved=proposal)).reason == "expired"
    assert [call.tool for call in shop.backend.calls] == ["get_order"]


NESTED = contract(
    "get_order",
    input={
        "type": "object",
        "properties": {
            "customer_id": {"type": "string"},
            "gift": {"type": "object", "properties": {"customer_id": {"type": "string"}}},
            "note": {"type": "object"},
        },
    },
)
NUMBERED = contract("get_order", input={"type": "object", "properties": {"customer_id": {"type": "integer"}}})
ARGUMENTS: list[tuple[str, ToolContract, dict[str, Any], str, bool]] = [
    ("absent", READ, {}, "C-1", True),
    ("their own", READ, {"customer_id": "C-1"}, "C-1", True),
    ("somebody else's", READ, {"customer_id": "C-2"}, "C-1", False),
    ("null", READ, {"customer_id": None}, "C-1", False),
    ("a list of theirs", READ, {"customer_id": ["C-1"]}, "C-1", False),
    ("a pattern", READ, {"customer_id": "C-%"}, "C-1", False),
    ("another case", READ, {"customer_id": "c-1"}, "C-1", False),
    ("a blank behind it", READ, {"customer_id": "C-1 "}, "C-1", False),
    ("a look-alike dash", READ, {"customer_id": "C‑1"}, "C-1", False),
    ("a zero-width space in it", READ, {"customer_id": "C-\u200b1"}, "C-1", False),
    ("the name in another case", READ, {"Customer_ID": "C-2"}, "C-1", False),
    ("the name in one word", READ, {"customerId": "C-2"}, "C-1", False),
    ("the name in wide letters", READ, {"ｃustomer_id": "C-2"}, "C-1", False),
    ("a second name with the right value", READ, {"customerId": "C-1"}, "C-1", False),
    (
        "in a free part, where the schema has such a property",
        NESTED,
        {"note": {"customer_id": "C-2"}, "gift": {}},
        "C-1",
        True,
    ),
    ("a list of parts", READ, {"items": [{"customer_id": "C-2"}]}, "C-1", False),
    ("a part that the schema has", NESTED, {"gift": {"customer_id": "C-2"}}, "C-1", True),
    ("a number that spells it", NUMBERED, {"customer_id": 1042}, "1042", True),
    ("another number", NUMBERED, {"customer_id": 1043}, "1042", False),
    ("a number without its zero", NUMBERED, {"customer_id": 42}, "042", False),
    ("a fraction", NUMBERED, {"customer_id": 1042.0}, "1042", False),
    ("true for one", NUMBERED, {"customer_id": True}, "1", False),
    ("anonymous", READ, {"customer_id": "anonymous"}, "anonymous", False),
    ("empty", READ, {"customer_id": ""}, "", False),
]


@pytest.mark.parametrize(
    ("tool", "arguments", "subject", "allowed"), [row[1:] for row in ARGUMENTS], ids=[row[0] for row in ARGUMENTS]
)
def test_owner_in_arguments(tool: ToolContract, arguments: dict[str, Any], subject: str, allowed: bool) -> None:
    who = replace(ANNA, subject=subject)
    if not allowed:
        with pytest.raises(ToolRefusedError) as refused:
            own(tool, arguments, who)
        assert refused.value.reason == "not_owner"
        return
    filled = own(tool, arguments, who)["customer_id"]
    assert filled == (int(subject) if tool is NUMBERED else subject)


LISTED = contract("get_order", owner={"result": "orders.customer_id"})
BOUND = contract("get_order", owner={"argument": "customer_id", "result": "orders.customer_id"})
RESULTS: list[tuple[str, ToolContract, Any, bool, bool]] = [
    ("theirs", READ, {"customer_id": "C-1"}, False, True),
    ("somebody else's", READ, {"customer_id": "C-2"}, False, False),
    ("absent", READ, {"status": "open"}, False, False),
    ("absent where it may be", READ, {"status": "open"}, True, True),
    ("somebody else's where it may be absent", READ, {"customer_id": "C-2"}, True, False),
    ("null", READ, {"customer_id": None}, True, False),
    ("a list all theirs", LISTED, {"orders": [{"customer_id": "C-1"}, {"customer_id": "C-1"}]}, False, True),
    ("a list with one of somebody else's", LISTED, {"orders": [{"customer_id": "C-1"}, {"customer_id": "C-2"}]}, False, False),
    ("a list with one of nobody's", LISTED, {"orders": [{"customer_id": "C-1"}, {}]}, False, False),
    ("a list in a list", LISTED, {"orders": [[{"customer_id": "C-2"}]]}, False, False),
    ("a tuple", LISTED, {"orders": ({"customer_id": "C-2"},)}, False, False),
    ("an empty list", LISTED, {"orders": []}, False, True),
    ("no list", LISTED, {"orders": "none"}, False, False),
    ("a nested owner where it may be absent", BOUND, {"orders": [{"customer_id": "C-2"}]}, True, False),
    ("a nested owner that is absent", BOUND, {"orders": [{}]}, True, True),
    ("an owner that is an empty list", READ, {"customer_id": []}, False, False),
    ("an owner that is a list of empty ones", READ, {"customer_id": [[]]}, False, False),
    ("two owners", READ, {"customer_id": ["C-1", "C-2"]}, False, False),
    ("an owner with more in it", READ, {"customer_id": {"id": "C-1"}}, False, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "record", "partial", "allowed"), [row[1:] for row in RESULTS], ids=[row[0] for row in RESULTS]
)
def test_owner_in_what_comes_back(tool: ToolContract, record: Any, partial: bool, allowed: bool) -> None:
    reasons = []
    try:
        check_record(tool, record, ANNA, {}, partial=partial)
    except ToolRefusedError as error:
        reasons.append(error.reason)
    assert reasons == ([] if allowed else ["not_owner"])


def test_a_number_in_a_record_is_the_id_that_it_spells() -> None:
    who = replace(ANNA, subject="1042")
    check_record(READ, {"customer_id": 1042}, who, {}, partial=False)
    for other in (1043, "01042", 1042.0):
        with pytest.raises(ToolRefusedError):
            check_record(READ, {"customer_id": other}, who, {}, partial=False)
