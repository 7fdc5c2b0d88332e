"""The whole command in a process of its own: over a pipe, and on a terminal."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from frontdesk.cli.lines import prompted
from frontdesk.cli.text import safe
from frontdesk.graph.persistence.keys import new_key
from tests.cli.conftest import Command, console_on

pytest.importorskip("termios", reason="pseudo terminals are a Unix matter")
DEADLINE = 20.0
"""Seconds for a step; only a hang takes that long."""


def test_a_script_on_a_pipe(command: Command) -> None:
    said = "what is your return policy?\nmy mail is jane@doe.example\n/why\n/history\n/nonsense\n"
    done = command("chat", "--thread", "scripted", said=said, FRONTDESK_REDIS="memory")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # neither warnings nor log lines
    first, *_ = done.stdout.splitlines()
    assert "opening the desk" in first
    assert "No model is configured" in done.stdout
    assert "nothing of this survives" in done.stdout
    assert "you  › what is your return policy?\ndesk › " in done.stdout
    assert "sources  [returns]" in done.stdout
    assert "EMAIL ×1" in done.stdout
    assert "There is no command /nonsense" in done.stdout
    assert "\x1b" not in done.stdout


class Terminal:
    """A person at a terminal, with the command running in it."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        ours, theirs = os.openpty()
        self._ours = ours
        self.seen = ""
        self._at = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def until(self, words: str) -> str:
        """Read until ``words`` appear after those that were waited for before; return what came with them."""
        begin, deadline = self._at, time.monotonic() + DEADLINE
        while (found := safe(self.seen).find(words, begin)) < 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._ours], [], [], left)[0] or not self._read():
                raise AssertionError(f"{words!r} did not come; seen: {safe(self.seen)[begin:][-2000:]}")
        self._at = found + len(words)
        return safe(self.seen)[begin : self._at]

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def _read(self) -> bool:
        with contextlib.suppress(OSError):  # Linux says so when the other side is closed
            if read := os.read(self._ours, 65_536):
                self.seen += read.decode(errors="replace")
                return True
        return False

    def status(self) -> int:
        """Read to the end and return the status."""
        while self._read():
            pass
        return self.process.wait(DEADLINE)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._ours)


# The pseudo terminal becomes the controlling one, so that Ctrl-C is a signal during a turn as it is for a person.
LAUNCH = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from frontdesk.cli import main
main(sys.argv[1:])
"""


def test_a_person_at_a_terminal(tmp_path: Path, redis_url: str, redis_client: object) -> None:
    environment = {
        **os.environ, "FRONTDESK_HOME": str(tmp_path), "REDIS_URL": redis_url, "FRONTDESK_KEY": new_key(),
        "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", "PROMPT_TOOLKIT_NO_CPR": "1",
    }  # fmt: skip
    with Terminal(["chat", "--thread", "seen"], environment) as terminal:
        terminal.until("you  ›")
        assert "No model is configured" in safe(terminal.seen)
        terminal.press("what is your return policy?\r")
        assert "sources  [returns]" in terminal.until("help/returns")
        terminal.until("you  ›")
        terminal.press("\x03")  # at the prompt: a hint, not the end
        terminal.until("Ctrl-D or /quit")
        terminal.until("you  ›")
        terminal.press("/wh\t\r")  # Tab completes
        terminal.until("citations")
        terminal.until("you  ›")
        terminal.process.terminate()  # as the closing of the window does
        assert terminal.status() == 143


async def test_the_prompt_reads_lines_until_ctrl_d() -> None:
    screen = StringIO()
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("  hello \r")
        keys.send_text("half a line\x03")  # dropped, with a hint
        keys.send_text("/hi\t\r")  # Tab completes
        keys.send_text("\x04")
        entered = [line async for line in prompted(console_on(screen), ["/history", "/help"])]
    assert entered == ["hello", "/history"]
    assert screen.getvalue() == "Ctrl-D or /quit to leave\n"
