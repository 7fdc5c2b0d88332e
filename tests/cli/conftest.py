"""The command line as a person or a script meets it, and a desk in this process to talk to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from frontdesk import FrontDesk, Settings, open_desk
from frontdesk.cli.session import Session
from tests.support.small import DEMO, small_desk

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Runs ``python -m frontdesk`` with a home of its own; every warning but those of imports fails it."""

    def run(*arguments: str, said: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "FRONTDESK_HOME": str(tmp_path / "home"), **variables}
        return subprocess.run(
            [sys.executable, "-m", "frontdesk", *arguments],
            input=said, env=environment, capture_output=True, text=True, timeout=60, cwd=tmp_path,
        )  # fmt: skip

    return run


@dataclass
class Talk:
    """A session whose screen can be read."""

    session: Session
    screen: StringIO

    async def say(self, *lines: str) -> str:
        """Enter lines; return what was printed since."""
        begin = len(self.screen.getvalue())
        for line in lines:
            assert await self.session.handle(line), line
        return self.screen.getvalue()[begin:]


def console_on(screen: StringIO, *, terminal: bool = False, width: int = 80, height: int = 24) -> Console:
    """A console that writes into ``screen``, coloured and moving where it is a terminal."""
    return Console(
        file=screen, force_terminal=terminal, force_interactive=terminal, width=width, height=height, highlight=False,
        color_system="truecolor" if terminal else None, legacy_windows=False, _environ={},
    )  # fmt: skip


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[FrontDesk]:
    async with open_desk(small_desk(), Settings(home=tmp_path, redis="memory"), principal=DEMO) as desk:
        yield desk


@pytest.fixture
async def talk(opened: FrontDesk) -> Talk:
    screen = StringIO()
    return Talk(Session(opened, console_on(screen), DEMO, "test"), screen)
