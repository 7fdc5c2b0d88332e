"""Verdicts of the guards in the audit: one entry where a guard had something to say, codes only, gone with the person."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import pytest
from redis.asyncio import Redis

from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.journal import entries, reply_entries
from frontdesk.graph.persistence.erasure.shared import AuditHolding
from frontdesk.graph.persistence.holdings import Person
from frontdesk.graph.persistence.life.anonymous import of_decision
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.state import CheckResult, Verdict
from frontdesk.graph.verdicts import Fate
from frontdesk.tools.audit import STREAM, LogAudit, MemoryAudit, RedisAudit
from frontdesk.tools.auditing.chain import LINKED

ANNA = Principal("C-7", "shop")
CALLER = Caller(principal=ANNA, thread_id="thread-of-anna", turn_id="turn-1")
STATELESS = Caller(principal=ANNA, thread_id="", turn_id="turn-1")
REFUSED = Verdict(outcome="refuse", rules=["override.previous", "persona.dan"], score=0.9)


def check(**given: Any) -> CheckResult:
    usual: Mapping[str, Any] = {
        "check": "mine", "outcome": "allow", "action": "refuse", "score": 0.0, "ms": 1.0, "shadow": False,
        "fired": False, "rules": [],
    }  # fmt: skip
    return CheckResult(**{**usual, **given})  # type: ignore[typeddict-item]


def verdict(outcome: Any = "allow", *checks: CheckResult, rules: list[str] | None = None, **more: Any) -> Verdict:
    found = Verdict(outcome=outcome, rules=rules or [], score=0.0, checks=list(checks))
    return {**found, **more}  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (verdict(), []),
        (verdict("allow", check(rules=["x.hint"]), rules=["x.hint"]), []),
        (REFUSED, [("guard", "refuse", "override.previous,persona.dan")]),
        (verdict("raise", rules=["x.rule"]), [("guard", "raise", "x.rule")]),
        (verdict("unsure", rules=["unavailable:mine"]), [("guard", "unsure", "unavailable:mine")]),
        (verdict("allow", rules=["unavailable:mine"]), [("guard", "allow", "unavailable:mine")]),
        (verdict("raise", spans=[[0, 3]], rules=["x.rule"]), [("guard", "mask", "x.rule")]),
        (verdict("allow", check(fired=True, action="flag", rules=["x"]), rules=["x"]), [("guard", "flag", "x")]),
        (
            verdict("allow", check(shadow=True, fired=True, outcome="refuse", rules=["x"]), shadow=["x"]),
            [("mine", "shadow:refuse", "x")],
        ),
    ],
    ids=["allowed", "a hint", "refused", "raised", "unsure", "skipped", "masked", "flagged", "in shadow"],
)
def test_what_is_written_down(given: Verdict, expected: list[tuple[str, str, str]]) -> None:
    assert [(entry.check, entry.decision, entry.reason) for entry in entries("user", given)] == expected


@pytest.mark.parametrize(
    ("fate", "codes", "expected"),
    [
        ("sent", [], []),
        ("sent", ["link:host"], []),
        ("sent", ["shadow:tone:ai"], [("shadow", "tone:ai")]),
        ("worded", ["topic:press"], [("worded", "topic:press")]),
        ("repaired", ["tone:insult"], [("repaired", "tone:insult")]),
        ("replaced", ["tone:insult"], [("replaced", "tone:insult")]),
        ("handed_over", ["promise:refund"], [("handed_over", "promise:refund")]),
        ("blocked", ["leak:prompt", "shadow:tone:ai"], [("blocked", "leak:prompt"), ("shadow", "tone:ai")]),
    ],
)
def test_what_is_written_down_of_a_reply(fate: Fate, codes: list[str], expected: list[tuple[str, str]]) -> None:
    found = list(reply_entries(fate, codes))
    assert [(entry.decision, entry.reason) for entry in found] == expected
    assert {(entry.check, entry.channel) for entry in found} <= {("review", "reply")}


async def test_replies_go_where_verdicts_go(redis_client: Redis, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    sealer, memory = Sealer.generate(), MemoryAudit()
    for audit in (RedisAudit(redis_client, sealer), memory):
        await audit.replied(CALLER, 1.0, "blocked", ["tone:insult"])
        await audit.replied(CALLER, 1.0, "sent", [])
        await audit.replied(STATELESS, 1.0, "repaired", ["tone:insult"])
    ((_, fields),) = await redis_client.xrange(STREAM)
    assert (fields[b"channel"], fields[b"decision"], fields[b"reason"]) == (b"reply", b"blocked", b"tone:insult")
    assert [entry.decision for _, _, entry in memory.verdicts] == ["blocked"]
    assert caplog.text.count("audit: review reply repaired tone:insult") == 2


async def test_the_stream_holds_codes_and_pseudonyms(redis_client: Redis) -> None:
    sealer = Sealer.generate()

    await RedisAudit(redis_client, sealer).judged(CALLER, 1000.5, "tool", REFUSED)

    ((_, fields),) = await redis_client.xrange(STREAM)
    assert {name: text for name, text in fields.items() if name.decode() not in LINKED} == {
        b"at": b"1000.500",
        b"tenant": b"shop",
        b"subject": sealer.pseudonym("C-7").encode(),
        b"thread": sealer.pseudonym("thread-of-anna").encode(),
        b"turn": sealer.pseudonym("turn-1").encode(),
        b"check": b"guard",
        b"channel": b"tool",
        b"decision": b"refuse",
        b"reason": b"override.previous,persona.dan",
    }


async def test_it_is_exported_and_erased_with_the_person(redis_client: Redis) -> None:
    sealer = Sealer.generate()
    audit, holding = RedisAudit(redis_client, sealer), AuditHolding(redis_client, sealer)
    await audit.judged(CALLER, 1000.0, "user", REFUSED)
    await audit.judged(Caller(Principal("C-8", "shop"), "another", "turn-9"), 1000.0, "user", REFUSED)
    anna = Person(principal=ANNA, mark="mark-of-anna", threads=("thread-of-anna",))

    shown = await holding.export(anna)
    gone = await holding.erase(anna)

    assert [(line["check"], line["channel"], line["decision"]) for line in shown] == [("guard", "user", "refuse")]
    assert (gone, await holding.remaining(anna), await redis_client.xlen(STREAM)) == (1, 0, 1)


def test_what_is_left_after_its_time_is_of_nobody() -> None:
    line = {"at": "0", "tenant": "shop", "subject": "s", "thread": "t", "turn": "u", "check": "guard",
            "channel": "user", "decision": "refuse", "reason": "override.previous"}  # fmt: skip

    left = of_decision(line)

    assert left["check"] == "guard"
    assert not {"subject", "thread", "turn"} & set(left)


@pytest.mark.parametrize("kind", ["redis", "memory", "log"])
async def test_a_stateless_verdict_goes_to_the_log_only(
    kind: str, redis_client: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    memory = MemoryAudit()
    audits: dict[str, Any] = {"redis": RedisAudit(redis_client, Sealer.generate()), "memory": memory, "log": LogAudit()}

    await audits[kind].judged(STATELESS, 1000.0, "user", REFUSED)

    assert "audit: guard user refuse override.previous,persona.dan" in caplog.text
    assert (await redis_client.xlen(STREAM), memory.verdicts) == (0, [])


async def test_memory_forgets_with_the_person_and_the_thread() -> None:
    audit = MemoryAudit()
    for subject, thread in (("C-7", "a"), ("C-8", "b"), ("C-8", "c")):
        await audit.judged(Caller(Principal(subject, "shop"), thread, "turn"), 1.0, "user", REFUSED)

    gone = audit.forget(ANNA, ["c"])

    assert gone == 2
    assert [caller.thread_id for _, caller, _ in audit.verdicts] == ["b"]


async def test_a_store_that_is_down_changes_no_verdict(caplog: pytest.LogCaptureFixture) -> None:
    nowhere = Redis(host="127.0.0.1", port=1, socket_connect_timeout=1)

    await RedisAudit(nowhere, Sealer.generate()).judged(CALLER, 1000.0, "user", REFUSED)

    assert "verdict not written to the audit: ConnectionError" in caplog.text
    await nowhere.aclose()
