"""Where the log lines of a command go."""

from __future__ import annotations

import logging
import sys

from rich.console import Console

from frontdesk.cli.text import plain
from frontdesk.settings import Settings


class ConsoleLog(logging.Handler):
    """Prints log lines above whatever moves on the screen, not through it."""

    def __init__(self, console: Console) -> None:
        """Take the console."""
        super().__init__()
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        """Print a line."""
        self._console.print(plain(self.format(record), "dim"), soft_wrap=True)


def begin(console: Console, settings: Settings, default: str = "") -> None:
    """Log to the error stream, or through the console where that is the same screen.

    Args:
        console: What a person reads.
        settings: Say from which level on frontdesk's own lines are logged. Of the libraries only warnings are: at
            lower levels some of them log what is sent to a model.
        default: The level where the settings say nothing; empty for theirs.
    """
    chosen = settings.log_level if "log_level" in settings.model_fields_set else default or settings.log_level
    shared = console.is_terminal and sys.stderr.isatty()
    handler = ConsoleLog(console) if shared else logging.StreamHandler()
    logging.basicConfig(level="WARNING", handlers=[handler], format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("frontdesk").setLevel(chosen)
