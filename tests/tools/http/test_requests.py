"""Arguments in a request stay where the contract puts them."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.errors import ToolRefusedError
from frontdesk.testing.backoffice import BackOffice, Request
from frontdesk.tools.http import filling
from tests.support.backoffice import KEY, READ, WRITE, ask, connected

ESCAPES = {
    "slash": "10482/refunds",
    "climbing": "../refunds",
    "dots": "..",
    "dot": ".",
    "backslash": "..\\refunds",
    "line break": "10482 HTTP/1.1\r\nX-Role: admin",
    "null": "10482\0",
    "empty": "",
    "half a character": "\ud800",
    "record": {"a": 1},
    "list": ["10482"],
    "null value": None,
}
KEPT = {
    "query": "10482?customer_id=C-2",
    "fragment": "10482#x",
    "encoded slash": "..%2frefunds",
    "encoded dots": "%2e%2e",
    "host": "@evil.example",
    "template": "{key}",
    "umlaut": "Größe 10",
    "semicolon": "1;role=admin",
    "colon": "http:x",
    "plus": "a+b c",
}


@pytest.mark.parametrize("value", ESCAPES.values(), ids=ESCAPES)
async def test_what_would_leave_its_segment_is_refused_and_nothing_is_sent(value: Any) -> None:
    async with BackOffice() as office:
        with pytest.raises(ToolRefusedError) as refused:
            await ask(office, arguments={"order_id": value})
    assert refused.value.reason == "not_valid"
    assert office.requests == []


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
async def test_everything_else_arrives_as_one_segment(value: str) -> None:
    async with BackOffice() as office:
        with pytest.raises(ToolRefusedError, match="account"):
            await ask(office, arguments={"order_id": value})
    assert [request.segments for request in office.requests] == [["orders", value]]
    assert office.requests[0].query == {}


@given(value=st.text())
def test_any_text_is_one_segment_or_refused(value: str) -> None:
    try:
        made = filling.path("/orders/{id}/items", {"id": value})
    except filling.UnfitError:
        assert value in {"", ".", ".."} or any(
            c in "/\\" or c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in value
        )
        return
    assert made.isascii()
    assert [unquote(part) for part in made.split("/")] == ["", "orders", value, "items"]
    assert not set(made) & set("?# \\")


@settings(max_examples=30, deadline=None)
@given(value=st.text(min_size=1), note=st.text())
def test_any_text_reaches_a_server_as_it_is(value: str, note: str) -> None:
    async def sent() -> list[Request]:
        async with BackOffice() as office:
            backend = connected(office.url)
            try:
                await ask(
                    backend, {**READ, "query": {"note": "{note}", "fixed": "1"}}, {"order_id": value, "note": note}
                )
            except ToolRefusedError:
                pass
            finally:
                await backend.close()
            return office.requests

    for request in asyncio.run(sent()):
        assert request.segments == ["orders", value]
        assert request.query == {"note": note, "fixed": "1"}
        assert "x-role" not in request.headers


async def test_a_body_keeps_types_and_leaves_out_what_was_not_given() -> None:
    body = {
        "json": {
            "order": "{order_id}",
            "n": "{count}",
            "note": "for {order_id}",
            "items": ["{x}", {"y": "{x}"}],
            "who": "{subject}",
        }
    }
    async with BackOffice() as office:
        await ask(office, {**WRITE, "body": body}, {"order_id": '"}{', "count": 3})
    assert office.requests[0].body == {"order": '"}{', "n": 3, "note": 'for "}{', "items": [{}], "who": "C-1"}


async def test_a_form_repeats_a_list() -> None:
    form = {"order_id": "{order_id}", "item": ["{order_id}", "b&c=d"]}
    async with BackOffice() as office:
        await ask(office, {**WRITE, "body": {"form": form}}, {"order_id": "a&b=1"})
    assert office.requests[0].raw == b"order_id=a%26b%3D1&item=a%26b%3D1&item=b%26c%3Dd"
    assert office.requests[0].headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({}, KEY),
        ({"idempotency_quoted": True}, f'"{KEY}"'),
        ({"idempotency_header": None}, None),
    ],
    ids=["bare", "quoted as in the draft", "none"],
)
async def test_a_write_carries_its_key(options: dict[str, Any], sent: str | None) -> None:
    async with BackOffice() as office:
        await ask(office, {**WRITE, **options})
    assert office.requests[0].headers.get("idempotency-key") == sent


async def test_a_read_carries_none() -> None:
    async with BackOffice() as office:
        await ask(office, key=KEY)
    assert "idempotency-key" not in office.requests[0].headers


@pytest.mark.parametrize("value", ["a\r\nX-Role: admin", "Größe", "\0"], ids=["line break", "umlaut", "null"])
async def test_a_header_takes_printable_ascii_only(value: str) -> None:
    async with BackOffice() as office:
        with pytest.raises(ToolRefusedError):
            await ask(office, {**READ, "headers": {"X-Note": "{note}"}}, {"order_id": "10482", "note": value})
    assert office.requests == []
