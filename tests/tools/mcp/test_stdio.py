"""The mcp connector over stdio: what a server does, and what it means for the call."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from frontdesk.desk.connecting import Connection
from frontdesk.errors import ConfigurationError, ToolError, ToolFailedError, ToolRefusedError, ToolUnknownError
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.connectors.mcp import McpBackend, build
from frontdesk.tools.contract import ToolContract

pytest.importorskip("mcp")
BARE = Path(__file__).with_name("bare.py")


def contract(effect: str = "read", **options: Any) -> ToolContract:
    return ToolContract.model_validate(
        {
            "name": f"{effect}_it",
            "description": "Does something on the server.",
            "effect": effect,
            "input": {"type": "object", "properties": {"a": {}, "b": {}, "why": {}, "code": {}}},
            "output": {"type": "object"},
            "connector": {"kind": "mcp", "connection": "calc", "options": options},
        }
    )


@dataclass
class Server:
    """A connection to the bare server."""

    backend: McpBackend
    effects: Path

    async def run(
        self, tool: str, effect: str = "read", *, deadline: float = float("inf"), **options: Any
    ) -> dict[str, Any]:
        given = options.pop("given", {})
        made = contract(effect, tool=tool, **options)
        assert self.backend.check(made) == []
        call = Invocation(made.name, given, "C-1042", 0.0, "ab" * 16 if effect == "write" else "", deadline=deadline)
        return await self.backend.run(made.connector.options, call)

    @property
    def done(self) -> list[str]:
        return self.effects.read_text().split() if self.effects.exists() else []


def connected(effects: Path, **options: Any) -> Server:
    command = [sys.executable, "-S", str(BARE), str(effects)]
    connection = Connection(kind="mcp", options={"command": command, **options})
    resources = Resources(effects.parent, connections={"calc": connection}, environment={"OURS": "value"})
    return Server(build(resources), effects)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    made = connected(tmp_path / "effects", env={"THEIRS": "OURS"})
    yield made
    await made.backend.close()


async def test_a_call_and_its_answer(server: Server) -> None:
    assert await server.run("add", given={"a": 2, "b": 3}) == {"sum": 5}
    mapped = {"a": "{a}", "b": 40, "x": "{b}"}
    assert await server.run("add", given={"a": 2}, arguments=mapped) == {"sum": 42}
    assert await server.run("add", given={"a": 1}, into="answer") == {"answer": {"sum": 1}}


async def test_calls_side_by_side_keep_their_answers(server: Server) -> None:
    sums = await asyncio.gather(*(server.run("add", given={"a": number, "b": 1}) for number in range(20)))
    assert [item["sum"] for item in sums] == list(range(1, 21))


async def test_a_write_carries_its_key(server: Server) -> None:
    told = await server.run("key", "write", arguments={"ref": "{reference}", "key": "{key}"})
    assert told == {"meta": {"frontdesk/idempotency-key": "ab" * 16}, "ref": "ABABABAB", "key": "ab" * 16}


async def test_the_process_sees_what_is_named_and_nothing_else(server: Server) -> None:
    told = await server.run("spy")
    assert {name for name in told["environment"] if name != "LC_CTYPE"} == {"THEIRS"}


MEANING: list[tuple[str, str, str, type[ToolError], str]] = [
    ("read, crash in the middle", "crash", "read", ToolFailedError, "unavailable"),
    ("write, crash in the middle", "crash", "write", ToolUnknownError, "unknown"),
    ("read, answer too long", "giant", "read", ToolFailedError, "unavailable"),
    ("write, answer too long", "giant", "write", ToolUnknownError, "unknown"),
    ("read, prose", "prose", "read", ToolFailedError, "bad_output"),
    ("write, prose", "prose", "write", ToolUnknownError, "unknown"),
    ("read, image", "image", "read", ToolFailedError, "bad_output"),
    ("read, tool's error", "refuse", "read", ToolFailedError, "unavailable"),
    ("write, tool's error", "refuse", "write", ToolUnknownError, "unknown"),
    ("no such tool", "nothing", "write", ToolRefusedError, "tool_changed"),
]


@pytest.mark.parametrize(("word", "tool", "effect", "error", "reason"), MEANING, ids=[row[0] for row in MEANING])
async def test_what_went_wrong_means(
    server: Server, word: str, tool: str, effect: str, error: type[ToolError], reason: str
) -> None:
    with pytest.raises(error) as caught:
        await server.run(tool, effect)
    assert caught.value.reason == reason
    assert server.done == ([] if tool == "nothing" else [tool])
    assert "corner.example" not in str(caught.value)
    # whatever came of it, the next call is served: by the same server, or by a new one
    assert await server.run("add", given={"a": 1}) == {"sum": 1}


RULES: list[tuple[str, dict[str, Any], type[ToolError], str]] = [
    ("a rule fits", {"errors": [{"contains": "E42", "reason": "sold_out", "message": "Sold out."}]}, ToolRefusedError, "sold_out"),
    ("the first that fits", {"errors": [{"contains": "E41"}, {"contains": "E42: gone", "outcome": "failed"}]}, ToolFailedError, "unavailable"),
    ("none fits", {"errors": [{"contains": "E41"}], "error": "refused"}, ToolRefusedError, "declined"),
    ("nobody knows", {"error": "unknown"}, ToolUnknownError, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "options", "error", "reason"), RULES, ids=[row[0] for row in RULES])
async def test_the_contract_says_what_an_error_means(
    server: Server, word: str, options: dict[str, Any], error: type[ToolError], reason: str
) -> None:
    with pytest.raises(error) as caught:
        await server.run("refuse", "write", given={"why": "gone"}, **options)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("code", "error"), [(-32602, ToolFailedError), (-32603, ToolUnknownError), (-32000, ToolUnknownError)]
)
async def test_an_error_of_the_protocol(server: Server, code: int, error: type[ToolError]) -> None:
    pid = (await server.run("spy"))["pid"]
    with pytest.raises(error):
        await server.run("code", "write", given={"code": code})
    assert (await server.run("spy"))["pid"] == pid


async def test_what_a_server_prints_is_nobodys_to_read(
    server: Server, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await server.run("noise", given={"a": 1, "b": 1}) == {"sum": 2}
    told = caplog.text + "".join(capfd.readouterr())
    assert "C-1042" not in told
    assert "private words" not in told
    assert "secret" not in told


async def test_a_server_asks_us_for_nothing(server: Server) -> None:
    assert await server.run("sample") == {"refused": True, "count": 3}


async def test_a_slow_call_ends_with_its_time_and_a_silent_server_with_the_next(tmp_path: Path) -> None:
    server = connected(tmp_path / "effects", start_seconds=1.5)
    pid = (await server.run("spy"))["pid"]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await server.run("slow", "write")
    # it is asked whether it is there, does not answer, and is replaced
    assert (await server.run("spy"))["pid"] != pid
    assert server.done.count("slow") == 1
    await server.backend.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_nothing_is_begun_after_the_deadline(server: Server) -> None:
    with pytest.raises(ToolFailedError):
        await server.run("add", "write", deadline=time.monotonic() - 1)
    assert server.done == []


async def test_a_tool_that_changed_is_not_called(server: Server) -> None:
    from frontdesk.tools.mcp.session import digest

    tools = await server.backend.links["calc"].tools()
    pinned = digest(tools["add"])
    assert await server.run("add", digest=pinned) == {"sum": 0}
    await server.run("late")
    with pytest.raises(ToolRefusedError) as caught:
        await server.run("add", digest=pinned)
    assert caught.value.reason == "tool_changed"
    assert "something else" not in str(caught.value)
    assert server.done == ["add", "late"]
    assert await server.run("add") == {"sum": 0}


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    server = connected(tmp_path / "effects", start_seconds=5)
    (tmp_path / "effects.dead").touch()
    await server.backend.ready()
    for effect in ("read", "write"):
        with pytest.raises(ToolFailedError):
            await server.run("add", effect)
    assert server.done == []
    await server.backend.close()
    with pytest.raises(ToolFailedError):
        await server.run("add")


OPTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("both", {"command": ["x"], "url": "https://calc.example/mcp"}, "exactly one of command, url"),
    ("neither", {}, "exactly one of command, url"),
    ("plain http", {"url": "http://calc.example/mcp"}, "plain http needs `private: true`"),
    ("token for a process", {"command": ["x"], "auth": {"bearer": "TOKEN"}}, "belong to a `url`"),
    ("environment for a url", {"url": "https://calc.example/mcp", "env": {"A": "B"}}, "belongs to a `command`"),
    ("variable that is not set", {"command": ["x"], "env": {"A": "MISSING"}}, "MISSING"),
    ("secret that is not set", {"url": "https://calc.example/mcp", "auth": {"bearer": "MISSING"}}, "MISSING"),
    ("unknown", {"command": ["x"], "shell": True}, "shell"),
]


@pytest.mark.parametrize(("word", "options", "told"), OPTIONS, ids=[row[0] for row in OPTIONS])
def test_a_connection_that_cannot_be_used(word: str, options: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigurationError, match="connection calc") as caught:
        build(Resources(connections={"calc": Connection(kind="mcp", options=options)}))
    assert told in str(caught.value)


CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("no tool", {}, "tool"),
    ("strange argument", {"tool": "add", "arguments": {"a": "{c}"}}, "no argument is called c"),
    ("strange option", {"tool": "add", "retries": 3}, "retries"),
    ("digest that is none", {"tool": "add", "digest": "abc"}, "digest"),
]


@pytest.mark.parametrize(("word", "options", "told"), CALLS, ids=[row[0] for row in CALLS])
def test_a_contract_that_cannot_be_served(word: str, options: dict[str, Any], told: str) -> None:
    backend = connected(Path("effects")).backend
    assert any(told in problem for problem in backend.check(contract(**options)))


def test_a_contract_of_no_connection() -> None:
    assert build(Resources()).check(contract(tool="add")) == [
        "connector.connection must name a connection of kind mcp; there are: none"
    ]


def test_without_the_extra_the_connector_says_what_to_install() -> None:
    code = "import sys; sys.modules['mcp'] = None; from frontdesk.tools.registry import backends; from frontdesk.tools.backend import Resources; backends(['mcp'], Resources())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1].endswith("pip install 'frontdesk[mcp]'")
