"""Consent: a person's own word goes before the desk's rule, a no counts at once, and nothing is kept without a basis."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import pytest
from redis.asyncio import Redis

from frontdesk.desk.config import Purpose
from frontdesk.errors import ConsentError
from frontdesk.graph.identity import Principal
from frontdesk.graph.persistence.life.consent import RedisConsents
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.persistence.life.purposes import Consent, basis_of, version
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.threads import subject_mark
from frontdesk.nodes.recall.archive import RedisArchive
from frontdesk.nodes.recall.memory import MemoryArchive

ANNA, BEN, NOBODY = Principal("C-1", "shop"), Principal("C-2", "shop"), Principal(tenant="shop")
ASK, GRANTED, DENIED = (Purpose(default=default) for default in ("ask", "granted", "denied"))
OTHER_WORDS = Purpose(default="ask", text="We may remember quite other things of you.")
Both = tuple[RedisConsents | MemoryConsents, RedisArchive | MemoryArchive]


def word(granted: bool, purpose: Purpose = ASK) -> Consent:
    return Consent("memory", granted, 1.0, "chat", version(purpose), "id-1")


@pytest.mark.parametrize(
    ("rule", "said", "reference"),
    [
        (ASK, None, ""),
        (ASK, word(True), "id-1"),
        (ASK, word(False), ""),
        (ASK, word(True, OTHER_WORDS), ""),
        (GRANTED, None, f"default:{version(GRANTED)}"),
        (GRANTED, word(True), "id-1"),
        (GRANTED, word(False), ""),
        (GRANTED, word(False, OTHER_WORDS), ""),
        (DENIED, None, ""),
        (DENIED, word(True), ""),
        (None, word(True), ""),
    ],
    ids=[
        "asked and silent", "asked and yes", "asked and no", "yes to other words", "opt-out and silent", "opt-out and yes",
        "objection", "objection to other words", "denied", "denied in spite of a yes", "not declared",
    ],
)  # fmt: skip
def test_what_may_be_kept(rule: Purpose | None, said: Consent | None, reference: str) -> None:
    found = basis_of({"memory": rule} if rule else {}, "memory", said)
    assert (found.allowed, found.reference) == (bool(reference), reference)


def test_what_the_request_needs_is_allowed_and_cannot_be_refused() -> None:
    assert basis_of({}, "service", word(False)).allowed


@pytest.fixture(params=["memory", "redis"])
def at_desk(request: pytest.FixtureRequest, sealer: Sealer) -> Callable[[Purpose], Both]:
    """Consents and archive of a desk with one purpose, in each form."""
    client: Redis | None = request.getfixturevalue("redis_client") if request.param == "redis" else None

    def make(purpose: Purpose) -> Both:
        rules = {"memory": purpose}
        if client is None:
            kept = MemoryConsents(rules)
            return kept, MemoryArchive(kept)
        sealed = RedisConsents(client, sealer, rules, 7200)
        return sealed, RedisArchive(client, sealer, 3600, sealed)

    return make


async def test_an_item_is_kept_only_after_a_yes(at_desk: Callable[[Purpose], Both]) -> None:
    consents, archive = at_desk(ASK)
    await archive.add(ANNA, "t1", "too early")
    assert await archive.recent(ANNA) == []
    await consents.record(ANNA, "memory", granted=True, how="chat")
    await archive.add(ANNA, "t1", "agreed")
    assert await archive.recent(ANNA) == ["agreed"]


async def test_a_no_deletes_what_was_kept_and_keeps_the_next_out(at_desk: Callable[[Purpose], Both]) -> None:
    consents, archive = at_desk(GRANTED)
    for person in (ANNA, BEN):
        await archive.add(person, "t1", f"of {person.subject}")
        await archive.add(person, "t2", f"more of {person.subject}")
    _, removed = await consents.record(ANNA, "memory", granted=False, how="chat")
    await archive.add(ANNA, "t3", "after the no")
    assert removed == 2
    assert await archive.recent(ANNA) == []
    assert await archive.recent(BEN) == ["more of C-2", "of C-2"]
    await consents.record(ANNA, "memory", granted=True, how="chat")
    assert await archive.recent(ANNA) == [], "gone is gone"


async def test_only_what_the_desk_declares_is_kept(at_desk: Callable[[Purpose], Both]) -> None:
    _, archive = at_desk(GRANTED)
    await archive.add(ANNA, "t1", "for sale", "advertising")
    assert await archive.recent(ANNA) == []


@pytest.mark.parametrize(
    ("who", "rule", "purpose", "granted"),
    [
        (NOBODY, GRANTED, "memory", True),
        (NOBODY, GRANTED, "memory", False),
        (ANNA, GRANTED, "advertising", True),
        (ANNA, GRANTED, "advertising", False),
        (ANNA, DENIED, "memory", True),
    ],
    ids=["anonymous yes", "anonymous no", "unknown purpose", "no to an unknown purpose", "yes to a denied purpose"],
)
async def test_no_word_is_taken(
    at_desk: Callable[[Purpose], Both], who: Principal, rule: Purpose, purpose: str, granted: bool
) -> None:
    consents, _ = at_desk(rule)
    with pytest.raises(ConsentError):
        await consents.record(who, purpose, granted=granted, how="chat")
    assert await consents.words(who) == []


async def test_the_record_says_when_how_and_to_what(at_desk: Callable[[Purpose], Both]) -> None:
    consents, _ = at_desk(ASK)
    await consents.record(ANNA, "memory", granted=False, how="http")
    given, _ = await consents.record(ANNA, "memory", granted=True, how="chat")
    assert await consents.words(ANNA) == [given]
    assert (given.how, given.text, given.granted, given.at > 1e9) == ("chat", version(ASK), True, True)


async def test_an_item_says_for_what_on_which_strength_and_until_when(redis_client: Redis, sealer: Sealer) -> None:
    consents = RedisConsents(redis_client, sealer, {"memory": ASK}, 7200)
    archive = RedisArchive(redis_client, sealer, 3600, consents, lambda: 1_000_000.0)
    given, _ = await consents.record(ANNA, "memory", granted=True, how="chat")
    await archive.add(ANNA, "t1", "text")
    (item,) = await archive.items(ANNA)
    assert (item.purpose, item.consent, item.at, item.expires) == ("memory", given.id, 1_000_000.0, 1_003_600.0)


async def test_other_words_end_an_agreement(redis_client: Redis, sealer: Sealer) -> None:
    before = RedisConsents(redis_client, sealer, {"memory": ASK}, 7200)
    await before.record(ANNA, "memory", granted=True, how="chat")
    await RedisArchive(redis_client, sealer, 3600, before).add(ANNA, "t1", "agreed")
    after = RedisArchive(redis_client, sealer, 3600, RedisConsents(redis_client, sealer, {"memory": OTHER_WORDS}, 7200))
    assert await after.recent(ANNA) == []


async def test_a_no_between_the_look_and_the_writing_counts(redis_client: Redis, sealer: Sealer) -> None:
    class Interrupted(RedisConsents):
        """Somebody else's door takes the no just after the look."""

        looks = 0

        async def look(self, principal: Principal) -> dict[bytes, bytes]:  # type: ignore[override]
            found = dict(await super().look(principal))
            self.looks += 1
            if self.looks == 1:
                await RedisConsents(redis_client, sealer, {"memory": GRANTED}, 7200).record(
                    principal, "memory", granted=False, how="http"
                )
            return found

    consents = Interrupted(redis_client, sealer, {"memory": GRANTED}, 7200)
    await RedisArchive(redis_client, sealer, 3600, consents).add(ANNA, "t1", "too late")
    assert consents.looks == 2
    assert not await redis_client.exists(f"fd:{{{subject_mark(sealer, ANNA)}}}:episodes")


async def test_many_words_at_once_leave_one(redis_client: Redis, sealer: Sealer) -> None:
    consents = RedisConsents(redis_client, sealer, {"memory": GRANTED}, 7200)
    await asyncio.gather(*(consents.record(ANNA, "memory", granted=turn % 2 == 0, how="http") for turn in range(20)))
    assert len(await consents.words(ANNA)) == 1


async def test_nothing_in_redis_can_be_read(redis_client: Redis, sealer: Sealer) -> None:
    consents = RedisConsents(redis_client, sealer, {"memory": GRANTED}, 7200)
    await consents.record(ANNA, "memory", granted=False, how="chat")
    (key,) = await redis_client.keys("*")
    stored = key + b" ".join(await redis_client.hvals(key))
    assert not [word for word in (b"C-1", b"chat", b"granted", b"false") if word in stored]


async def test_a_word_that_cannot_be_opened_is_a_no(
    redis_client: Redis, sealer: Sealer, caplog: pytest.LogCaptureFixture
) -> None:
    consents = RedisConsents(redis_client, sealer, {"memory": GRANTED}, 7200)
    await redis_client.hset(consents.key(ANNA), "memory", b"not sealed at all, and long enough for a header")
    with caplog.at_level(logging.WARNING):
        assert not (await consents.basis(ANNA, "memory")).allowed
    assert "counts as a no" in caplog.text


async def test_a_word_lives_on_while_its_person_comes(redis_client: Redis, sealer: Sealer) -> None:
    consents = RedisConsents(redis_client, sealer, {"memory": GRANTED}, 7200)
    await consents.record(ANNA, "memory", granted=False, how="chat")
    await redis_client.expire(consents.key(ANNA), 5)
    await consents.basis(ANNA, "memory")
    assert await redis_client.ttl(consents.key(ANNA)) > 7000


async def test_what_a_hold_keeps_is_given_no_time_again(redis_client: Redis, sealer: Sealer) -> None:
    consents = RedisConsents(redis_client, sealer, {"memory": GRANTED}, 7200)
    archive = RedisArchive(redis_client, sealer, 3600, consents)
    await consents.record(ANNA, "memory", granted=True, how="chat")
    await archive.add(ANNA, "t1", "before")
    stem = f"fd:{{{subject_mark(sealer, ANNA)}}}:"
    keys = [stem + name for name in ("consents", "episodes", "episodes:order")]
    for key in keys:
        await redis_client.persist(key)
    await archive.add(ANNA, "t2", "meanwhile")
    await consents.record(ANNA, "memory", granted=True, how="chat")
    assert [await redis_client.ttl(key) for key in keys] == [-1, -1, -1]
    assert await archive.recent(ANNA) == ["meanwhile", "before"]
