"""``frontdesk check``."""

from __future__ import annotations

from pathlib import Path

import typer

from frontdesk.desk.load import Desk
from frontdesk.desk.schemas import write_schemas
from frontdesk.errors import DeskError


def run(name: str, schemas: Path | None) -> None:
    """Print what the desk holds, or all its faults and leave with status 1."""
    if schemas is not None:
        for path in write_schemas(schemas):
            typer.echo(f"wrote {path}")
    try:
        desk = Desk.load(name)
    except DeskError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    counts = f"{len(desk.intents)} intents, {len(desk.pages)} pages, {len(desk.tools)} tools"
    typer.echo(f"{desk.config.name}: {counts}, no faults")
