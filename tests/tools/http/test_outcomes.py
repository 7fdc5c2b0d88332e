"""What an answer, or its absence, means: declined, at fault, or unknown; and whether something happened."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Mapping
from typing import Any

import pytest

from frontdesk.errors import ToolError, ToolFailedError, ToolRefusedError, ToolUnknownError
from frontdesk.testing.backoffice import BackOffice
from frontdesk.testing.faults import Fault
from tests.support.backoffice import READ, WRITE, ask, connected

DECLINED, FAILED, UNKNOWN = ToolRefusedError, ToolFailedError, ToolUnknownError


def status(code: int, **headers: str) -> Fault:
    return Fault("status", status=code, headers={name.replace("_", "-"): value for name, value in headers.items()})


WRITES: dict[str, tuple[Fault, type[ToolError]]] = {
    "400": (status(400), DECLINED),
    "401": (status(401), FAILED),
    "403": (status(403), FAILED),
    "404": (status(404), DECLINED),
    "408": (status(408), UNKNOWN),
    "409 under a key": (status(409), UNKNOWN),
    "422": (status(422), DECLINED),
    "425": (status(425), FAILED),
    "429": (status(429), FAILED),
    "500": (status(500), UNKNOWN),
    "502": (status(502), UNKNOWN),
    "503": (status(503), FAILED),
    "504": (status(504), UNKNOWN),
    "202": (status(202), UNKNOWN),
    "302": (status(302, Location="/orders/10482"), UNKNOWN),
    "307": (status(307, Location="/orders/10482"), UNKNOWN),
    "reset before": (Fault("reset"), UNKNOWN),
    "reset after": (Fault("reset", after=True), UNKNOWN),
    "hang up": (Fault("hang_up"), UNKNOWN),
    "truncated": (Fault("truncated", after=True), UNKNOWN),
    "malformed": (Fault("malformed", after=True), UNKNOWN),
    "nan": (Fault("nan", after=True), UNKNOWN),
    "duplicate": (Fault("duplicate", after=True), UNKNOWN),
    "deep": (Fault("deep", after=True), UNKNOWN),
    "huge": (Fault("huge", after=True), UNKNOWN),
    "endless": (Fault("endless", after=True), UNKNOWN),
    "bomb": (Fault("bomb", after=True), UNKNOWN),
    "html": (Fault("html", after=True), UNKNOWN),
    "brotli": (status(200, Content_Encoding="br"), UNKNOWN),
}
READS: dict[str, tuple[Fault, type[ToolError]]] = {
    name: (fault, DECLINED if fault.status in {404} else FAILED) for name, (fault, _) in WRITES.items()
}


@pytest.mark.parametrize(("fault", "expected"), WRITES.values(), ids=WRITES)
async def test_a_write(fault: Fault, expected: type[ToolError]) -> None:
    async with BackOffice([fault]) as office:
        with pytest.raises(ToolError) as error:
            await ask(office, WRITE)
    assert type(error.value) is expected
    assert len(office.requests) == 1
    assert len(office.effects) == (1 if fault.after else 0)
    if expected is not UNKNOWN:
        assert not office.effects


@pytest.mark.parametrize(("fault", "expected"), READS.values(), ids=READS)
async def test_a_read(fault: Fault, expected: type[ToolError]) -> None:
    async with BackOffice([fault]) as office:
        with pytest.raises(ToolError) as error:
            await ask(office)
    assert type(error.value) is expected
    assert len(office.requests) == 1


async def test_a_conflict_without_a_key_is_declined() -> None:
    async with BackOffice([status(409)]) as office:
        with pytest.raises(ToolRefusedError):
            await ask(office, {**WRITE, "idempotency_header": None})


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry_After": "7"}, 7.0), ({"Retry_After": "99999999"}, 3600.0), ({}, None), ({"Retry_After": "soon"}, None)],
    ids=["said", "too long to be believed", "not said", "not readable"],
)
async def test_the_seconds_to_wait_are_told(headers: dict[str, str], seconds: float | None) -> None:
    async with BackOffice([status(429, **headers)]) as office:
        with pytest.raises(ToolFailedError) as error:
            await ask(office, WRITE)
    assert error.value.retry_after == seconds


async def test_gzip_is_unpacked() -> None:
    async with BackOffice([Fault("gzip", after=True)]) as office:
        assert (await ask(office))["order_id"] == "10482"
    assert office.requests[0].headers["accept-encoding"] == "identity"


async def test_nobody_listening_costs_no_doubt() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        backend = connected(f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(ToolFailedError):
            await ask(backend, WRITE)
        await backend.close()


async def test_a_name_that_cannot_be_resolved_costs_no_doubt() -> None:
    backend = connected("http://no-such-host.invalid")
    with pytest.raises(ToolFailedError):
        await ask(backend, WRITE)
    await backend.close()


async def test_tls_that_fails_costs_no_doubt() -> None:
    async with BackOffice() as office:
        backend = connected(office.url.replace("http:", "https:"))
        with pytest.raises(ToolFailedError):
            await ask(backend, WRITE)
        await backend.close()
    assert not office.effects


async def test_after_its_deadline_nothing_is_begun() -> None:
    async with BackOffice() as office:
        with pytest.raises(ToolFailedError):
            await ask(office, WRITE, deadline=time.monotonic() - 1)
    assert office.requests == []


async def test_a_busy_pool_costs_no_doubt() -> None:
    async with BackOffice([Fault("hang")]) as office:
        backend = connected(office.url, pool=1, timeouts={"pool": 0.05, "read": 0.3})
        both = await asyncio.gather(ask(backend, WRITE), ask(backend, WRITE), return_exceptions=True)
        await backend.close()
    assert {type(error) for error in both} == {FAILED, UNKNOWN}
    assert len(office.requests) == 1


async def test_silence_after_the_request_is_unknown() -> None:
    async with BackOffice([Fault("hang", after=True)]) as office:
        backend = connected(office.url, timeouts={"read": 0.05})
        with pytest.raises(ToolUnknownError):
            await ask(backend, WRITE)
        await backend.close()
    assert len(office.effects) == 1


RULES: dict[str, tuple[Mapping[str, Any], Fault, type[ToolError], str]] = {
    "a reason": ({404: "order_gone"}, status(404), DECLINED, "order_gone"),
    "a message": (
        {422: {"reason": "too_late", "message": "Too late for {order_id}."}},
        status(422),
        DECLINED,
        "too_late",
    ),
    "a status that is sure": ({500: {"outcome": "failed"}}, status(500), FAILED, "unavailable"),
    "a status that is not": ({400: {"outcome": "unknown"}}, status(400), UNKNOWN, "unknown"),
    "by the answer": (
        {409: [{"when": {"/code": ["in_progress"]}, "outcome": "unknown"}, {"reason": "already_refunded"}]},
        status(409),
        DECLINED,
        "already_refunded",
    ),
    "by an answer that is a page": (
        {409: [{"when": {"/code": ["in_progress"]}, "outcome": "unknown"}, {"reason": "already_refunded"}]},
        Fault("html", status=409),
        DECLINED,
        "already_refunded",
    ),
    "a success that is none": (
        {201: {"when": {"/state": ["done"]}, "reason": "said_no"}},
        Fault("status", after=True, status=201),
        DECLINED,
        "said_no",
    ),
}


@pytest.mark.parametrize(("rules", "fault", "expected", "reason"), RULES.values(), ids=RULES)
async def test_the_contract_may_know_better(
    rules: Mapping[Any, Any], fault: Fault, expected: type[ToolError], reason: str
) -> None:
    async with BackOffice([fault]) as office:
        with pytest.raises(ToolError) as error:
            await ask(office, {**WRITE, "errors": rules})
    assert (type(error.value), error.value.reason) == (expected, reason)


@pytest.mark.parametrize(
    ("options", "result"),
    [
        ({}, {"reference": "R-1", "order_id": "10482", "state": "done"}),
        ({"result": {"ref": "/reference", "order": {"argument": "order_id"}, "kind": {"value": "refund"}}},
         {"ref": "R-1", "order": "10482", "kind": "refund"}),
        ({"result": {"ref": "/reference", "fee": {"pointer": "/fee", "optional": True}}}, {"ref": "R-1"}),
        ({"result": {"whole": ""}}, {"whole": {"reference": "R-1", "order_id": "10482", "state": "done"}}),
    ],
    ids=["as it came", "fields", "optional", "whole"],
)  # fmt: skip
async def test_a_result(options: dict[str, Any], result: dict[str, Any]) -> None:
    async with BackOffice() as office:
        assert await ask(office, {**WRITE, **options}) == result


@pytest.mark.parametrize(
    ("options", "expected"), [({}, FAILED), ({"absent": "not_found"}, DECLINED)], ids=["useless", "not found"]
)
async def test_nothing_where_the_result_should_be(options: dict[str, Any], expected: type[ToolError]) -> None:
    listed = {"method": "GET", "path": "/orders", "query": {"customer_id": "{subject}"}, "result": "/orders/7"}
    async with BackOffice() as office:
        with pytest.raises(expected):
            await ask(office, {**listed, **options})


@pytest.mark.parametrize(
    ("mode", "location", "requests"),
    [
        ("none", "/orders/10517", 1),
        ("same_origin", "/orders/10517", 2),
        ("same_origin", "http://127.0.0.1:1/orders/10517", 1),
        ("same_origin", "//evil.example/orders/10517", 1),
        ("same_origin", "//[", 1),
    ],
    ids=["off", "same", "other port", "other host", "nonsense"],
)
async def test_redirects_of_a_read(mode: str, location: str, requests: int) -> None:
    async with BackOffice([status(302, Location=location)]) as office:
        backend = connected(office.url, redirects=mode)
        if requests == 2:
            assert (await ask(backend))["order_id"] == "10517"
        else:
            with pytest.raises(ToolFailedError):
                await ask(backend)
        await backend.close()
    assert len(office.requests) == requests


async def test_a_write_is_never_redirected() -> None:
    async with BackOffice([status(307, Location="/plain/refunds")]) as office:
        backend = connected(office.url, redirects="same_origin")
        with pytest.raises(ToolUnknownError):
            await ask(backend, WRITE)
        await backend.close()
    assert len(office.requests) == 1


async def test_cookies_are_not_kept() -> None:
    async with BackOffice([Fault("status", after=True, headers={"Set-Cookie": "session=1; Path=/"})]) as office:
        backend = connected(office.url)
        await ask(backend)
        await ask(backend)
        await backend.close()
    assert all("cookie" not in request.headers for request in office.requests)


async def test_many_calls_share_a_few_connections() -> None:
    async with BackOffice() as office:
        backend = connected(office.url, pool=2)
        results = await asyncio.gather(*(ask(backend) for _ in range(20)))
        await backend.close()
    assert {result["order_id"] for result in results} == {"10482"}


@pytest.mark.parametrize("options", [READ, WRITE], ids=["read", "write"])
async def test_the_circuit_opens_and_says_so_at_once(options: Mapping[str, Any]) -> None:
    async with BackOffice([status(500)] * 5) as office:
        backend = connected(office.url, breaker={"failures": 2, "pause": 60.0})
        outcomes = []
        for _ in range(4):
            with pytest.raises(ToolError) as error:
                await ask(backend, options)
            outcomes.append(type(error.value))
        await backend.close()
    assert len(office.requests) == 2
    assert outcomes[2:] == [FAILED, FAILED]


async def test_a_refusal_says_nothing_against_the_back_office() -> None:
    async with BackOffice([status(404)] * 3) as office:
        backend = connected(office.url, breaker={"failures": 1})
        for _ in range(3):
            with pytest.raises(ToolRefusedError):
                await ask(backend)
        assert (await ask(backend))["order_id"] == "10482"
        await backend.close()
