"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

DeskOption = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation at run time
    typer.Option("--desk", "-d", help="A desk folder, or the name of a desk that ships (default: retail)."),
]
