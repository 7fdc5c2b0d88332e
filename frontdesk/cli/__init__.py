"""The command line: ``frontdesk chat | serve | studio | check | graph | key``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; an error that a person must act on is printed without a stack trace."""
    from frontdesk.cli.app import app
    from frontdesk.errors import FrontdeskError

    try:
        app()
    except FrontdeskError as error:
        print(f"frontdesk: {error}", file=sys.stderr)  # noqa: T201 - the one place that speaks for a failed command
        raise SystemExit(2) from None
