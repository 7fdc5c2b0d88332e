"""A second person's yes: who may give it, what it covers, and that it has one effect."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.errors import ToolFailedError, ToolRefusedError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.erasure.tombs import bury
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import Proposal
from frontdesk.tools.approvals import Approval, Approvals, MemoryApprovals
from frontdesk.tools.approvals_redis import RedisApprovals
from frontdesk.tools.audit import MemoryAudit
from frontdesk.tools.ledger import MemoryLedger
from tests.support.tools import ANNA, BERT, CONTRACTS, THREAD, FakeBackend, Shop, contract, hang

BOSS = Principal("E-1", "shop", roles=frozenset({"supervisor"}))
TOOLS = {
    **CONTRACTS,
    "cancel_order": contract("cancel_order", effect="write", approval="always"),
    "cancel_dear": contract("cancel_dear", effect="write", approval="total > 500"),
    "cancel_strong": contract("cancel_strong", effect="write", approval="always", verified="strong"),
}


async def plain(customer: Caller, tool: str) -> Callable[[Any], Any]:
    return lambda value: value


class Desk(Shop):
    """A shop in which changes wait for a second person."""

    @property
    def desk(self) -> Any:
        return self.gateway.approving

    async def yes(self, name: str = "cancel_order", **options: Any) -> Any:
        """The customer asks, and says yes; the result of the yes."""
        proposal = (await self.call(name, **options)).proposal
        assert proposal is not None
        return await self.again(self.gateway.worded(proposal, Caller(ANNA, THREAD, "turn-1")), **options)

    async def again(self, proposal: Proposal, **options: Any) -> Any:
        return await self.call(proposal["tool"], **{**options, "turn": "turn-2", "approved": proposal})

    async def waiting(self) -> str:
        [found] = await self.desk.listed(BOSS)
        return str(found["id"])

    async def decide(self, id: str, who: Principal = BOSS, *, granted: bool = True) -> Any:
        return await self.desk.decide(id, who, granted=granted, reason="checked", restoring=plain)

    async def news(self, who: Principal = ANNA) -> list[str]:
        return [item["became"] for item in await self.desk.news(Caller(who, THREAD, "turn-3"))]


def shop(**changes: Any) -> Desk:
    return Desk(**{"contracts": TOOLS, "tenant": "shop", **changes})


async def test_nothing_happens_before_the_second_yes() -> None:
    desk = shop()
    result = await desk.yes()
    assert (result.outcome, desk.backend.calls) == ("approval", [])
    [item] = await desk.desk.listed(BOSS)
    assert item["arguments"] == {"order_id": "10482", "count": 3}
    assert item["question"] == "Cancel order 10482, which is processing?"
    assert "C-1" not in str(item)
    id = item["id"]
    assert (await desk.decide(id))["outcome"] == "done"
    [call] = desk.backend.calls
    assert (call.subject, call.arguments["order_id"]) == ("C-1", "10482")
    assert await desk.news() == ["done"]
    await desk.desk.told([id])
    assert await desk.news() == []
    read = await desk.desk.read(id, BOSS)
    assert (read["customer"], read["by"], read["reason"]) == ("C-1", "E-1", "checked")
    assert isinstance(desk.audit, MemoryAudit)
    decided = [(record.decision, record.by) for record in desk.audit.records]
    assert [each for each in decided if each[0] in {"waiting", "approved"}] == [("waiting", ""), ("approved", "E-1")]


async def test_the_second_person_reads_what_the_customer_read_or_the_bare_call() -> None:
    desk = shop()
    proposal = (await desk.call("cancel_order")).proposal
    assert proposal is not None
    forged = Proposal(**{**proposal, "question": "Cancel order 10482, which costs 1 EUR?"})
    await desk.again(forged)
    [item] = await desk.desk.listed(BOSS)
    assert item["question"] == "Cancel order 10482, which is ?"


async def test_what_changed_before_the_second_yes_does_not_run() -> None:
    desk = shop()
    await desk.yes()
    desk.backend.record = {**desk.backend.record, "status": "packed"}
    decided = await desk.decide(await desk.waiting())
    assert (decided["outcome"], decided["why"], desk.backend.calls) == ("refused", "record_changed", [])


DEAR = [("dear", {"total": 501}, "approval"), ("cheap", {"total": 500}, "done"), ("not known", {}, "approval")]


@pytest.mark.parametrize(("record", "outcome"), [row[1:] for row in DEAR], ids=[row[0] for row in DEAR])
async def test_only_where_the_condition_holds(record: dict[str, Any], outcome: str) -> None:
    backend = FakeBackend(record={"status": "processing", "customer_id": "C-1", **record})
    assert (await shop(backend=backend).yes("cancel_dear")).outcome == outcome


WHO = [
    ("the customer in a second hat", replace(ANNA, roles={"supervisor"}), "not_waiting"),
    ("the customer in another case", replace(BOSS, subject="c-1"), "not_waiting"),
    ("the customer in wide letters", replace(BOSS, subject="Ｃ-1 "), "not_waiting"),
    ("another customer", BERT, "not_approver"),
    ("another role", replace(BOSS, roles={"clerk"}), "not_approver"),
    ("the role in another case", replace(BOSS, roles={"Supervisor"}), "not_approver"),
    ("a scope instead of a role", replace(BOSS, roles=frozenset(), scopes={"supervisor"}), "not_approver"),
    ("another tenant", replace(BOSS, tenant="bank"), "not_approver"),
    ("run out", replace(BOSS, expires_at=1.0), "not_approver"),
    ("nobody", replace(BOSS, subject="anonymous"), "not_approver"),
]


@pytest.mark.parametrize(("who", "reason"), [row[1:] for row in WHO], ids=[row[0] for row in WHO])
async def test_who_may_not_decide(who: Principal, reason: str) -> None:
    desk = shop()
    await desk.yes()
    id = await desk.waiting()
    for granted in (True, False):
        with pytest.raises(ToolRefusedError) as refused:
            await desk.decide(id, who, granted=granted)
        assert refused.value.reason == reason
    assert (desk.backend.calls, await desk.waiting()) == ([], id)


async def test_a_sign_in_that_runs_out_during_the_wait_was_good_when_it_counted() -> None:
    desk = shop()
    who = replace(ANNA, expires_at=desk.now + 60)
    await desk.yes(who=who)
    id = await desk.waiting()
    desk.now += 60
    assert (await desk.call("cancel_order", who=who, turn="turn-9")).reason == "expired"
    assert (await desk.decide(id))["outcome"] == "done"
    assert [call.subject for call in desk.backend.calls] == ["C-1"]


async def test_the_customers_authority_is_checked_again() -> None:
    desk = shop()
    await desk.yes(who=ANNA)
    id = await desk.waiting()
    later = shop(approvals=desk.gateway.approving.store, now=desk.now, contracts={
        **TOOLS, "cancel_order": contract("cancel_order", effect="write", approval="always", scopes=["orders:cancel"])
    })  # fmt: skip
    came = await later.decide(id)
    assert (came["outcome"], came["why"], later.backend.calls) == ("refused", "missing_scope", [])
    assert await later.news() == ["refused"]


async def test_the_preconditions_are_checked_again() -> None:
    desk = shop()
    await desk.yes()
    desk.backend.record = {"status": "shipped", "customer_id": "C-1"}
    came = await desk.decide(await desk.waiting())
    assert (came["outcome"], came["why"], desk.backend.calls) == ("refused", "order_already_shipped", [])


async def test_denied_is_denied() -> None:
    desk = shop()
    proposal = await desk.proposed()
    await desk.again(proposal)
    id = await desk.waiting()
    assert (await desk.decide(id, granted=False))["state"] == "denied"
    for granted in (True, False):
        with pytest.raises(ToolRefusedError):
            await desk.decide(id, granted=granted)
    assert (await desk.again(proposal)).reason == "not_approved"
    assert (desk.backend.calls, await desk.news(), await desk.news(BERT)) == ([], ["denied"], [])
    assert "denied" in desk.decisions


async def test_given_up_when_its_time_is_over() -> None:
    desk = shop()
    await desk.yes()
    id = await desk.waiting()
    desk.now += 24 * 3600
    assert await desk.desk.listed(BOSS) == []
    with pytest.raises(ToolRefusedError):
        await desk.decide(id)
    assert (desk.backend.calls, await desk.news()) == ([], ["expired"])


async def test_one_effect_however_many_click() -> None:
    desk = shop()
    proposal = await desk.proposed()
    await desk.again(proposal)
    id = await desk.waiting()
    people = [replace(BOSS, subject=f"E-{number}") for number in range(8)]
    came = await asyncio.gather(*(desk.decide(id, who) for who in people))
    assert {each["outcome"] for each in came} == {"done"}
    repeated = await desk.again(proposal)
    assert (repeated.outcome, repeated.repeated, len(desk.backend.calls)) == ("done", True, 1)


async def test_what_failed_may_be_approved_again() -> None:
    desk = shop()
    await desk.yes()
    id = await desk.waiting()
    working, desk.backend.behave = desk.backend.behave, hang
    unknown = await desk.decide(id)
    assert (unknown["outcome"], await desk.news()) == ("unknown", ["unknown"])
    desk.backend.behave = working
    assert (await desk.decide(id))["outcome"] == "unknown", "what may have happened is never made again"
    assert len(desk.backend.calls) == 1


NEWS = [
    ("nobody decided, in time", {}, 199.0, ""),
    ("nobody decided", {}, 200.0, "expired"),
    ("denied", {"state": "denied"}, 100.0, "denied"),
    ("approved, and running", {"state": "approved"}, 199.0, ""),
    ("approved, and whoever ran it died", {"state": "approved"}, 200.0, "unknown"),
    ("approved, and done", {"state": "approved", "outcome": "done"}, 300.0, "done"),
    ("told", {"state": "approved", "outcome": "done", "told": True}, 300.0, ""),
]


@pytest.mark.parametrize(("changes", "now", "code"), [row[1:] for row in NEWS], ids=[row[0] for row in NEWS])
def test_what_the_customer_is_told(changes: dict[str, Any], now: float, code: str) -> None:
    assert kept(**{"expires_at": 200.0, **changes}).news(now) == code


async def test_without_a_thread_nothing_waits_and_nothing_runs() -> None:
    desk = shop()
    proposal = await desk.proposed(thread="")
    assert (await desk.again(proposal, thread="")).outcome == "failed"
    assert (desk.backend.calls, await desk.desk.listed(BOSS)) == ([], [])


async def test_step_up_comes_before_the_question() -> None:
    desk = shop()
    assert (await desk.call("cancel_strong")).reason == "not_verified"
    assert (await desk.yes("cancel_strong", who=replace(ANNA, verified="strong"))).outcome == "approval"


SEALER = Sealer([b"a" * 32])


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest, redis_client: Redis) -> Approvals:
    if request.param == "memory":
        return MemoryApprovals(lambda: 100.0)
    return RedisApprovals(redis_client, SEALER, 60, lambda: 100.0)


def kept(thread: str = "a" * 32, number: int = 1, **changes: Any) -> Approval:
    base: dict[str, Any] = {
        "id": f"{thread}-{number:016x}", "tool": "cancel_order", "arguments": {"order_id": "<NUMBER_1>"},
        "question": "Shall I?", "principal": ANNA.as_dict(), "thread": thread, "turn": "t1", "asked_at": 90.0 + number,
        "expires_at": 200.0 - number,
    }  # fmt: skip
    return Approval(**{**base, **changes})


async def test_the_stores_agree(store: Approvals) -> None:
    first, second, other = kept(), kept(number=2), kept("b" * 32, expires_at=150.0)
    assert [await store.put(item, None) for item in (second, first, other)] == [True, True, True]
    assert not await store.put(first, None), "there is one already"
    assert await store.read(first.id) == first
    assert await store.read("c" * 32 + "-0") is None
    assert await store.of_thread(first.thread) == [first, second]
    assert await store.open() == [other, second, first]
    decided = replace(first, state="denied", by="E-1")
    results = await asyncio.gather(*(store.put(decided, first) for _ in range(5)))
    assert sorted(results) == [False] * 4 + [True]
    assert await store.open() == [other, second]
    assert await store.read(first.id) == decided
    assert decided.caller == Caller(ANNA, first.thread, "t1")


async def test_in_redis_it_is_sealed_and_ends(redis_client: Redis) -> None:
    store = RedisApprovals(redis_client, SEALER, 60, lambda: 100.0)
    await store.put(kept(), None)
    keys = [key async for key in redis_client.scan_iter(match="fd:*")]
    assert sorted(keys) == [b"fd:approvals:open", b"fd:{" + b"a" * 32 + b"}:approvals"]
    for key in keys:
        assert 0 < await redis_client.ttl(key) <= 60
    blobs = await redis_client.hvals("fd:{" + "a" * 32 + "}:approvals")
    assert not any(word in blob for blob in blobs for word in (b"C-1", b"cancel", b"Shall"))
    await bury(redis_client, SEALER, ["b" * 32])
    assert not await store.put(kept("b" * 32), None), "nothing is kept for an erased conversation"


async def test_what_came_to_its_end_never_runs_again() -> None:
    """The ledger keeps its entries for ``retention.ledger_days``; an approval may be looked at for longer."""
    desk = shop()
    await desk.yes()
    id = await desk.waiting()
    assert (await desk.decide(id))["outcome"] == "done"
    desk.ledger.forget(None, {THREAD})
    assert (await desk.decide(id))["outcome"] == "done"
    assert len(desk.backend.calls) == 1


OVER = [
    ("running", {}, 100.0, False),
    ("done", {"outcome": "done"}, 100.0, True),
    ("not possible", {"outcome": "refused"}, 100.0, True),
    ("nobody knows, in time", {"outcome": "unknown"}, 199.0, False),
    ("nobody knows, too late", {"outcome": "unknown"}, 200.0, True),
]


@pytest.mark.parametrize(("changes", "now", "over"), [row[1:] for row in OVER], ids=[row[0] for row in OVER])
def test_an_approved_call_is_over(changes: dict[str, Any], now: float, over: bool) -> None:
    assert kept(state="approved", expires_at=200.0, **changes).is_over(now) is over


async def test_a_store_that_does_not_answer_is_a_fault_and_no_stack_trace() -> None:
    dead = RedisApprovals(Redis.from_url("unix:///nowhere/redis.sock"), Sealer.generate(), 60)
    desk = shop(approvals=dead)
    assert ((await desk.yes()).outcome, desk.backend.calls) == ("failed", [])
    assert await desk.news() == []
    for asked in (dead.read("a-b"), dead.of_thread(THREAD), dead.open()):
        with pytest.raises(ToolFailedError):
            await asked


class Forgetful(MemoryLedger):
    """A ledger whose retention is over."""

    def over(self) -> None:
        self._kept.clear()


async def test_what_nobody_knows_and_the_ledger_forgot_does_not_run_again() -> None:
    ledger = Forgetful()
    desk = shop(backend=FakeBackend(behave=hang), ledger=ledger)
    await desk.yes()
    id = await desk.waiting()
    assert (await desk.decide(id))["outcome"] == "unknown"
    ledger.over()
    assert (await desk.decide(id))["outcome"] == "unknown"
    assert len(desk.backend.calls) == 1


BACK = [
    ("all that waits", ANNA, set(), True),
    ("by its number", ANNA, {"10482"}, True),
    ("another number", ANNA, {"10915"}, False),
    ("somebody else", BERT, set(), False),
]


@pytest.mark.parametrize(("who", "numbers", "gone"), [row[1:] for row in BACK], ids=[row[0] for row in BACK])
async def test_a_customer_takes_back_what_waits(who: Principal, numbers: set[str], gone: bool) -> None:
    desk = shop()
    await desk.yes()
    id = await desk.waiting()
    await desk.desk.take_back(Caller(who, THREAD, "turn-3"), numbers)
    assert await desk.desk.listed(BOSS) == [] if gone else id == await desk.waiting()
    assert await desk.news() == (["denied"] if gone else [])
    if gone:
        with pytest.raises(ToolRefusedError) as error:
            await desk.decide(id)
        assert error.value.reason == "not_waiting"
    assert desk.backend.calls == []
