"""A customer's own data over HTTP: whose it is, who may ask, and what no log line holds."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from frontdesk.server.app import create_app
from tests.support.small import serving, settings_for, small_desk

TOKENS = {
    "anna": ("C-1042", ["orders:read"]),
    "ben": ("C-1043", ["orders:read"]),
    "officer": ("agent-9", ["privacy:export"]),
    "agent": ("agent-7", ["handoff:resolve"]),
}


def bearer(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer a-long-random-token-of-{name}"}


@pytest.fixture
async def http(redis_url: str, redis_client: object, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    entries = [
        {
            "sha256": hashlib.sha256(f"a-long-random-token-of-{name}".encode()).hexdigest(),
            "subject": who,
            "scopes": may,
        }
        for name, (who, may) in TOKENS.items()
    ]
    tokens = tmp_path / "tokens.json"
    tokens.write_text(json.dumps(entries), encoding="utf-8")
    app = create_app(small_desk(), settings_for(tmp_path, redis_url, tokens_file=tokens))
    async with serving(app) as client:
        yield client


async def say(http: httpx.AsyncClient, name: str, text: str) -> dict[str, Any]:
    body = {"input": {"message": text}, "config": {"configurable": {"thread_id": "chat"}}}
    answer = await http.post("/chat/invoke", json=body, headers=bearer(name))
    return dict(answer.json()["output"])


async def test_everybody_gets_their_own(http: httpx.AsyncClient) -> None:
    await say(http, "anna", "my mail is anna.only@mail.example")
    await say(http, "ben", "my mail is ben.only@mail.example")
    mine = await http.get("/privacy/export", headers=bearer("anna"))
    assert mine.status_code == 200
    assert mine.headers["cache-control"] == "no-store"
    assert mine.json()["subject"] == "C-1042"
    assert "anna.only@mail.example" in mine.text
    assert "ben.only" not in mine.text


async def test_an_officer_gets_what_is_named_in_the_body(
    http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await say(http, "anna", "my mail is anna.only@mail.example")
    with caplog.at_level(logging.DEBUG):
        found = await http.post("/privacy/export", json={"subject": "C-1042"}, headers=bearer("officer"))
    assert "anna.only@mail.example" in found.text
    assert "anna.only" not in caplog.text
    assert "C-1042" not in "".join(str(record.args) + str(record.msg) for record in caplog.records)


@pytest.mark.parametrize(
    ("method", "path", "body", "name", "status"),
    [
        ("GET", "/privacy/export", None, "", 401),
        ("GET", "/privacy/consent", None, "", 401),
        ("POST", "/privacy/consent", {"purpose": "memory", "granted": True}, "", 401),
        ("POST", "/privacy/export", {"subject": "C-1043"}, "", 401),
        ("POST", "/privacy/export", {"subject": "C-1043"}, "anna", 403),
        ("POST", "/privacy/export", {"subject": "C-1042"}, "agent", 403),
        ("POST", "/privacy/export", {"subject": ""}, "officer", 422),
        ("POST", "/privacy/export", {"subject": "anonymous"}, "officer", 400),
        ("POST", "/privacy/export", {"subject": "C-1", "tenant": "other"}, "officer", 422),
        ("POST", "/privacy/consent", {"purpose": "advertising", "granted": True}, "anna", 400),
        ("POST", "/privacy/consent", {"purpose": "memory", "granted": "yes"}, "anna", 422),
        ("POST", "/privacy/consent", {"purpose": "memory"}, "anna", 422),
    ],
)
async def test_who_and_what_is_refused(
    http: httpx.AsyncClient, method: str, path: str, body: dict[str, Any] | None, name: str, status: int
) -> None:
    answer = await http.request(method, path, json=body, headers=bearer(name) if name else {})
    assert answer.status_code == status, answer.text
    assert "detail" in answer.json()


async def test_a_word_is_kept_and_told(http: httpx.AsyncClient) -> None:
    await say(http, "anna", "where is order 10482?")
    before = (await http.get("/privacy/consent", headers=bearer("anna"))).json()["purposes"]
    assert [(each["purpose"], each["allowed"], each["word"]) for each in before] == [("memory", True, None)]
    said = await http.post("/privacy/consent", json={"purpose": "memory", "granted": False}, headers=bearer("anna"))
    assert (said.json()["removed"], said.json()["how"]) == (1, "http")
    after = (await http.get("/privacy/consent", headers=bearer("anna"))).json()["purposes"]
    assert [(each["allowed"], each["word"]["granted"]) for each in after] == [(False, False)]
    others = (await http.get("/privacy/consent", headers=bearer("ben"))).json()["purposes"]
    assert [(each["allowed"], each["word"]) for each in others] == [(True, None)]
