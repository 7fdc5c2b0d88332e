"""Over HTTP, without a model: verifying one's identity before a change, and a second person's approval after it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from frontdesk import Desk
from frontdesk.server.app import create_app
from tests.support.small import SCOPES, serving, settings_for, small_desk

CUSTOMER = {"subject": "C-1042", "scopes": sorted(SCOPES)}
TOKENS: dict[str, dict[str, Any]] = {
    "anna": CUSTOMER,
    "anna-verified": {**CUSTOMER, "verified": "strong"},
    "anna-as-boss": {**CUSTOMER, "roles": ["supervisor"]},
    "ben": {"subject": "C-1043", "scopes": sorted(SCOPES)},
    "boss": {"subject": "E-1", "roles": ["supervisor"]},
    "other-boss": {"subject": "E-2", "roles": ["admin"]},
    "clerk": {"subject": "E-3", "roles": ["clerk"]},
    "foreign-boss": {"subject": "E-4", "roles": ["supervisor"], "tenant": "bank"},
    "late": {**CUSTOMER, "expires_at": 1_700_000_000},
}


def bearer(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer a-long-random-token-of-{name}"}


def desk_with(**changes: Any) -> Desk:
    desk = small_desk()
    tools = dict(desk.tools)
    tools["cancel_order"] = tools["cancel_order"].model_copy(update=changes)
    return replace(desk, tools=tools)


@contextlib.asynccontextmanager
async def opened(desk: Desk, home: Path, redis_url: str) -> AsyncIterator[httpx.AsyncClient]:
    entries = [
        {"sha256": hashlib.sha256(f"a-long-random-token-of-{name}".encode()).hexdigest(), **who}
        for name, who in TOKENS.items()
    ]
    tokens = home / "tokens.json"
    tokens.write_text(json.dumps(entries), encoding="utf-8")
    async with serving(create_app(desk, settings_for(home, redis_url, tokens_file=tokens))) as client:
        yield client


async def say(http: httpx.AsyncClient, name: str, text: str, thread: str = "chat") -> dict[str, Any]:
    body = {"input": {"message": text}, "config": {"configurable": {"thread_id": thread}}}
    answer = await http.post("/chat/invoke", json=body, headers=bearer(name))
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["output"])


def status_of(home: Path, order: str) -> str:
    with contextlib.closing(sqlite3.connect(home / "databases" / "retail.sqlite")) as database:
        return str(database.execute("select status from orders where id = ?", (order,)).fetchone()[0])


async def status(home: Path, order: str = "10482") -> str:
    return await asyncio.to_thread(status_of, home, order)


@pytest.mark.usefixtures("redis_client")
async def test_step_up_goes_on_where_it_stopped(redis_url: str, tmp_path: Path) -> None:
    async with opened(desk_with(verified="strong"), tmp_path, redis_url) as http:
        first = await say(http, "anna", "please cancel order 10482")
        assert first["verify"] == "strong"
        assert "verify your identity" in first["text"]
        assert (first["proposal"], first["status"]) == (None, "clarify")
        again = await say(http, "anna", "done")
        assert again["verify"] == "strong", "the same sign-in is not enough, whatever is said"
        back = await say(http, "anna-verified", "I have verified my identity now")
        assert back["verify"] == ""
        assert back["proposal"]["tool"] == "cancel_order"
        assert back["proposal"]["arguments"] == {"order_id": "10482"}
        assert await status(tmp_path) == "processing"
        lapsed = await say(http, "anna", "yes")
        assert (lapsed["verify"], await status(tmp_path)) == ("strong", "processing")
        await say(http, "anna-verified", "ok, go on")
        await say(http, "anna-verified", "yes")
        assert await status(tmp_path) == "cancelled"


@pytest.mark.usefixtures("redis_client")
async def test_something_else_is_not_the_call_again(redis_url: str, tmp_path: Path) -> None:
    async with opened(desk_with(verified="strong"), tmp_path, redis_url) as http:
        await say(http, "anna", "please cancel order 10482")
        other = await say(http, "anna-verified", "how much does delivery cost?")
        assert (other["intent"], other["proposal"]) == ("delivery_cost", None)
        later = await say(http, "anna-verified", "thanks")
        assert later["proposal"] is None


async def waiting(http: httpx.AsyncClient, name: str = "boss") -> list[dict[str, Any]]:
    return list((await http.get("/approvals", headers=bearer(name))).json()["approvals"])


async def ask(http: httpx.AsyncClient) -> str:
    await say(http, "anna", "please cancel order 10482")
    answer = await say(http, "anna", "yes")
    assert "A colleague has to approve" in answer["text"]
    [item] = await waiting(http)
    assert item["tool"] == "cancel_order"
    return str(item["id"])


async def decide(http: httpx.AsyncClient, id: str, name: str, granted: bool) -> httpx.Response:
    return await http.post(f"/approvals/{id}", json={"granted": granted}, headers=bearer(name))


@pytest.mark.usefixtures("redis_client")
async def test_a_second_person_approves(redis_url: str, tmp_path: Path) -> None:
    async with opened(desk_with(approval="always"), tmp_path, redis_url) as http:
        id = await ask(http)
        assert await status(tmp_path) == "processing"
        assert "10482" in (await http.get(f"/approvals/{id}", headers=bearer("boss"))).text
        both = await asyncio.gather(decide(http, id, "boss", True), decide(http, id, "other-boss", True))
        assert [answer.status_code for answer in both] == [200, 200]
        assert {answer.json()["outcome"] for answer in both} == {"done"}
        assert await status(tmp_path) == "cancelled"
        assert await waiting(http) == []
        assert (await decide(http, id, "boss", False)).status_code == 404
        told = await say(http, "anna", "where is order 10377?")
        assert told["text"].startswith("About what you asked for")
        assert "it was approved, and it is done" in told["text"]
        assert "10482" in told["text"]
        once = await say(http, "anna", "where is order 10377?")
        assert "it was approved" not in once["text"]


@pytest.mark.usefixtures("redis_client")
async def test_a_second_person_denies(redis_url: str, tmp_path: Path) -> None:
    async with opened(desk_with(approval="always"), tmp_path, redis_url) as http:
        id = await ask(http)
        assert (await decide(http, id, "boss", False)).json()["state"] == "denied"
        assert (await decide(http, id, "other-boss", True)).status_code == 404
        told = await say(http, "anna", "where is order 10377?")
        assert "it was not approved, so nothing was changed" in told["text"]
        assert await status(tmp_path) == "processing"


DOORS = [
    ("nobody", None, 401),
    ("the customer, without the role", "anna", 403),
    ("a clerk", "clerk", 403),
    ("a supervisor of another business", "foreign-boss", 403),
    ("a token that has run out", "late", 401),
]


@pytest.mark.usefixtures("redis_client")
async def test_who_may_decide(redis_url: str, tmp_path: Path) -> None:
    async with opened(desk_with(approval="always"), tmp_path, redis_url) as http:
        id = await ask(http)
        for word, name, code in DOORS:
            headers = bearer(name) if name else {}
            for answer in (
                await http.get("/approvals", headers=headers),
                await http.get(f"/approvals/{id}", headers=headers),
                await http.post(f"/approvals/{id}", json={"granted": True}, headers=headers),
            ):
                assert answer.status_code == code, word
        # four eyes: the customer's own second hat is not a second person
        assert await waiting(http, "anna-as-boss") == []
        assert (await decide(http, id, "anna-as-boss", True)).status_code == 404
        assert (await decide(http, "f" * 32 + "-" + "0" * 16, "boss", True)).status_code == 404
        assert await status(tmp_path) == "processing"
        late = await http.get("/approvals", headers=bearer("late"))
        assert 'error="invalid_token"' in late.headers["WWW-Authenticate"]


@pytest.mark.usefixtures("redis_client")
async def test_it_goes_with_the_person(redis_url: str, redis_client: Redis, tmp_path: Path) -> None:
    async with opened(desk_with(approval="always"), tmp_path, redis_url) as http:
        id = await ask(http)
        export = (await http.get("/privacy/export", headers=bearer("anna"))).json()
        assert "cancel_order" in json.dumps(export["stores"]["approvals"] if "stores" in export else export)
        receipt = await http.post("/privacy/erase", json={}, headers=bearer("anna"))
        assert receipt.status_code == 200
        assert await waiting(http) == []
        assert (await decide(http, id, "boss", True)).status_code == 404
        assert not [key async for key in redis_client.scan_iter(match="*approvals*")]
        assert await status(tmp_path) == "processing"


@pytest.mark.usefixtures("redis_client")
async def test_what_the_customer_takes_back_cannot_be_approved(redis_url: str, tmp_path: Path) -> None:
    async with opened(desk_with(approval="always"), tmp_path, redis_url) as http:
        id = await ask(http)
        answer = await say(http, "anna", "please do not cancel order 10482 after all")
        assert "nothing was changed" in answer["text"]
        assert await waiting(http) == []
        assert (await decide(http, id, "boss", True)).status_code == 404
        assert await status(tmp_path) != "cancelled"
