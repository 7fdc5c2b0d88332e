"""``frontdesk erase``, ``hold`` and ``receipt``: what they print, and with which code they leave."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from redis.asyncio import Redis

from frontdesk.cli import main
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.persistence.keyring import open_sealer
from frontdesk.graph.persistence.threads import RedisThreads
from frontdesk.nodes.scrub.vault import RedisVault

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line; returns its code and what it said on both channels."""
    asyncio.run(flush(redis_url))
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", redis_url)

    def ran(*line: str, key: str = OLD) -> tuple[int, str, str]:
        monkeypatch.setenv("FRONTDESK_KEY", key)
        with pytest.raises(SystemExit) as left:
            main(line)
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return ran


async def flush(url: str) -> None:
    async with Redis.from_url(url) as client:
        await client.flushall()


def seed(url: str, subject: str, *names: str) -> list[str]:
    """Give a customer some conversations with a value each; return their ids."""

    async def work() -> list[str]:
        async with Redis.from_url(url) as client:
            sealer = await open_sealer(client, [base64.b64decode(OLD)])
            who = Principal(subject, "retail")
            threads = [await RedisThreads(client, sealer, 600).resolve(who, name) for name in names]
            for thread in threads:
                await RedisVault(client, sealer, 600).store(Caller(who, thread, "t"), {"<EMAIL_1>": "x@example.org"})
            return threads

    return asyncio.run(work())


def vaults(url: str) -> int:
    async def work() -> int:
        async with Redis.from_url(url) as client:
            return len([key async for key in client.scan_iter("fd:*:vault")])

    return asyncio.run(work())


def test_erase_writes_a_receipt_that_verifies_here_and_elsewhere(run: Run, redis_url: str, tmp_path: Path) -> None:
    seed(redis_url, "C-1", "a", "b")
    seed(redis_url, "C-2", "a")
    file = tmp_path / "receipt.json"
    assert run("erase", "--subject", "C-1", "--yes", "--out", str(file)) == (0, "", "")
    receipt = json.loads(file.read_text("utf-8"))
    assert (receipt["outcome"], receipt["removed"]["vault"], receipt["threads"]) == ("erased", 2, 2)
    assert vaults(redis_url) == 1
    code, said, _ = run("receipt", "verify", str(file))
    assert (code, said.startswith(f"{receipt['id']}: genuine; erased")) == (0, True)
    public = run("receipt", "key")[1]
    assert run("receipt", "verify", str(file), "--public-key", public, key=NEW)[0] == 0
    assert run("receipt", "verify", str(file), key=f"{NEW},{OLD}")[0] == 0


def test_each_fault_of_a_receipt_has_a_code_of_its_own(run: Run, redis_url: str, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    run("erase", "--subject", "C-1", "--yes", "--out", str(file))
    genuine = file.read_text("utf-8")
    code, _, said = run("receipt", "verify", str(file), key=NEW)
    assert (code, "another key" in said) == (3, True)
    file.write_text(genuine.replace('"threads": 0', '"threads": 7'), "utf-8")
    code, _, said = run("receipt", "verify", str(file))
    assert (code, "altered" in said) == (1, True)
    file.write_text("{}", "utf-8")
    code, _, said = run("receipt", "verify", str(file))
    assert (code, "not a receipt" in said) == (4, True)
    code, _, said = run("receipt", "verify", str(file), "--public-key", "x")
    assert (code, "32 bytes" in said) == (4, True)
    assert run("receipt", "verify", str(tmp_path / "missing"))[0] == 2


def test_one_conversation(run: Run, redis_url: str) -> None:
    _, kept = seed(redis_url, "C-1", "gone", "kept")
    code, said, _ = run("erase", "--subject", "C-1", "--thread", "gone", "--yes")
    assert (code, json.loads(said)["threads"]) == (0, 1)
    assert vaults(redis_url) == 1
    code, said, _ = run("erase", "--thread", kept, "--yes", "--deep")
    assert (code, json.loads(said)["removed"]["register"]) == (0, 2)
    assert vaults(redis_url) == 0


def test_a_hold_suspends_and_a_lifted_one_lets_go(run: Run, redis_url: str) -> None:
    seed(redis_url, "C-1", "a")
    assert run("hold", "set", "--subject", "C-1", "--reason", "litigation:2026-0042")[:2] == (0, "held\n")
    listed = run("hold", "list")[1]
    assert listed.startswith("retail\tC-1\tlitigation:2026-0042\t20")
    code, said, told = run("erase", "--subject", "C-1", "--yes")
    assert (code, json.loads(said)["outcome"], "legal hold" in told) == (3, "held", True)
    assert vaults(redis_url) == 1
    code, said, _ = run("hold", "lift", "--subject", "C-1", "--reason", "litigation:2026-0042", "--yes")
    assert (code, json.loads(said)["outcome"]) == (0, "erased")
    assert vaults(redis_url) == 0
    assert run("hold", "list") == (0, "", "")


WRONG = [
    ("nobody named", ["erase", "--yes"], "name whom"),
    ("nobody to ask", ["erase", "--subject", "C-1"], "--yes"),
    ("everybody who has not signed in", ["erase", "--subject", "anonymous", "--yes"], "name a thread"),
    ("no such conversation", ["erase", "--subject", "C-1", "--thread", "none", "--yes"], "no such conversation"),
    ("free text as reason", ["hold", "set", "--subject", "C-1", "--reason", "he sued us"], "CODE:CASE"),
    ("no such hold", ["hold", "lift", "--subject", "C-1", "--reason", "audit:1", "--yes"], "no such hold"),
    ("a file that cannot be written", ["erase", "--subject", "C-1", "--yes", "--out", "/nowhere/r"], "nowhere"),
]


@pytest.mark.parametrize(("what", "line", "told"), WRONG, ids=[what for what, *_ in WRONG])
def test_a_wrong_call_says_what_would_be_right(run: Run, what: str, line: list[str], told: str) -> None:
    code, _, said = run(*line)
    assert (code, told in said) == (2, True)
