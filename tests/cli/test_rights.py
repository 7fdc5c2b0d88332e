"""``frontdesk export`` and ``frontdesk sweep`` as an operator runs them."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path

import pytest

from frontdesk import Settings, open_desk
from frontdesk.cli.rights import write_private
from frontdesk.errors import DataError
from tests.cli.conftest import Command
from tests.support.small import DEMO, settings_for, small_desk

MAIL = "anna.only@mail.example"


def chatted(settings: Settings, *texts: str) -> None:
    """Leave a conversation in a store that other processes reach."""

    async def run() -> None:
        async with open_desk(small_desk(), settings, principal=DEMO) as desk:
            for text in texts:
                await desk.chat(text, thread_id="chat")

    asyncio.run(run())


@pytest.fixture
def served(redis_url: str, tmp_path: Path) -> dict[str, str]:
    """A store with one conversation of the demo customer's, as variables for a command."""
    import redis

    redis.Redis.from_url(redis_url).flushall()
    settings = settings_for(tmp_path, redis_url)
    chatted(settings, f"my mail is {MAIL}", "where is order 10482?", "let me talk to a person")
    assert settings.key is not None
    return {"REDIS_URL": redis_url, "FRONTDESK_KEY": settings.key.get_secret_value()}


def test_an_export_into_a_file_that_nobody_else_reads(command: Command, served: dict[str, str], tmp_path: Path) -> None:
    done = command("export", "--subject", "C-1042", "--out", "anna.json", **served)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "anna.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    export = json.loads(path.read_text(encoding="utf-8"))
    assert MAIL in json.dumps(export["held"])
    assert MAIL not in done.stdout + done.stderr
    again = command("export", "--subject", "C-1042", "--out", "anna.json", **served)
    assert again.returncode == 2
    assert "there is such a file already" in again.stderr


def test_an_export_to_read_and_one_of_nobody(command: Command, served: dict[str, str]) -> None:
    shown = command("export", "--subject", "C-1042", "--format", "md", **served)
    assert shown.stdout.startswith("# What Fernhill Home holds on C-1042")
    assert MAIL in shown.stdout
    other = command("export", "--subject", "C-1042", "--tenant", "another", **served)
    assert json.loads(other.stdout)["held"] == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export"], "--subject"),
        (["export", "--subject", " "], "customer's id"),
        (["export", "--subject", "C-1", "--format", "xml"], "json or md"),
        (["export", "--subject", "anonymous"], "share one subject"),
    ],
    ids=["nobody", "blank", "format", "everybody"],
)
def test_what_an_export_needs(command: Command, arguments: list[str], said: str) -> None:
    done = command(*arguments, FRONTDESK_REDIS="memory")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_sweep_tells_what_it_did(command: Command, served: dict[str, str], redis_url: str) -> None:
    import redis

    client = redis.Redis.from_url(redis_url)
    for key in client.keys("fd:ticket:*"):
        client.expire(key, 3600)
    done = command("sweep", **served)
    assert json.loads(done.stdout) == {
        "deleted": {}, "anonymised": {"tickets": 1}, "spared": 0, "complete": True, "busy": False
    }  # fmt: skip
    client.set("fd:sweep:lock", "somebody", ex=60)
    busy = command("sweep", **served)
    assert (busy.returncode, json.loads(busy.stdout)["busy"]) == (1, True)


def test_the_memory_mode_has_neither(command: Command) -> None:
    for arguments in (["export", "--subject", "C-1"], ["sweep"]):
        done = command(*arguments, FRONTDESK_REDIS="memory")
        assert done.returncode == 2
        assert "memory" in done.stderr


def test_a_file_is_never_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataError):
        write_private(tmp_path / "link", "secret")
    assert not (tmp_path / "elsewhere").exists()
