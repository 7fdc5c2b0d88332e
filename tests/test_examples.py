"""Every example runs, on a real Redis and a home of its own, and answers what it shows."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import importlib.util
import json
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn
from redis.asyncio import Redis

from frontdesk import Desk, Settings
from frontdesk.server.app import create_app

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TOKEN = "a-long-random-token-of-the-example-customer"


def example(name: str) -> ModuleType:
    """Import an example from its file."""
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where typing looks the names of a TypedDict up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, redis_url: str, redis_client: Redis) -> Settings:
    """Settings as a process of its own would find them in its environment; Redis is empty."""
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("FRONTDESK_KEY", base64.b64encode(b"k" * 32).decode())
    return Settings()


@pytest.fixture
async def server(settings: Settings, tmp_path: Path) -> AsyncIterator[str]:
    """``frontdesk serve`` on loopback, where the token signs the demo customer in."""
    entry = {"sha256": hashlib.sha256(TOKEN.encode()).hexdigest(), "subject": "C-1042", "scopes": ["orders:read"]}
    tokens = tmp_path / "tokens.json"
    tokens.write_text(json.dumps([entry]), encoding="utf-8")
    app = create_app(Desk.load("retail"), settings.model_copy(update={"tokens_file": tokens}))
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(running.serve(sockets=[listening]))
        while not running.started:
            await asyncio.wait([serving], timeout=0.02)
            assert not serving.done()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        running.should_exit = True
        await serving


async def test_python_door(settings: Settings) -> None:
    proposed, done, status, returns = await example("python_door").main()
    assert (proposed.status, done.status) == ("confirm", "answered")
    assert "7 Harbour Street" in done.text, "the customer's own values are back in the reply"
    assert "10482" in status.text
    assert [page["id"] for page in returns.citations] == ["returns"]
    assert returns.thread_id == ""


async def test_subgraph(settings: Settings) -> None:
    sales, returns, proposal, kept, status = await example("subgraph").main()
    assert "sales team" in sales
    assert "30 days" in returns
    assert "10482" in proposal
    assert "?" in proposal
    assert "left everything as it was" in kept
    assert "processing" in status, "it was not cancelled"


async def test_subgraph_reads_back_personal_data_and_stores_none(settings: Settings, redis_client: Redis) -> None:
    change = "Please change the delivery address of order 10482 to 7 Harbour Street, Bristol BS1 4QA"
    asked, done, status = await example("subgraph").main((change, "yes please", "Where is my order 10482?"))
    assert "7 Harbour Street" in asked
    assert "7 Harbour Street" in done
    assert "10482" in status
    keys = [key async for key in redis_client.scan_iter()]
    assert keys
    for key in keys:
        assert b"Harbour" not in key + (await redis_client.dump(key) or b"")


async def test_subgraph_stays_itself_in_a_long_conversation(settings: Settings) -> None:
    # the graph around the desk keeps every message and hands all of them in with each turn
    asked = ("How much does delivery cost?", "Where is my order 10482?") * 10
    answers = await example("subgraph").main(asked)
    assert set(answers[::2]) == {answers[0]}
    assert set(answers[1::2]) == {answers[1]}
    assert "4.95" in answers[0]
    assert "processing" in answers[1]


async def test_http_client(server: str) -> None:
    status, returns = await example("http_client").main(server, TOKEN)
    assert status["status"] == "answered"
    assert "10482" in status["text"]
    assert returns["thread_id"] == status["thread_id"]
    assert "30 days" in returns["text"]


def test_the_readme_lists_every_example() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    names = {path.name for path in EXAMPLES.glob("*.py")}
    assert names == {name for name in names if f"]({name})" in readme}
    assert names == {"python_door.py", "http_client.py", "subgraph.py", "vault_transit.py"}, (
        "a new example needs a test"
    )
