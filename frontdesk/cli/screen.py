"""What moves on the screen while a turn runs: the stage, then the text as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from frontdesk.cli.text import Said, finished_blocks
from frontdesk.reply import StageEvent

DOING = {
    "scrub": "taking out personal data",
    "guard": "checking the message",
    "route": "finding out what it is about",
    "recall": "looking up pages",
    "decide": "deciding who answers",
    "cached": "looking for an answer given before",
    "refuse": "declining",
    "clarify": "asking back",
    "confirm": "reading your answer",
    "respond": "thinking",
    "act": "looking into the systems",
    "handoff": "calling a colleague",
    "relay": "passing it on to a colleague",
    "review": "checking the answer",
    "remember": "taking notes",
    "reply": "answering",
}
QUEUED = "waiting for its turn"
"""Before the first stage: another turn of the conversation may still run, here or in another process."""
SLOW = 2.0
"""Seconds after which the waiting time is shown."""


class _Stage:
    """A spinner with the stage and, when it takes long, the seconds since the message was sent."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start the clock."""
        self._clock = clock
        self._began = clock()
        self._spinner = Spinner("dots", style="cyan")
        self.label = QUEUED

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield one line."""
        seconds = self._clock() - self._began
        passed = f"  {seconds:.0f} s" if seconds >= SLOW else ""
        self._spinner.update(text=Text(f"{self.label} …{passed}", style="dim"))
        yield self._spinner


class Waiting:
    """Shows the stage while a turn runs, then its text as it comes.

    Finished paragraphs are printed for good and scroll up; only the paragraph that still grows is drawn anew, and never
    more of it than fits the screen. So a reply that is longer than the screen leaves no line twice in the scrollback.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the console; ``clock`` gives seconds."""
        self._console = console
        self._stage = _Stage(clock)
        self._live = Live(self._stage, console=console, refresh_per_second=12, transient=True, vertical_overflow="crop")
        self._rest = ""
        self._begun = False
        self._over = False

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe what moved and print what is left; what comes later is not shown."""
        self._over = True
        self._live.update(Text())  # at its end Live draws everything, also what does not fit: it must be nothing
        self._live.stop()
        if self._rest.strip():
            self._print(self._rest.rstrip())

    def stage(self, event: StageEvent) -> None:
        """Show a stage that begins."""
        if event.phase == "start":
            self._stage.label = DOING.get(event.stage, event.stage)

    def text(self, piece: str) -> None:
        """Show a piece of the reply."""
        if self._over:
            return
        self._rest += piece
        if self._console.is_terminal:
            blocks, self._rest = finished_blocks(self._rest)
            for block in blocks:
                self._print(block)
            self._live.update(self._said(self._rest) if self._rest.strip() else Text())

    def retract(self) -> None:
        """Take back what was shown; what stands on the screen for good is called off in words."""
        self._rest = ""
        if self._begun and not self._over:
            self._console.print(Text("Let me say that again:", style="dim"))
            self._begun = False

    def _print(self, block: str) -> None:
        if self._begun:
            self._console.print()
        self._said(block).print(self._console)
        self._begun = True

    def _said(self, text: str) -> Said:
        return Said("" if self._begun else "desk", text)
