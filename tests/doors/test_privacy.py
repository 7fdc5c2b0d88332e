"""``POST /privacy/erase``: whose data may be erased by whom."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from frontdesk.graph.persistence.erasure.receipt import PURPOSE, public_keys, verify
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.server.app import create_app
from tests.support.small import serving, settings_for, small_desk

TOKENS = {
    "anna": ("token-of-anna-which-is-long", "C-1042", "retail", ["orders:read"]),
    "ben": ("token-of-ben-which-is-long", "C-1043", "retail", ["orders:read"]),
    "officer": ("token-of-the-officer-long", "officer-1", "retail", ["privacy:erase"]),
    "stranger": ("token-of-another-business", "officer-2", "bank", ["privacy:erase"]),
}
KEY = b"01234567890123456789012345678901"


def settings(home: Path) -> Any:
    entries = [
        {"sha256": hashlib.sha256(token.encode()).hexdigest(), "subject": subject, "tenant": tenant, "scopes": scopes}
        for token, subject, tenant, scopes in TOKENS.values()
    ]
    file = home / "tokens.json"
    file.write_text(json.dumps(entries), "utf-8")
    return settings_for(home, tokens_file=file)


def headers(who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKENS[who][0]}"} if who else {}


async def say(http: httpx.AsyncClient, who: str, thread: str = "t") -> str:
    given = {"input": {"message": "Where is my order 10482?"}, "config": {"configurable": {"thread_id": thread}}}
    if not who:
        given.pop("config")
    answer = await http.post("/chat/invoke", json=given, headers=headers(who))
    assert answer.status_code == 200
    return str(answer.json()["output"]["thread_id"])


async def erase(http: httpx.AsyncClient, who: str, **body: str) -> httpx.Response:
    return await http.post("/privacy/erase", json=body, headers=headers(who))


async def test_who_may_erase_whose_data(tmp_path: Path) -> None:
    async with serving(create_app(small_desk(), settings(tmp_path))) as http:
        anna, ben, anonymous = await say(http, "anna"), await say(http, "ben"), await say(http, "")
        refused = [
            ("somebody else without the scope", await erase(http, "anna", subject="C-1043"), 403),
            ("somebody without signing in", await erase(http, "", subject="C-1043"), 401),
            ("nobody in particular", await erase(http, ""), 400),
            ("an anonymous caller's own name", await erase(http, "", thread_id="t"), 400),
            ("somebody else's conversation", await erase(http, "anna", thread_id=ben), 404),
            ("somebody else's, without signing in", await erase(http, "", thread_id=ben), 404),
            ("everybody who has not signed in", await erase(http, "officer", subject="anonymous"), 400),
            ("a field too many", await erase(http, "anna", tenant="bank"), 422),
        ]
        assert [(what, answer.status_code) for what, answer, _ in refused] == [
            (what, code) for what, _, code in refused
        ]
        elsewhere = await erase(http, "stranger", subject="C-1043")  # of their own business, where nobody has that id
        assert elsewhere.json()["threads"] == 0

        own = await erase(http, "anna")
        assert (own.status_code, own.json()["threads"], own.json()["outcome"]) == (200, 1, "erased")
        assert verify(own.text, public_keys(Sealer([KEY]).derived(PURPOSE))).removed["conversations"] > 0
        assert (await http.get(f"/threads/{anna}", headers=headers("anna"))).status_code == 404
        assert (await http.get("/threads/t", headers=headers("ben"))).status_code == 200
        assert (await erase(http, "", thread_id=anonymous)).json()["threads"] == 1
        assert (await erase(http, "officer", subject="C-1043", thread_id=ben)).json()["removed"]["register"] == 2
        assert (await http.get("/threads/t", headers=headers("ben"))).status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_only_a_post_erases(tmp_path: Path, method: str) -> None:
    async with serving(create_app(small_desk(), settings(tmp_path))) as http:
        answer = await getattr(http, method)("/privacy/erase", headers=headers("anna"))
        assert answer.status_code == 405
