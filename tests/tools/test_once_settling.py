"""What becomes of a call that was begun and not settled: taken over, sent again, looked up, or left to a person."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from frontdesk.errors import ToolError, ToolFailedError, ToolRefusedError, ToolUnknownError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.tools.attempts import GRACE, Attempt, LostError
from frontdesk.tools.audit import MemoryAudit, Record
from frontdesk.tools.backend import Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.execution import Executor, Job
from frontdesk.tools.ledger import CallId, Entry, Ledger, MemoryLedger
from frontdesk.tools.schema import Schema

TIMEOUT = 0.2
DONE = {"order_id": "10482", "status": "cancelled"}
BASE: dict[str, Any] = {
    "name": "cancel_order",
    "description": "Cancels an order.",
    "effect": "write",
    "input": {"type": "object"},
    "output": {"type": "object", "required": ["status"]},
    "timeout": TIMEOUT,
    "connector": {"kind": "fake", "options": {"do": "cancel"}},
}
LOOKUP = {"lookup": {"options": {"do": "look"}, "happened": {"status": ["cancelled"]}}}
REMOTE = {"remote": True}

Answer = Callable[[Invocation], Awaitable[Any]]


async def done(call: Invocation) -> Any:
    return dict(DONE)


async def reset(call: Invocation) -> Any:
    raise ConnectionResetError


async def hang(call: Invocation) -> Any:
    await asyncio.Event().wait()


def says(record: Mapping[str, Any]) -> Answer:
    async def answer(call: Invocation) -> Any:
        return dict(record)

    return answer


def raises(kind: type[ToolError], reason: str = "not_found", **more: Any) -> Answer:
    async def answer(call: Invocation) -> Any:
        raise kind(call.tool, reason, "no", **more)

    return answer


@dataclass
class Back:
    """A backend whose write and lookup do as told, the last for ever."""

    writes: list[Answer]
    looks: list[Answer] = field(default_factory=list)
    calls: list[Invocation] = field(default_factory=list)
    looked: list[Invocation] = field(default_factory=list)

    def check(self, contract: ToolContract) -> list[str]:
        return []

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        seen, answers = (self.calls, self.writes) if options["do"] == "cancel" else (self.looked, self.looks)
        seen.append(call)
        result: dict[str, Any] = await (answers.pop(0) if len(answers) > 1 else answers[0])(call)
        return result

    async def close(self) -> None: ...


class Desk:
    """An executor over one contract, and a clock that goes when it is told."""

    def __init__(self, back: Back, ledger: Ledger | None = None, **changes: Any) -> None:
        self.back, self.now = back, 1_000.0
        contract = ToolContract.model_validate(BASE | changes)
        self.ledger, self.audit = ledger or MemoryLedger(), MemoryAudit()
        outputs = {contract.name: Schema(contract.output, "output")}
        self.executor = Executor({"fake": back}, outputs, self.ledger, self.audit, lambda: self.now)
        caller = Caller(Principal("C-1", "shop"), "0" * 32, "turn-1")
        self.job = Job(contract, CallId(caller, "turn-1", contract.name, "{}"), {}, {})

    async def once(self) -> tuple[str, bool]:
        return await self.executor.once(self.job)

    async def outcome(self) -> str:
        try:
            return "repeated" if (await self.once())[1] else "done"
        except ToolError as error:
            return f"{type(error).__name__.removeprefix('Tool').removesuffix('Error').lower()}:{error.reason}"

    @property
    def told(self) -> list[str]:
        return [f"{record.decision} {record.reason}".strip() for record in self.audit.records]

    async def left(self, state: str, **fields: Any) -> None:
        """What a process that was killed leaves behind."""
        entry, _ = await self.ledger.reserve(self.job.id, self.now + TIMEOUT + GRACE)
        if state != "reserved":
            new: Any = replace(entry, state=state, begun=self.now, **fields)
            assert await self.ledger.swap(self.job.id, entry, new)


async def test_a_reservation_whose_process_died_is_taken_over_once_its_lease_is_over() -> None:
    desk = Desk(Back([done]))
    await desk.left("reserved")
    desk.now += TIMEOUT + GRACE
    assert await desk.outcome() == "done"
    assert len(desk.back.calls) == 1


async def test_while_the_lease_lasts_nothing_is_begun() -> None:
    desk = Desk(Back([done]))
    await desk.left("executing")
    waiting = asyncio.create_task(desk.outcome())
    await asyncio.wait([waiting], timeout=0.1)
    assert not waiting.done() and desk.back.calls == []
    entry = await desk.ledger.find(desk.job.id)
    assert entry is not None
    await desk.ledger.swap(desk.job.id, entry, Entry("settled", content='{"status":"first"}'))
    assert await waiting == "repeated"


BY_CONTRACT: dict[str, tuple[Any, list[Answer], float, str, int]] = {
    # name: idempotency, what the lookup says, seconds later, what comes out, effects that were sent now
    "nothing: a person": ({}, [], 60, "unknown:unknown", 0),
    "a key: the same again": (REMOTE, [], 60, "done", 1),
    "it is there": (LOOKUP, [says(DONE)], 60, "repeated", 0),
    "it is there, in other words": ({"lookup": {"options": {"do": "look"}}}, [says({"a": 1})], 60, "unknown:happened", 0),
    "it is not there": (LOOKUP, [raises(ToolRefusedError)], 60, "done", 1),
    "the record says no": (LOOKUP, [says({"status": "processing"})], 60, "done", 1),
    "an empty record": ({"lookup": {"options": {"do": "look"}}}, [says({})], 60, "done", 1),
    "not there, too early": (
        {"lookup": {**LOOKUP["lookup"], "sure_after": 100}}, [raises(ToolRefusedError)], 60, "unknown:unknown", 0,
    ),
    "not there, late enough": (
        {"lookup": {**LOOKUP["lookup"], "sure_after": 100}}, [raises(ToolRefusedError)], 106, "done", 1,
    ),
    "the lookup fails": (LOOKUP, [raises(ToolFailedError)], 60, "unknown:unknown", 0),
    "the lookup breaks": (LOOKUP, [reset], 60, "unknown:unknown", 0),
    "the lookup hangs": (LOOKUP, [hang], 60, "unknown:unknown", 0),
    "the lookup declines": (LOOKUP, [raises(ToolRefusedError, "two_rows")], 60, "unknown:unknown", 0),
    "a key is preferred": ({**REMOTE, **LOOKUP}, [hang], 60, "done", 1),
}  # fmt: skip


@pytest.mark.parametrize("state", ["executing", "unknown"])
@pytest.mark.parametrize("case", BY_CONTRACT)
async def test_an_open_call_is_settled_by_its_contract(case: str, state: str) -> None:
    idempotency, looks, later, outcome, effects = BY_CONTRACT[case]
    desk = Desk(Back([done], list(looks)), idempotency=idempotency)
    await desk.left(state)
    desk.now += later
    assert await desk.outcome() == outcome
    assert len(desk.back.calls) == effects
    key = desk.ledger.key(desk.job.id)
    assert {call.key for call in (*desk.back.calls, *desk.back.looked)} <= {key}
    # and whoever asks again gets the same
    after = await desk.outcome()
    assert after == ("repeated" if outcome in {"done", "repeated"} else outcome)
    assert len(desk.back.calls) == effects
    assert (await desk.ledger.begun(desk.now, 5) == []) == (after == "repeated")


async def test_a_lookup_that_finds_nothing_leads_to_a_run_with_everything_that_belongs_to_it() -> None:
    desk = Desk(Back([done], [raises(ToolRefusedError)]), idempotency=LOOKUP)
    await desk.left("unknown")
    desk.now += 60
    assert await desk.outcome() == "done"
    assert desk.told == ["reconciled lookup:not_happened", "executing after_lookup"]


async def test_a_run_after_a_lookup_that_is_refused_leaves_nothing_open() -> None:
    desk = Desk(Back([raises(ToolRefusedError, "too_late")], [raises(ToolRefusedError)]), idempotency=LOOKUP)
    await desk.left("unknown")
    desk.now += 60
    assert await desk.outcome() == "refused:too_late"
    assert await desk.ledger.find(desk.job.id) is None


async def test_a_timeout_after_the_remote_side_did_it_is_looked_up_in_the_same_turn() -> None:
    desk = Desk(Back([hang], [says(DONE)]), idempotency=LOOKUP)
    assert json.loads((await desk.once())[0]) == DONE
    assert desk.told == ["executing", "reconciled lookup:happened"]
    assert (await desk.outcome(), len(desk.back.calls)) == ("repeated", 1)


async def test_right_after_a_timeout_a_lookup_that_finds_nothing_proves_nothing() -> None:
    desk = Desk(Back([hang, done], [raises(ToolRefusedError)]), idempotency=LOOKUP)
    assert await desk.outcome() == "unknown:unknown"
    desk.now += GRACE
    assert await desk.outcome() == "unknown:unknown"
    desk.now += TIMEOUT
    assert await desk.outcome() == "done"
    assert len(desk.back.calls) == 2


async def test_two_that_reconcile_at_once_ask_once_and_get_the_same() -> None:
    gate = asyncio.Event()

    async def slow(call: Invocation) -> Any:
        await gate.wait()
        return dict(DONE)

    ledger = MemoryLedger()
    one, two = (Desk(Back([done], [slow]), ledger, idempotency=LOOKUP, timeout=5) for _ in range(2))
    await one.left("unknown")
    tasks = [asyncio.create_task(desk.once()) for desk in (one, two)]
    await asyncio.wait(tasks, timeout=0.05)
    gate.set()
    results = await asyncio.gather(*tasks)
    assert results[0] == results[1]
    assert len(one.back.looked) + len(two.back.looked) == 1
    assert one.back.calls == two.back.calls == []


async def test_a_process_that_was_stopped_too_long_begins_nothing() -> None:
    """Between the mark and the connector: somebody else may have taken the call over."""

    class Slow(MemoryLedger):
        async def swap(self, call: CallId, seen: Entry, new: Entry) -> Entry | None:
            standing = await super().swap(call, seen, new)
            await asyncio.sleep(0.03)
            return standing

    desk = Desk(Back([done]), Slow(), timeout=0.01)
    assert await desk.outcome() == "failed:unavailable"
    assert desk.back.calls == []


async def test_who_lost_the_lease_before_it_began_gets_the_others_result() -> None:
    ledger = MemoryLedger()
    desk = Desk(Back([done]), ledger)

    class Robbed(MemoryAudit):
        async def record(self, record: Record) -> None:
            entry = await ledger.find(desk.job.id)
            assert entry is not None
            if entry.state == "reserved":
                await ledger.swap(desk.job.id, entry, Entry("settled", content='{"status":"theirs"}'))

    outputs = {"cancel_order": Schema({}, "output")}
    executor = Executor({"fake": desk.back}, outputs, ledger, Robbed(), lambda: desk.now)
    assert await executor.once(desk.job) == ('{"status":"theirs"}', True)
    assert desk.back.calls == []


async def test_a_result_that_comes_after_somebody_marked_it_unknown_still_counts() -> None:
    desk = Desk(Back([done]))
    entry, _ = await desk.ledger.reserve(desk.job.id, 0.0)
    attempt = Attempt(desk.ledger, desk.job, entry, lambda: desk.now)
    await attempt.begin()
    standing = await desk.ledger.find(desk.job.id)
    assert standing is not None
    await desk.ledger.swap(desk.job.id, standing, Entry("unknown", token="theirs"))
    await attempt.settle('{"status":"late"}')
    assert await desk.once() == ('{"status":"late"}', True)


async def test_a_result_that_comes_after_somebody_settled_it_gives_way() -> None:
    desk = Desk(Back([done]))
    entry, _ = await desk.ledger.reserve(desk.job.id, 0.0)
    attempt = Attempt(desk.ledger, desk.job, entry, lambda: desk.now)
    await attempt.begin()
    standing = await desk.ledger.find(desk.job.id)
    assert standing is not None
    await desk.ledger.swap(desk.job.id, standing, Entry("settled", content='{"status":"first"}'))
    with pytest.raises(LostError):
        await attempt.settle('{"status":"late"}')


TRIES: dict[str, tuple[Any, list[Answer], str, int]] = {
    # name: changes of the contract, what the tries come to, what comes out, tries
    "a write without keys": ({}, [raises(ToolFailedError, "busy"), done], "failed:busy", 1),
    "a write with keys": ({"idempotency": REMOTE}, [raises(ToolFailedError, "busy"), done], "done", 2),
    "a lost answer with keys": ({"idempotency": REMOTE}, [reset, done], "done", 2),
    "a lost answer, then a refusal": (
        {"idempotency": REMOTE}, [reset, raises(ToolRefusedError, "no")], "unknown:unknown", 2,
    ),
    "a lost answer, then a fault": (
        {"idempotency": REMOTE}, [reset, raises(ToolFailedError, "busy")], "unknown:unknown", 3,
    ),
    "a refusal is final": ({"idempotency": REMOTE}, [raises(ToolRefusedError, "no"), done], "refused:no", 1),
    "no more than it may": ({"idempotency": REMOTE}, [raises(ToolFailedError, "busy")], "failed:busy", 3),
    "not after the time": (
        {"idempotency": REMOTE}, [raises(ToolFailedError, "busy", retry_after=9.0), done], "failed:busy", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TRIES)
async def test_what_is_tried_again(case: str) -> None:
    changes, answers, outcome, tries = TRIES[case]
    desk = Desk(Back(list(answers)), retry={"attempts": 3, "backoff": 0.01}, **changes)
    assert await desk.outcome() == outcome
    assert len(desk.back.calls) == tries
    assert desk.job.notes == ([f"retried:{tries - 1}"] if tries > 1 else [])
    assert len({call.key for call in desk.back.calls}) == 1


@pytest.mark.parametrize(
    ("answers", "tries"),
    [([raises(ToolFailedError, "busy"), done], 2), ([reset, reset, done], 3), ([done], 1)],
    ids=["a fault", "two lost answers", "none"],
)
async def test_reads_are_tried_again(answers: list[Answer], tries: int) -> None:
    desk = Desk(Back(list(answers)), effect="read", retry={"attempts": 3, "backoff": 0.01})
    assert json.loads(await desk.executor.read(desk.job)) == DONE
    assert len(desk.back.calls) == tries
    assert {call.key for call in desk.back.calls} == {""}


async def test_a_ledger_that_goes_away_in_the_middle_leaves_the_safe_side() -> None:
    """begin fails: nothing is sent. settle fails: the result is told, and a repetition finds it open."""

    class Gone(MemoryLedger):
        after = 0

        async def swap(self, call: CallId, seen: Entry, new: Entry) -> Entry | None:
            self.after -= 1
            if self.after < 0:
                raise ToolFailedError(call.tool, "ledger_unavailable", "no ledger")
            return await super().swap(call, seen, new)

    before = Desk(Back([done]), Gone())
    assert (await before.outcome(), before.back.calls) == ("failed:ledger_unavailable", [])
    assert await before.ledger.find(before.job.id) is None
    ledger = Gone()
    ledger.after = 1
    late = Desk(Back([done]), ledger)
    assert await late.outcome() == "done"
    late.now += 60
    assert (await late.outcome(), len(late.back.calls)) == ("unknown:unknown", 1)


async def test_unknown_is_raised_as_such() -> None:
    with pytest.raises(ToolUnknownError, match="colleague"):
        await Desk(Back([reset])).once()
