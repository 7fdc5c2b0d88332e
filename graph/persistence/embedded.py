"""A private Redis (with the Search and JSON modules) for local use: started on demand, shared, kept on disk.

One server per data folder, on a Unix socket (no TCP port, so none can be taken or reached from outside). Processes
that name the same folder share it; the last to leave stops it. Linux and macOS only.

Everything here blocks: asynchronous code calls it through ``asyncio.to_thread``.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from frontdesk.errors import RedisUnavailableError
from frontdesk.graph.persistence.servers import MODULES, Server, candidates

if sys.platform != "win32":  # flock is absent on Windows, and the module must still import there
    import fcntl

REMEDY = (
    "Install the extra (pip install 'frontdesk[embedded]'), or start one (docker run -p 6379:6379 redis:8) and set "
    "REDIS_URL=redis://localhost:6379, or set FRONTDESK_REDIS=memory for a try-out in which nothing is kept."
)
SOCKET_PATH_LIMIT = 100
"""Bytes; the kernels' own limits are 104 (macOS) and 108 (Linux), and a lock file needs a little more."""

_children: list[tuple[Path, subprocess.Popen[bytes]]] = []
"""Servers that this process started, with their sockets. Whoever in this process stops a server reaps it."""


@atexit.register
def _disown() -> None:
    """Let go of servers that other processes go on using; a Popen that is collected while its child runs warns."""
    for _, child in _children:
        if child.poll() is None:
            child.returncode = 0


class EmbeddedRedis:
    """Start the server of ``folder``, or join it where it runs; ``url`` is for ``Redis.from_url``."""

    def __init__(self, folder: Path, *, servers: Iterable[Server] | None = None, seconds: float = 30.0) -> None:
        """Take part in the server of a folder.

        Args:
            folder: Where its data, log and locks live; made with mode 0700.
            servers: Candidates, best first; by default those of this machine.
            seconds: How long a start (which loads the data) or a stop may take.

        Raises:
            RedisUnavailableError: No candidate starts here; the text says what was tried and what to do.
        """
        if sys.platform == "win32":
            raise RedisUnavailableError(f"There is no embedded Redis on Windows. {REMEDY}")
        self.folder = folder.expanduser().resolve()
        self._seconds = seconds
        self._servers = servers
        self._child: subprocess.Popen[bytes] | None = None
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._gate = (self.folder / "gate.lock").open("a")
            self._users = (self.folder / "users.lock").open("a")
        except OSError as error:
            raise RedisUnavailableError(f"Cannot write to {self.folder}: {error.strerror}. {REMEDY}") from error
        self.socket = _socket_path(self.folder)
        self.url = f"unix://{self.socket}"
        try:
            with self._alone():
                fcntl.flock(self._users, fcntl.LOCK_SH)  # held for as long as this object uses the server
                if not self._ready():
                    self._start()
        except BaseException:
            self._gate.close()
            self._users.close()
            raise
        atexit.register(self.close)

    def close(self) -> None:
        """Leave; the last user stops the server (its data is on disk). Further calls do nothing."""
        atexit.unregister(self.close)
        if self._users.closed:
            return
        with self._gate, self._users, self._alone(), contextlib.suppress(BlockingIOError, subprocess.TimeoutExpired):
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: another process uses it
            self._ask(b"SHUTDOWN")
            # inside the gate, so that a newcomer never meets a server which is going away
            _wait_for(lambda: not self._ask(b"PING"), self._seconds)
            for path, child in _children:
                if path == self.socket:
                    child.wait(self._seconds)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def _ask(self, command: bytes) -> bytes:
        """Send one inline command; return the beginning of the answer, empty when nobody answers."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(self._seconds)
            line.connect(str(self.socket))
            line.sendall(command + b"\r\n")
            return line.recv(4096)
        return b""

    def _ready(self) -> bool:
        """Wait until the server answers; False when there is none, or its process has ended."""
        dead = False

        def settled() -> bool:
            nonlocal dead
            answer = self._ask(b"PING")
            dead = not answer and (self._child is None or self._child.poll() is not None)
            return dead or answer.startswith(b"+PONG")  # anything else: it loads its data

        return _wait_for(settled, self._seconds) and not dead

    def _start(self) -> None:
        log = self.folder / "redis.log"
        log.unlink(missing_ok=True)
        tried = []
        for server in self._servers if self._servers is not None else candidates(os.environ):
            self.socket.unlink(missing_ok=True)  # left by a killed server
            self._child = _spawn(server, self.folder, self.socket, log)
            if self._ready() and self._has_modules():
                return
            self._child.kill()
            self._child.wait(self._seconds)
            tried.append(str(server))
        found = (
            f"Tried {'; '.join(tried)}; see {log}." if tried else "No server program with both modules is installed."
        )
        raise RedisUnavailableError(f"No Redis with the Search and JSON modules could be started. {found} {REMEDY}")

    def _has_modules(self) -> bool:
        listing = self._ask(b"MODULE LIST").lower()
        return b"search" in listing and b"rejson" in listing


def _spawn(server: Server, folder: Path, path: Path, log: Path) -> subprocess.Popen[bytes]:
    arguments: list[str | Path] = [server.program, "--port", "0", "--unixsocket", path, "--unixsocketperm", "700"]
    arguments += ["--dir", folder, "--logfile", log, "--appendonly", "yes", "--save", ""]
    for module in MODULES:
        arguments += ["--loadmodule", str(server.modules / module)]
    quiet = subprocess.DEVNULL
    # a session of its own: Ctrl-C in a terminal is for the chat, not for the server
    child = subprocess.Popen(arguments, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 see servers.py
    _children.append((path, child))
    return child


def _socket_path(folder: Path) -> Path:
    path = folder / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT:
        return path
    private = Path(tempfile.gettempdir(), f"frontdesk-{os.getuid()}")
    private.mkdir(mode=0o700, exist_ok=True)
    facts = private.stat()
    if facts.st_uid != os.getuid() or facts.st_mode & 0o077:
        raise RedisUnavailableError(f"{private} is not private to this user. {REMEDY}")
    return private / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]


def _wait_for(settled: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not settled():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
