"""Who we are to a back office, and that nobody else hears of it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from frontdesk.desk.connecting import Connection
from frontdesk.errors import ConfigurationError, ToolError, ToolFailedError
from frontdesk.testing.backoffice import TOKEN, BackOffice
from frontdesk.testing.faults import Fault
from frontdesk.tools.backend import Resources
from frontdesk.tools.connectors.http import build
from tests.support.backoffice import READ, WRITE, ask, connected

SECRETS = {"CRM_TOKEN": "s3cr3t-token", "CRM_USER": "anna", "CRM_PASSWORD": "s3cr3t-word"}


def client_credentials(office: BackOffice, **more: str) -> dict[str, Any]:
    names = {"client_id": "CRM_USER", "client_secret": "CRM_PASSWORD"}
    return {"oauth2_client": {"token_url": f"{office.url}/token", **names, **more}}


@pytest.mark.parametrize(
    ("auth", "header", "sent"),
    [
        ({"bearer": "CRM_TOKEN"}, "authorization", "Bearer s3cr3t-token"),
        ({"basic": ["CRM_USER", "CRM_PASSWORD"]}, "authorization", "Basic YW5uYTpzM2NyM3Qtd29yZA=="),
        ({"header": {"X-Api-Key": "CRM_TOKEN"}}, "x-api-key", "s3cr3t-token"),
    ],
    ids=["bearer", "basic", "header"],
)
async def test_secrets_of_the_environment(auth: dict[str, Any], header: str, sent: str) -> None:
    async with BackOffice() as office:
        backend = connected(office.url, SECRETS, auth=auth)
        await ask(backend)
        await backend.close()
    assert office.requests[0].headers[header] == sent


async def test_a_contract_cannot_take_the_place_of_the_secret() -> None:
    async with BackOffice() as office:
        backend = connected(office.url, SECRETS, auth={"bearer": "CRM_TOKEN"})
        await ask(backend, {**READ, "headers": {"authorization": "Bearer {order_id}"}})
        await backend.close()
    assert office.requests[0].headers["authorization"] == "Bearer s3cr3t-token"


@pytest.mark.parametrize(
    ("environment", "problem"),
    [
        ({}, "CRM_TOKEN is not set"),
        ({"CRM_TOKEN": ""}, "CRM_TOKEN is not set"),
        ({"CRM_TOKEN": "s3cr3t\n"}, "printable"),
    ],
    ids=["absent", "empty", "line break"],
)
def test_a_secret_that_cannot_be_used_is_named_and_not_shown(environment: dict[str, str], problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem) as error:
        connected("http://127.0.0.1:9", environment, auth={"bearer": "CRM_TOKEN"})
    assert "s3cr3t" not in str(error.value)


def test_every_faulty_connection_is_named() -> None:
    faulty = {name: Connection(kind="http", options={"url": "crm.example"}) for name in ("one", "two")}
    with pytest.raises(ConfigurationError) as error:
        build(Resources(connections=faulty))
    assert "connection one" in str(error.value)
    assert "connection two" in str(error.value)


@pytest.mark.parametrize("file", ["ca", "cert"])
def test_a_certificate_that_is_not_there(file: str) -> None:
    with pytest.raises(ConfigurationError, match="tls"):
        connected("http://127.0.0.1:9", tls={file: "nowhere.pem"})


async def test_a_token_is_asked_for_once() -> None:
    async with BackOffice() as office:
        backend = connected(office.url, SECRETS, auth=client_credentials(office, scope="orders"))
        await asyncio.gather(*(ask(backend) for _ in range(5)))
        await backend.close()
    assert office.tokens == 1
    asked = next(request for request in office.requests if request.segments == ["token"])
    assert asked.body == {"grant_type": "client_credentials", "scope": "orders"}
    assert asked.headers["authorization"].startswith("Basic ")
    assert {request.headers["authorization"] for request in office.requests} >= {f"Bearer {TOKEN}"}


async def test_a_token_that_was_withdrawn_is_replaced() -> None:
    async with BackOffice([Fault("status", status=401)]) as office:
        backend = connected(office.url, SECRETS, auth=client_credentials(office))
        with pytest.raises(ToolFailedError):
            await ask(backend, WRITE)
        await ask(backend, WRITE)
        await backend.close()
    assert office.tokens == 2
    assert len(office.effects) == 1


async def test_without_a_token_nothing_is_sent() -> None:
    async with BackOffice() as office:
        auth = client_credentials(office)
        auth["oauth2_client"]["token_url"] = f"{office.url}/nowhere"
        backend = connected(office.url, SECRETS, auth=auth)
        with pytest.raises(ToolFailedError):
            await ask(backend, WRITE)
        await backend.close()
    assert not office.effects


@pytest.mark.parametrize(
    "fault", [None, Fault("status", status=500), Fault("reset"), Fault("malformed"), Fault("bomb")]
)
async def test_no_secret_and_no_argument_in_a_log_or_an_error(
    fault: Fault | None, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    logging.getLogger("httpcore").setLevel(logging.DEBUG)
    said = ""
    async with BackOffice([fault]) as office:
        backend = connected(office.url, SECRETS, auth={"bearer": "CRM_TOKEN"})
        with caplog.at_level(logging.DEBUG, logger="frontdesk"):
            try:
                await ask(backend, WRITE, {"order_id": "Anna Karlsson"})
            except ToolError as error:
                said = f"{error!r} {error} {error.__cause__!r}"
        await backend.close()
    assert "s3cr3t" not in caplog.text + said
    assert "Anna" not in caplog.text + said


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with BackOffice() as office:
        assert (await ask(office))["order_id"] == "10482"
