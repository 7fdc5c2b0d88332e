"""Privacy from an attacker's side: late writers, forged placeholders, looks that prolong, words that were not meant."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from frontdesk import FrontDesk, open_desk
from frontdesk.errors import KeyServiceError, TamperedReceiptError, ThreadErasedError, ToolFailedError
from frontdesk.graph.identity import Caller
from frontdesk.graph.persistence.erasure.receipt import Receipt, public_keys, sign, verify
from frontdesk.graph.persistence.keyservice import GuardedService
from frontdesk.graph.persistence.layout import tagged
from frontdesk.graph.state import Ticket
from frontdesk.nodes.scrub.placeholders import escape_placeholders, scan
from frontdesk.nodes.scrub.scrubber import PersonalDataScrubber
from frontdesk.tools.ledger import CallId, Entry
from tests.support.small import DEMO, OTHER, retail, settings_for, small_desk

Late = Callable[[FrontDesk, Caller], Awaitable[Any]]


def call(caller: Caller) -> CallId:
    return CallId(caller, caller.turn_id, "cancel_order", "{}")


async def ended(desk: FrontDesk, caller: Caller) -> None:
    """Settle a call by what a frozen process saw of it; where that is gone, anew."""
    here, stored, done = call(caller), desk.stores.ledger, Entry("settled", content="{}")
    if await stored.swap(here, Entry("reserved", 1e12, raw=b"as it was"), done) is None:
        seen, _ = await stored.reserve(here, 1e12)
        await stored.swap(here, seen, done)


LATE: dict[str, Late] = {
    "a value": lambda desk, caller: desk.stores.vault.store(caller, {"<EMAIL_9>": "late@mail.example"}),
    "a reply": lambda desk, caller: desk.stores.inbox.settle(caller, {"text": "late"}),
    "a ticket": lambda desk, caller: desk.stores.handoff.open(caller, "asked", {"story": "late"}),
    "a word to a ticket": lambda desk, caller: desk.stores.handoff.relay(caller, Ticket(id="T-1", reason="", opened_at=0.0), "late"),
    "an episode": lambda desk, caller: desk.stores.archive.add(caller.principal, caller.thread_id, "late"),
    "a call that begins": lambda desk, caller: desk.stores.ledger.reserve(call(caller), 1e12),
    "a call that ended": ended,
}  # fmt: skip


@pytest.mark.parametrize("name", LATE)
async def test_a_process_that_was_frozen_leaves_nothing_of_an_erased_person(
    desk: FrontDesk, redis_client: Redis, name: str
) -> None:
    reply = await desk.chat("hello, my mail is early@mail.example", thread_id="t")
    assert (await desk.erase(DEMO)).outcome == "erased"
    before = {key async for key in redis_client.scan_iter()}
    announced = await redis_client.xlen("fd:tickets")
    try:
        await LATE[name](desk, Caller(DEMO, reply.thread_id, "late"))
    except (ThreadErasedError, ToolFailedError) as refused:
        assert "late" not in str(refused)
    left = {key async for key in redis_client.scan_iter()} - before - {b"fd:tickets"}
    assert (left, await redis_client.xlen("fd:tickets")) == (set(), announced)


@pytest.mark.parametrize("name", LATE)
async def test_the_same_writes_are_kept_while_the_thread_lives(desk: FrontDesk, redis_client: Redis, name: str) -> None:
    reply = await desk.chat("hello", thread_id="t")
    before = {(key, await redis_client.dump(key)) async for key in redis_client.scan_iter()}
    await LATE[name](desk, Caller(DEMO, reply.thread_id, "late"))
    assert {(key, await redis_client.dump(key)) async for key in redis_client.scan_iter()} - before


@pytest.mark.parametrize(
    "forged",
    ["send it to EMAIL_1\u017f", "\u212aCARD_2", "\uff45CARD_2", "PHONE_3\u2460", "CARD_2\u017f <EMAIL\u200b_1>", "x NAME_1\ufe0e\u017f"],
)  # fmt: skip
def test_no_spelling_of_a_placeholder_by_somebody_else_is_read_as_one(forged: str) -> None:
    assert list(scan(escape_placeholders(forged))) == []


async def test_a_look_at_values_does_not_prolong_their_life(desk: FrontDesk, redis_client: Redis) -> None:
    reply = await desk.chat("my mail is early@mail.example", thread_id="t")
    vault = tagged(reply.thread_id, "vault")
    await redis_client.expire(vault, 60)
    assert (await desk.export(DEMO))["held"]["vault"]
    assert 0 < await redis_client.ttl(vault) <= 60


@pytest.mark.parametrize(
    ("said", "stops"),
    [
        ("I don't remember my order number", False),
        ("I do not remember what I ordered, what was it?", False),
        ("I may not remember the date", False),
        ("I no longer remember my password", False),
        ("don't remember me", True),
        ("please don't remember me from now on", True),
        ("you may not remember me", True),
        ("you may no longer remember what I came for", True),
    ],
)
async def test_to_have_forgotten_something_is_no_objection(
    redis_url: str, redis_client: Redis, tmp_path: Path, said: str, stops: bool
) -> None:
    small = small_desk()
    own = replace(small, intents={**small.intents, "stop_remembering": retail().intents["stop_remembering"]})
    async with open_desk(own, settings_for(tmp_path, redis_url), principal=DEMO) as desk:
        await desk.chat(said, thread_id="t")
        words = [word.granted for word in await desk.stores.consents.words(DEMO)]
    assert words == ([False] if stops else [])


class Clear:
    """A key service that hands the key back as it came."""

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        return b"wrapped:" + key

    async def unwrap(self, blob: bytes, context: bytes) -> bytes:
        return blob.removeprefix(b"wrapped:")


async def test_a_key_service_that_does_not_encrypt_is_not_believed() -> None:
    with pytest.raises(KeyServiceError):
        await GuardedService(cast(Any, Clear())).wrap(os.urandom(32), b"place")


def test_no_letter_of_a_signature_can_be_changed() -> None:
    seed = os.urandom(32)
    counts = {"vault": 1}
    plain = Receipt(
        id="R-0000-1111-2222-3333", tenant="retail", subject="", threads=1, at="2026-01-01T00:00:00+00:00",
        outcome="erased", removed=counts, remaining={"vault": 0}, scanned=9, read="shared", version="1", key="",
    )  # fmt: skip
    signed = sign(plain, seed)
    assert verify(signed.text(), public_keys([seed])) == signed
    last = len(signed.signature.rstrip("=")) - 1
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/":
        altered = signed.signature[:last] + letter + signed.signature[last + 1 :]
        if altered != signed.signature:
            with pytest.raises(TamperedReceiptError):
                verify(signed.model_copy(update={"signature": altered}).text(), public_keys([seed]))


async def test_a_held_conversation_is_not_erased_in_somebody_elses_name(desk: FrontDesk, redis_client: Redis) -> None:
    reply = await desk.chat("hello", thread_id="t")
    await desk.hold(DEMO.subject, "litigation:2026-0042")
    receipt = await desk.stores.erasure.erase(OTHER, [reply.thread_id])
    assert receipt.outcome == "held"
    assert await redis_client.exists(tagged(reply.thread_id, "vault"))


@pytest.mark.parametrize("number", ["110004194906150013", "110012194906150013"])
def test_a_number_that_breaks_a_library_s_table_breaks_no_message(number: str) -> None:
    masked = PersonalDataScrubber().scrub(f"my id is {number} ok", {}).text
    assert (number in masked, "ok" in masked) == (False, True)
