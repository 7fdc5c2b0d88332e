"""The command line: ``frontdesk chat | serve | studio | check | graph | key | scrub | eval | train | erase …``."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    Args:
        arguments: By default those of the process.

    Raises:
        SystemExit: Always, with 0; 1 for a command that found faults; 2 for a wrong call or a deployment that a
            person must mend, which is printed without a stack trace; 130 after Ctrl-C.
    """
    from frontdesk.cli.app import app
    from frontdesk.errors import FrontdeskError

    try:
        app(arguments, prog_name="frontdesk")
    except FrontdeskError as error:
        _leave(f"frontdesk: {error}")
    except OSError as error:  # a full disk, a folder that may not be written: a person's to mend as well
        _leave(f"frontdesk: {type(error).__name__}: {error}")


def _leave(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - the one place that speaks for a failed command
    raise SystemExit(2) from None
