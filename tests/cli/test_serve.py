from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from typing import Any

import httpx
import pytest
import uvicorn

from frontdesk import Settings
from frontdesk.cli import main
from frontdesk.cli.serve import DeskServer, addresses, configured, loopback
from frontdesk.errors import RedisUnavailableError
from tests.cli.conftest import console_on


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),  # the whole block is loopback
        ("::1", True),
        ("[::1]", True),  # as in a URL
        ("localhost", True),
        ("0.0.0.0", False),  # every interface
        ("::", False),  # every interface
        ("192.168.1.5", False),  # the local network
        ("localhost.example.org", False),  # a name that somebody else owns
        ("", False),  # uvicorn takes it for every interface
    ],
)
def test_loopback_is_this_machine_only(host: str, expected: bool) -> None:
    assert loopback(host) is expected


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5"])
def test_demo_is_refused_where_others_can_reach_it(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["serve", "--demo", "--host", host])
    assert left.value.code == 2
    assert "loopback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),  # brackets, so that it can be clicked
        ("0.0.0.0", "http://127.0.0.1:8080"),  # nobody can open 0.0.0.0
        ("::", "http://[::1]:8080"),
    ],
)
def test_the_addresses_can_be_opened(host: str, base: str) -> None:
    said = addresses(host, 8080)
    for path in ("/chat/invoke", "/chat/playground/", "/docs", "/readyz"):
        assert f"{base}{path}\n" in said


class Lifespan:
    """Says whether the desk is open."""

    def __init__(self, error: Exception | None = None) -> None:
        self.steps: list[str] = []
        self._error = error

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[None]:
        if self._error:
            raise self._error
        self.steps.append("opened")
        yield
        self.steps.append("closed")


async def answer(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def server(lifespan: Lifespan, port: int = 0) -> tuple[DeskServer, StringIO]:
    screen = StringIO()
    config: uvicorn.Config = configured(answer, Settings(), "127.0.0.1", port)
    return DeskServer(config, lifespan(), console_on(screen)), screen


async def test_it_says_where_it_listens_and_closes_the_desk() -> None:
    lifespan = Lifespan()
    opened, screen = server(lifespan)
    serving = asyncio.create_task(opened.serve())
    while "/readyz" not in screen.getvalue():
        await asyncio.sleep(0)
        assert not serving.done()
    url = next(word for word in screen.getvalue().split() if word.endswith("/readyz"))
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(url)).status_code == 204
    assert lifespan.steps == ["opened"]
    opened.should_exit = True
    await serving
    assert lifespan.steps == ["opened", "closed"]


async def test_what_is_wrong_with_the_desk_is_an_error_and_no_stack_trace(capfd: pytest.CaptureFixture[str]) -> None:
    opened, screen = server(Lifespan(RedisUnavailableError("no usable Redis")))
    with pytest.raises(RedisUnavailableError, match="no usable Redis"):
        await opened.serve()
    assert "http://" not in screen.getvalue()
    assert "Traceback" not in capfd.readouterr().err


async def test_a_port_that_is_taken_closes_the_desk() -> None:
    lifespan = Lifespan()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        opened, _ = server(lifespan, taken.getsockname()[1])
        with pytest.raises(SystemExit):
            await opened.serve()
    assert lifespan.steps == ["opened", "closed"]
