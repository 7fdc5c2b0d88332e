"""The example adapter against a server that speaks Vault's API, well and badly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import ModuleType

import pytest
from redis.asyncio import Redis

from frontdesk.errors import KeyServiceError, SettingsError
from frontdesk.graph.persistence.keyring import open_sealer
from frontdesk.graph.persistence.keyservice import GuardedService, load_key_service
from tests.support.small import serving
from tests.support.transit import TOKEN, Transit
from tests.test_examples import EXAMPLES, example

KEY = b"\x05" * 32


@pytest.fixture
def vault_transit() -> ModuleType:
    return example("vault_transit")


@pytest.fixture
def transit() -> Transit:
    return Transit()


@pytest.fixture
async def address(transit: Transit) -> AsyncIterator[str]:
    async with serving(transit.app()) as client:
        yield str(client.base_url)


async def test_a_key_is_kept_by_the_server(vault_transit: ModuleType, address: str) -> None:
    service = vault_transit.VaultTransit(address, TOKEN)
    wrapped = await service.wrap(KEY, b"place")
    assert wrapped.startswith(b"vault:v1:")
    assert await service.unwrap(wrapped, b"place") == KEY
    assert TOKEN not in repr(service)


async def test_a_deployment_starts_on_it(vault_transit: ModuleType, address: str, redis_client: Redis) -> None:
    service = GuardedService(vault_transit.VaultTransit(address, TOKEN))
    first, second = await open_sealer(redis_client, [], service), await open_sealer(redis_client, [], service)
    assert second.open(first.seal(b"kettle", b"k"), b"k") == b"kettle"


@pytest.mark.parametrize("fault", ["500", "sealed", "slow", "html", "empty", "another key", "wrong token", "refused"])
async def test_it_fails_closed_and_works_again(
    vault_transit: ModuleType, address: str, transit: Transit, fault: str
) -> None:
    good = GuardedService(vault_transit.VaultTransit(address, TOKEN))
    wrapped = await good.wrap(KEY, b"place")
    secret, transit.fault = transit.secret, fault
    if fault == "another key":
        transit.secret = bytes(32)
    token, where = ("x" if fault == "wrong token" else TOKEN), ("http://127.0.0.1:9" if fault == "refused" else address)
    with pytest.raises(KeyServiceError, match="FRONTDESK_KMS") as caught:
        await GuardedService(vault_transit.VaultTransit(where, token), seconds=0.3).unwrap(wrapped, b"place")
    assert TOKEN not in str(caught.value)
    transit.fault, transit.secret = "", secret
    transit.released.set()
    assert await good.unwrap(wrapped, b"place") == KEY


async def test_another_place_is_refused(vault_transit: ModuleType, address: str) -> None:
    service = GuardedService(vault_transit.VaultTransit(address, TOKEN))
    wrapped = await service.wrap(KEY, b"place")
    with pytest.raises(KeyServiceError, match="HTTPStatusError"):
        await service.unwrap(wrapped, b"elsewhere")


def test_it_is_named_by_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    with pytest.raises(SettingsError, match="KeyError"):
        load_key_service("vault_transit:service")
    monkeypatch.setenv("VAULT_ADDR", "http://127.0.0.1:9")
    monkeypatch.setenv("VAULT_TOKEN", TOKEN)
    assert load_key_service("vault_transit:service").service
