"""The three doors, opened for real: Python, HTTP on loopback, and a ``langgraph dev`` process."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from redis import Redis

from frontdesk import Desk, FrontDesk, Principal, Settings, open_desk
from frontdesk.server.app import create_app
from tests.support.doors import AGENT_TOKEN, TOKEN, HttpDoor, PythonDoor, StudioDoor

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = base64.b64encode(b"k" * 32).decode()


@pytest.fixture(scope="session")
def retail() -> Desk:
    return Desk.load("retail")


@pytest.fixture
def customer(retail: Desk) -> Principal:
    assert retail.config.demo is not None
    return Principal(retail.config.demo.subject, retail.config.name, frozenset(retail.config.demo.scopes))


def address_reader(home: Path) -> Callable[[], Awaitable[str]]:
    async def read() -> str:
        def query() -> str:
            with contextlib.closing(sqlite3.connect(home / "databases" / "retail.sqlite")) as database:
                return str(database.execute("select shipping_address from orders where id = '10482'").fetchone()[0])

        return await asyncio.to_thread(query)

    return read


@pytest.fixture
async def desk(
    retail: Desk, customer: Principal, redis_url: str, redis_client: object, tmp_path: Path
) -> AsyncIterator[FrontDesk]:
    settings = Settings(home=tmp_path, redis_url=redis_url, key=KEY)
    async with open_desk(retail, settings, principal=customer) as opened:
        yield opened


@pytest.fixture
def python_door(desk: FrontDesk, customer: Principal) -> PythonDoor:
    return PythonDoor(desk, customer)


@pytest.fixture
async def http_door(
    retail: Desk, customer: Principal, redis_url: str, redis_client: object, tmp_path: Path
) -> AsyncIterator[HttpDoor]:
    entries = [
        {
            "sha256": hashlib.sha256(TOKEN.encode()).hexdigest(),
            "subject": customer.subject,
            "scopes": sorted(customer.scopes),
        },
        {
            "sha256": hashlib.sha256(AGENT_TOKEN.encode()).hexdigest(),
            "subject": "agent-7",
            "scopes": ["handoff:resolve"],
        },
    ]
    tokens = tmp_path / "tokens.json"
    tokens.write_text(json.dumps(entries), encoding="utf-8")
    settings = Settings(home=tmp_path, redis_url=redis_url, key=KEY, tokens_file=tokens)
    config = uvicorn.Config(create_app(retail, settings), host="127.0.0.1", port=0, log_level="warning", ws="none")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            await asyncio.wait([serving], timeout=0.02)
            assert not serving.done()
        async with HttpDoor.open(url) as door:
            yield door
        server.should_exit = True
        await serving


@pytest.fixture(scope="session")
def studio_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studio-home")


@contextlib.contextmanager
def studio(work: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run ``frontdesk studio`` in ``work`` until the context ends; its URL once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "frontdesk", "studio", "--port", str(port)]
    with (work / "log.txt").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=work, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            if not answers(f"http://127.0.0.1:{port}/ok", process):
                log.seek(0)
                pytest.fail(f"langgraph dev did not start:\n{log.read()[-4000:]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Ask until the server answers, its process ends, or a minute is over."""
    with httpx.Client(timeout=5) as http:
        for _ in range(600):
            with contextlib.suppress(httpx.TransportError):
                if http.get(url).status_code == 200:
                    return True
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
                return False
    return False


@pytest.fixture(scope="session")
def studio_url(studio_home: Path, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real ``langgraph dev`` on a free port, started as ``frontdesk studio`` starts it."""
    pytest.importorskip("langgraph_api", reason="needs the extra: pip install 'frontdesk[studio]'")
    work = tmp_path_factory.mktemp("studio")
    config = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))
    config["dependencies"] = [str(ROOT)]
    config["graphs"] = {"frontdesk": str(ROOT / "frontdesk" / "studio.py") + ":graph"}
    (work / "langgraph.json").write_text(json.dumps(config), encoding="utf-8")
    ours = ("LANGSMITH", "OPENAI", "FRONTDESK")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment |= {"FRONTDESK_HOME": str(studio_home), "REDIS_URL": redis_url, "FRONTDESK_KEY": KEY}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    # an earlier test's keyring belongs to that test's key
    with Redis.from_url(redis_url) as client:
        client.flushall()
    with studio(work, environment) as url:
        yield url


@pytest.fixture
async def studio_door(studio_url: str) -> AsyncIterator[StudioDoor]:
    async with StudioDoor.open(studio_url) as door:
        yield door
