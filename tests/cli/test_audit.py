"""``frontdesk audit``: what it prints, and with which code it leaves."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from redis.asyncio import Redis

from frontdesk.cli import main
from frontdesk.graph.persistence.keyring import open_sealer
from frontdesk.tools.auditing.keys import HEAD, STREAM
from tests.support.audits import BEN, THREADS, Log, call

OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
Run = Callable[..., tuple[int, str, str]]


async def _fill(url: str, number: int, key: str) -> None:
    async with Redis.from_url(url) as client:
        await Log(client, await open_sealer(client, [base64.b64decode(each) for each in key.split(",")])).write(number)


async def _flush(url: str) -> None:
    async with Redis.from_url(url) as client:
        await client.flushall()


@pytest.fixture
def fill(redis_url: str) -> Callable[..., None]:
    """Appends records to the log."""
    return lambda number, key=OLD: asyncio.run(_fill(redis_url, number, key))


@pytest.fixture
def run(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line on a log of four records; returns its code and what it said on both channels."""
    asyncio.run(_flush(redis_url))
    asyncio.run(_fill(redis_url, 4, OLD))
    monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", redis_url)

    def ran(*line: str, key: str = OLD) -> tuple[int, str, str]:
        monkeypatch.setenv("FRONTDESK_KEY", key)
        with pytest.raises(SystemExit) as left:
            main(("audit", *line))
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return ran


def do(url: str, work: Callable[[Redis], object]) -> object:
    async def worked() -> object:
        async with Redis.from_url(url) as client:
            return await work(client)  # type: ignore[misc]

    return asyncio.run(worked())


def test_verify(run: Run, redis_url: str) -> None:
    code, out, _ = run("verify")
    assert (code, out.splitlines()[0].partition(",")[0]) == (0, "whole: 4 records; last record 4")
    assert "with --anchor only" in out
    do(redis_url, lambda client: client.xtrim(STREAM, maxlen=3, approximate=False))
    code, out, _ = run("verify")
    assert code == 1
    assert out.startswith("BROKEN: removed at record 1: the record is missing\n")
    code, out, _ = run("verify", "--json")
    found = json.loads(out)
    assert (code, found["whole"], found["fault"]["what"], found["fault"]["seq"]) == (1, False, "removed", 1)


def test_anchors_find_a_log_that_was_put_back(
    run: Run, redis_url: str, tmp_path: Path, fill: Callable[..., None]
) -> None:
    stream, head = (do(redis_url, lambda client, key=key: client.dump(key)) for key in (STREAM, HEAD))
    fill(2)
    anchor = tmp_path / "anchor.json"
    anchor.write_text(run("anchor")[1])
    code, out, _ = run("verify", "--anchor", str(anchor))
    assert (code, "the anchor's record is in it" in out) == (0, True)
    for name, dump in ((STREAM, stream), (HEAD, head)):
        do(redis_url, lambda client, name=name, dump=dump: client.restore(name, 0, dump, replace=True))
    assert run("verify")[0] == 0
    code, out, _ = run("verify", "--anchor", str(anchor))
    assert (code, out.partition(":")[0], "rolled_back at record 5" in out) == (1, "BROKEN", True)
    anchor.write_text(anchor.read_text().replace('"seq":6', '"seq":4'))
    code, _, err = run("verify", "--anchor", str(anchor))
    assert (code, "altered after it was signed" in err) == (1, True)


def test_export_and_an_auditor_without_the_secret_key(run: Run, tmp_path: Path) -> None:
    public = run("key")[1].split()[0]
    file = tmp_path / "audit.jsonl"
    assert run("export", "--out", str(file), "--decision", "done", "--tenant", "shop")[0] == 0
    code, out, _ = run("verify", str(file), "--public-key", public, key=NEW)
    assert (code, out.startswith("whole: 4 records;")) == (0, True)
    assert run("verify", str(file))[0] == 0
    file.write_bytes(file.read_bytes().replace(b'"r2"', b'"r9"'))
    code, out, _ = run("verify", str(file), "--public-key", public, "--json")
    assert (code, json.loads(out)["fault"]["seq"]) == (1, 3)
    code, out, _ = run("export")
    assert (code, len(out.splitlines())) == (0, 6)


def test_a_file_that_is_none(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text("hello\n")
    code, _, err = run("verify", str(file))
    assert (code, "not an exported audit" in err) == (1, True)
    code, out, _ = run("verify", str(file), "--json")
    assert (code, json.loads(out)["whole"]) == (1, False)
    assert run("verify", "--public-key", "x")[0] == 2
    assert run("export", "--since", "yesterday")[0] == 2


def test_a_rotated_and_a_lost_key(run: Run, fill: Callable[..., None]) -> None:
    fill(2, f"{NEW},{OLD}")
    assert run("verify", key=f"{NEW},{OLD}")[0] == 0
    code, out, _ = run("verify", key=NEW)
    assert (code, "wrong_key at record 1" in out) == (1, True)


def test_show(run: Run, redis_url: str) -> None:
    code, out, _ = run("show", "--last", "2", "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert (code, [record["seq"] for record in records], records[0]["decision"]) == (0, [3, 4], "done")
    assert [len(run("show", *line)[1].splitlines()) for line in (
        (), ("--thread", call().caller.thread_id), ("--thread", THREADS[BEN]), ("--call", records[0]["call"]),
        ("--call", "0"), ("--thread", records[0]["thread"], "--last", "1"),
    )] == [4, 4, 0, 4, 0, 1]  # fmt: skip
    assert "cancel_order" in run("show")[1]


def test_resume(run: Run, redis_url: str) -> None:
    assert run("resume", "--yes")[0] != 0
    do(redis_url, lambda client: client.delete(HEAD))
    assert run("verify")[0] == 1
    assert "record 5 says so" in run("resume", "--yes")[1]
    assert run("verify")[0] == 0
