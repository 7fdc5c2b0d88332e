"""``frontdesk key``: what it prints, and with which code it leaves."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from frontdesk.cli import main
from frontdesk.graph.persistence.keyring import KEYRING
from frontdesk.graph.persistence.sealer import Sealer
from tests.support.keyservices import PlainService

OLD, NEW, STRANGE = (bytes([number]) * 32 for number in (1, 2, 3))
OLD_ID, NEW_ID, STRANGE_ID = (Sealer([key]).current for key in (OLD, NEW, STRANGE))
NAME = "fd:{a}:inbox:1"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    client = Redis.from_url(redis_url)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def run(
    redis_url: str, redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command with some keys listed; returns its code and what it said on both channels."""

    def ran(command: str, *keys: bytes, kms: str = "") -> tuple[int, str, str]:
        monkeypatch.setenv("FRONTDESK_HOME", str(tmp_path))
        monkeypatch.setenv("REDIS_URL", redis_url)
        monkeypatch.setenv("FRONTDESK_KEY", ",".join(base64.b64encode(key).decode() for key in keys))
        monkeypatch.setenv("FRONTDESK_KMS", kms)
        with pytest.raises(SystemExit) as left:
            main(["key", *command.split()])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return ran


def test_a_rotation_from_its_first_step_to_its_last(run: Run, redis: Redis) -> None:
    redis.set(NAME, Sealer([OLD]).seal(b"kettle", NAME.encode()))
    assert run("status", OLD) == (0, f"{OLD_ID}  current: inbox 1, keyring 1\n", "")
    code, said, _ = run("status", NEW, OLD)
    assert (code, said.splitlines()) == (
        0,
        [f"{NEW_ID}  current: keyring 1", f"{OLD_ID}  older: inbox 1, keyring 1"],
    )
    code, said, _ = run("rewrap", NEW, OLD)
    assert (code, said.splitlines()[0]) == (0, "moved: inbox 1")
    assert "remove the others" in said
    code, said, _ = run("status", NEW, OLD)
    assert said.splitlines()[1] == f"{OLD_ID}  older: nothing; it can be removed"
    assert run("status", NEW) == (0, f"{NEW_ID}  current: inbox 1, keyring 1\n", "")


def test_a_key_that_is_in_use_and_not_configured(run: Run, redis: Redis) -> None:
    redis.set(NAME, Sealer([STRANGE]).seal(b"kettle", NAME.encode()))
    code, said, _ = run("status", NEW)
    assert code == 1
    assert f"{STRANGE_ID}  NOT CONFIGURED: inbox 1" in said
    code, said, _ = run("rewrap", NEW)
    assert code == 1
    assert f"not configured: {STRANGE_ID}" in said


def test_a_redis_of_another_key(run: Run) -> None:
    run("status", OLD)
    code, said, told = run("status", NEW)
    assert (code, said) == (2, "")
    assert told.startswith(f"frontdesk: The data in this Redis belongs to another key: its keyring opens with {OLD_ID}")


def test_a_rotation_without_a_key_service_is_done_in_the_settings(run: Run) -> None:
    code, _, told = run("rotate", OLD)
    assert code == 2
    assert "FRONTDESK_KEY=old,new in every process" in told


def test_a_rotation_with_a_key_service(run: Run, redis: Redis) -> None:
    kms = "tests.cli.test_key:service"
    code, said, _ = run("rotate", kms=kms)
    assert (code, "was added; restart every process" in said) == (0, True)
    code, said, _ = run("rotate", kms=kms)
    assert (code, "seals in every process that starts from now on" in said) == (0, True)
    code, said, _ = run("rewrap --service", kms=kms)
    assert (code, said.splitlines()[0]) == (0, "moved: nothing")
    assert len(redis.hkeys(KEYRING)) == 3  # type: ignore[arg-type]
    code, said, _ = run("status", kms=kms)
    assert (code, len(said.splitlines())) == (0, 1)


def test_the_memory_mode_has_no_keys(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDESK_REDIS", "memory")
    code, _, told = run("status", OLD)
    assert (code, "stores nothing" in told) == (2, True)


def service() -> PlainService:
    return PlainService(secret=b"\x08" * 32)
