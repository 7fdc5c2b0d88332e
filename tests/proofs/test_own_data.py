"""A customer's own data, through a desk that is open on a real Redis: asked for in the chat, exported, taken back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from frontdesk import Desk, FrontDesk, Principal, open_desk
from frontdesk.errors import ConsentError, PersonError
from frontdesk.graph.identity import Caller
from frontdesk.graph.memories import Note
from frontdesk.graph.persistence.life.export import LEFT_OUT, markdown
from frontdesk.graph.persistence.life.purposes import MEMORY
from tests.support.small import DEMO, OTHER, retail, settings_for, small_desk

OWN = ("erase_my_data", "export_my_data", "stop_remembering", "remember_me", "privacy_request")
NEW_HOME = "3 Fern Close, Galway"
MAIL = "anna.shared@mail.example"
"""A value that both customers give: neither must be found with the other."""


def own_desk(default: str = "granted") -> Desk:
    """The small desk with the requests about one's own data, and a rule for remembering."""
    desk = small_desk()
    intents = {**desk.intents, **{name: retail().intents[name] for name in OWN}}
    rules = {name: purpose.model_copy(update={"default": default}) for name, purpose in desk.config.consent.items()}
    return replace(desk, intents=intents, config=desk.config.model_copy(update={"consent": rules}))


@pytest.fixture
async def desk(redis_url: str, redis_client: object, tmp_path: Path) -> AsyncIterator[FrontDesk]:
    async with open_desk(own_desk(), settings_for(tmp_path, redis_url), principal=DEMO) as opened:
        yield opened


async def talked(desk: FrontDesk, who: Principal, thread: str, *texts: str) -> Any:
    """Say something; return the last reply."""
    reply = None
    for text in texts:
        reply = await desk.chat(text, thread_id=thread, principal=who)
    return reply


async def moved_house(desk: FrontDesk, who: Principal, order: str, thread: str = "move") -> None:
    """A conversation that leaves something in every store: values, an executed change, an episode, a ticket."""
    told = await talked(
        desk, who, thread,
        f"my mail is {MAIL}",
        f"change the address of order {order} to {NEW_HOME}",
        "yes",
    )  # fmt: skip
    assert told.status == "answered", told
    handed = await talked(desk, who, f"{thread}-person", "let me talk to a person", f"it is {who.subject}-in-a-hurry")
    assert handed.status == "human"


def texts_of(export: dict[str, Any], store: str) -> str:
    return json.dumps(export["held"].get(store, []), ensure_ascii=False)


async def test_the_export_holds_what_every_store_holds(desk: FrontDesk) -> None:
    await moved_house(desk, DEMO, "10482")
    await desk.consent(DEMO, MEMORY, True)
    wood = Note(kind="preference", about="taste.wood", text="likes oak", confidence=0.9, source="customer")
    await desk.stores.archive.learn(DEMO, "t" * 32, 1, [wood])
    export = await desk.export(DEMO)
    found = {
        "conversations": [MAIL, NEW_HOME, "customer", "desk"],
        "inbox": ["10482"],
        "ledger": ["update_shipping_address", "settled", "10482", NEW_HOME],
        "tickets": ["in-a-hurry", "asked", "packet"],
        "audit": ["update_shipping_address", "executing", "done"],
        "episodes": ["change the delivery address", MEMORY, "default:", "kept_until"],
        "memories": ["likes oak", "taste.wood", MEMORY, "kept_until"],
        "consents": [MEMORY, "python", "true"],
        "vault": [MAIL, NEW_HOME],
        "rates": ["update_shipping_address", "calls"],
        "register": ["last_used"],
    }
    lost = {store: [word for word in words if word not in texts_of(export, store)] for store, words in found.items()}
    assert {store: words for store, words in lost.items() if words} == {}
    assert set(export["held"]) == set(found), "a store that this test does not know"
    assert export["subject"] == "C-1042"
    assert export["left_out"] == [*LEFT_OUT]
    assert export["kept_for"]["ticket_days"] == 180


async def test_every_store_of_the_register_has_a_reader(desk: FrontDesk) -> None:
    """A store that is added later and forgets its reader would be missing without anybody noticing."""
    holdings = desk.stores.erasure.holdings  # type: ignore[union-attr]
    assert [holding.name for holding in holdings if getattr(holding, "read", holding.export) is None] == []


async def test_the_export_holds_nothing_of_anybody_else(desk: FrontDesk) -> None:
    await moved_house(desk, DEMO, "10482")
    await talked(desk, OTHER, "other", f"my mail is {MAIL}", "my phone is +49 30 901820")
    await talked(desk, OTHER, "other-person", "let me talk to a person", "only-mine says the other")
    mine = json.dumps(await desk.export(DEMO), ensure_ascii=False)
    theirs = json.dumps(await desk.export(OTHER), ensure_ascii=False)
    assert MAIL in mine
    assert MAIL in theirs
    strangers = {thread for thread in await desk.stores.threads.threads_of(OTHER)}
    assert [word for word in ("only-mine", "901820", "C-1043", *strangers) if word in mine] == []
    assert [word for word in (NEW_HOME, "10482", "C-1042", "in-a-hurry") if word in theirs] == []


async def test_a_card_is_covered_even_in_an_export(desk: FrontDesk) -> None:
    await talked(desk, DEMO, "card", "my card is 4111 1111 1111 1111")
    export = json.dumps(await desk.export(DEMO), ensure_ascii=False)
    assert "•••• 1111" in export
    assert "4111 1111" not in export


async def test_markdown_says_the_same(desk: FrontDesk) -> None:
    await moved_house(desk, DEMO, "10482")
    text = markdown(await desk.export(DEMO))
    assert [
        word for word in (MAIL, NEW_HOME, "in-a-hurry", "## What is not in here", "ticket_days") if word not in text
    ] == []


async def test_nobody_in_particular_has_no_export(desk: FrontDesk) -> None:
    with pytest.raises(PersonError):
        await desk.export(Principal(tenant="retail"))


async def test_an_export_of_a_stranger_is_empty(desk: FrontDesk) -> None:
    export = await desk.export(Principal("C-9999", "retail"))
    assert export["held"] == {}


async def remembered(desk: FrontDesk, who: Principal = DEMO) -> list[str]:
    return await desk.deps.archive.recent(who)


async def test_an_objection_in_the_chat_counts_at_once(desk: FrontDesk) -> None:
    await talked(desk, DEMO, "one", "where is order 10482?")
    assert len(await remembered(desk)) == 1
    reply = await talked(desk, DEMO, "two", "don't remember me")
    assert "is deleted" in reply.text
    assert reply.intent == "stop_remembering"
    assert await remembered(desk) == []
    await talked(desk, DEMO, "two", "where is order 10377?")
    assert await remembered(desk) == []
    assert (await desk.consents(DEMO))[0]["allowed"] is False


async def test_an_agreement_in_the_chat_needs_a_yes_to_the_wording(
    redis_url: str, redis_client: object, tmp_path: Path
) -> None:
    async with open_desk(own_desk("ask"), settings_for(tmp_path, redis_url), principal=DEMO) as desk:
        await talked(desk, DEMO, "one", "where is order 10482?")
        assert await remembered(desk) == []
        asked = await talked(desk, DEMO, "two", "you may remember me")
        assert asked.status == "confirm"
        assert "30 days" in asked.proposal["question"]
        assert (await desk.consents(DEMO))[0]["allowed"] is False
        await talked(desk, DEMO, "two", "yes")
        (purpose,) = await desk.consents(DEMO)
        assert (purpose["allowed"], purpose["word"]["how"]) == (True, "chat")
        await talked(desk, DEMO, "three", "where is order 10482?")
        assert len(await remembered(desk)) == 1


async def test_what_do_you_know_about_me(desk: FrontDesk) -> None:
    await talked(desk, DEMO, "one", "where is order 10482?", f"my mail is {MAIL}")
    reply = await talked(desk, DEMO, "two", "what do you know about me?")
    assert reply.intent == "export_my_data"
    assert "2 conversations" in reply.text
    assert "find out where an order is" in reply.text
    assert "Request my data" in reply.text
    assert MAIL not in reply.text, "a screen may have more readers"


async def test_delete_all_my_data(desk: FrontDesk) -> None:
    await moved_house(desk, DEMO, "10482")
    await talked(desk, OTHER, "other", f"my mail is {MAIL}")
    before = json.dumps((await desk.export(OTHER))["held"], sort_keys=True)
    asked = await talked(desk, DEMO, "bye", "delete all my data")
    assert (asked.status, asked.intent) == ("confirm", "erase_my_data")
    assert (await desk.export(DEMO))["held"], "nothing goes before the yes"
    done = await talked(desk, DEMO, "bye", "yes")
    assert "R-" in done.text
    assert "orders and invoices" in done.text
    await desk.drain()
    assert (await desk.export(DEMO))["held"] == {}
    assert json.dumps((await desk.export(OTHER))["held"], sort_keys=True) == before
    again = await talked(desk, DEMO, "bye", "where is order 10482?")
    assert again.status == "answered"


async def test_no_means_nothing_is_deleted(desk: FrontDesk) -> None:
    await talked(desk, DEMO, "one", f"my mail is {MAIL}")
    await talked(desk, DEMO, "one", "delete all my data", "no")
    await desk.drain()
    assert MAIL in texts_of(await desk.export(DEMO), "vault")


@pytest.mark.parametrize("text", ["delete all my data", "what do you know about me?", "don't remember me"])
async def test_a_stranger_is_asked_to_sign_in(desk: FrontDesk, text: str) -> None:
    reply = await talked(desk, Principal(tenant="retail"), "anonymous", text)
    assert "sign in" in reply.text
    assert reply.proposal is None


@pytest.mark.parametrize(("who", "purpose"), [(DEMO, "advertising"), (Principal(tenant="retail"), MEMORY)])
async def test_a_word_on_nothing_is_refused(desk: FrontDesk, who: Principal, purpose: str) -> None:
    with pytest.raises(ConsentError):
        await desk.consent(who, purpose, True)


async def test_the_keys_live_as_long_as_the_desk_says(desk: FrontDesk) -> None:
    await moved_house(desk, DEMO, "10482")
    client, day = desk.stores.client, 86_400
    assert client is not None
    wanted = {
        "vault": 30, "checkpoint": 30, "history": 30, "inbox": 1, "episodes": 30, "call": 90, "ticket": 187,
        "threads": 217, "alias": 217,
    }  # fmt: skip
    from frontdesk.graph.persistence.holdings import kind_of

    seen: dict[str, set[int]] = {}
    for key in await client.keys("fd:*"):
        kind = kind_of(key.decode())
        if kind in wanted:
            seen.setdefault(kind, set()).add(-(-await client.ttl(key) // day))
    assert seen == {kind: {days} for kind, days in wanted.items()}


async def test_a_sweep_of_the_open_desk_spares_whom_a_hold_names(desk: FrontDesk) -> None:
    for who, thread in ((DEMO, "one"), (OTHER, "two")):
        await talked(desk, who, thread, "let me talk to a person")
    await desk.hold("C-1042", "litigation:2026-0042")
    client = desk.stores.client
    assert client is not None
    for key in await client.keys("fd:ticket:*"):
        if await client.ttl(key) > 0:
            await client.expire(key, 3600)
    done = await desk.sweep()
    assert done.anonymised["tickets"] == 1
    mine = (await desk.export(DEMO))["held"]["tickets"]
    assert len(mine) == 1
    assert "tickets" not in (await desk.export(OTHER))["held"]


async def test_the_vault_of_a_stateless_turn_is_no_part_of_it(desk: FrontDesk) -> None:
    await desk.chat(f"my mail is {MAIL}", principal=DEMO)
    assert (await desk.export(DEMO))["held"] == {}
    assert await desk.deps.vault.load(Caller(DEMO, "", "x")) == {}
