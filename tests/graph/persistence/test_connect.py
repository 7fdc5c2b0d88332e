from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest
from redis.exceptions import TimeoutError as RedisTimeoutError

from frontdesk.errors import RedisUnavailableError, SettingsError
from frontdesk.graph.persistence.connect import CONNECTIONS, address, connect
from frontdesk.graph.persistence.home import default_home


async def test_a_named_server(redis_url: str, tmp_path: Path) -> None:
    async with connect(redis_url, "auto", tmp_path) as found:
        assert found.kind == "named"
        assert found.where == redis_url
        assert found.client is not None
        assert await found.client.ping()
    assert os.listdir(tmp_path) == []


async def test_the_embedded_server(redis_url: str, tmp_path: Path) -> None:
    async with connect(None, "auto", tmp_path) as found:
        assert found.kind == "embedded"
        assert found.client is not None
        await found.client.set("kept", "yes")
    async with connect("", "auto", tmp_path) as found:
        assert found.client is not None
        assert await found.client.get("kept") == b"yes"


async def test_more_commands_than_connections_wait_for_one(redis_url: str, tmp_path: Path) -> None:
    async with connect(redis_url, "auto", tmp_path) as found:
        assert found.client is not None
        assert await asyncio.gather(*(found.client.ping() for _ in range(3 * CONNECTIONS))) == [True] * 3 * CONNECTIONS
        clients = await found.client.client_list()
    assert 1 < len(clients) <= CONNECTIONS + 20


async def test_memory_wins_over_a_url(tmp_path: Path) -> None:
    async with connect("redis://localhost:1", "memory", tmp_path) as found:
        assert found.client is None
        assert found.kind == "memory"


async def test_a_refused_connection_is_told_fast_and_without_the_password(tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(RedisUnavailableError, match=r"127\.0\.0\.1:1/0") as caught:
        async with connect("redis://user:hunter2@127.0.0.1:1/0", "auto", tmp_path):
            pass
    assert time.monotonic() - start < 2
    assert "hunter2" not in str(caught.value)


async def test_a_server_without_the_modules_is_told(tmp_path: Path) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while command := await reader.readline():
            if b"HELLO" in command.upper():
                writer.write(b"%1\r\n+proto\r\n:3\r\n")
            elif b"MODULE" in command.upper():
                writer.write(b"*0\r\n")
            elif b"PING" in command.upper():
                writer.write(b"+PONG\r\n")
            elif b"CLIENT" in command.upper():
                writer.write(b"+OK\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(RedisUnavailableError, match="lacks: Search, JSON module"):
        async with connect(f"redis://127.0.0.1:{port}", "auto", tmp_path):
            pass
    server.close()


async def test_a_silent_server_is_asked_once(tmp_path: Path) -> None:
    """Retries upon time-outs would keep a customer waiting for minutes: redis-py nests them."""
    asked = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        while command := (await reader.readline()).upper():
            if b"HELLO" in command:
                writer.write(b"%1\r\n+proto\r\n:3\r\n")
            elif b"MODULE" in command:
                writer.write(b"*2\r\n*2\r\n$4\r\nname\r\n$6\r\nsearch\r\n*2\r\n$4\r\nname\r\n$6\r\nReJSON\r\n")
            elif b"PING" in command:
                writer.write(b"+PONG\r\n")
            elif b"CLIENT" in command:
                writer.write(b"+OK\r\n")
            asked += b"DBSIZE" in command
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with connect(f"redis://127.0.0.1:{port}", "auto", tmp_path, seconds=0.1) as found:
        assert found.client is not None
        with pytest.raises(RedisTimeoutError):
            await found.client.dbsize()
    assert asked == 1
    server.close()


async def test_an_unknown_mode_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="auto, memory"):
        async with connect(None, "off", tmp_path):
            pass


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        pytest.param("redis://cache", "redis://cache:6379", id="plain"),
        pytest.param("rediss://u:hunter2@cache:7000/3?ssl_cert_reqs=none", "rediss://cache:7000/3", id="password"),
        pytest.param("unix:///run/redis.sock?password=hunter2", "unix:///run/redis.sock", id="socket"),
    ],
)
def test_an_address_hides_the_password(url: str, shown: str) -> None:
    assert address(url) == shown


@pytest.mark.parametrize("url", ["http://hunter2@cache", "cache:6379", "redis://", "redis://cache:hunter2"])
def test_a_malformed_url_is_told_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL") as caught:
        address(url)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "home"),
    [
        pytest.param({"FRONTDESK_HOME": "/srv/fd", "XDG_DATA_HOME": "/data"}, "/srv/fd", id="own"),
        pytest.param({"XDG_DATA_HOME": "/data"}, "/data/frontdesk", id="xdg"),
    ],
)
def test_the_home(environment: dict[str, str], home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert default_home(environment) == Path(home)


def test_a_relative_data_home_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert default_home({"XDG_DATA_HOME": "data"}) == Path.home() / ".local/share/frontdesk"
