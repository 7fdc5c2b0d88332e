"""``frontdesk export`` and ``frontdesk sweep``: on the stores alone; no model, no tool and no turn is needed."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from frontdesk.cli.options import DeskOption
from frontdesk.errors import DataError

if TYPE_CHECKING:
    from frontdesk.rights import StoresRights


def export(
    subject: Annotated[str, typer.Option(help="The customer's id.")],
    tenant: Annotated[str, typer.Option(help="The business (default: the desk's).")] = "",
    out: Annotated[Optional[Path], typer.Option(help="File to write, readable by you alone; else the screen.")] = None,  # noqa: UP045
    form: Annotated[str, typer.Option("--format", help="json, or md to read.")] = "json",
    desk: DeskOption = None,
) -> None:
    """Write down all that is held on a person, in clear."""
    if form not in ("json", "md"):
        raise typer.BadParameter(f"{form!r} is no format; json or md", param_hint="--format")
    if not subject.strip():
        raise typer.BadParameter("name the customer's id", param_hint="--subject")
    text = asyncio.run(_exported(desk, subject, tenant, form))
    if out is None:
        typer.echo(text, nl=False)
        return
    write_private(out, text)
    typer.echo(f"written: {out} (personal data in clear; mode 0600)", err=True)


def sweep(desk: DeskOption = None) -> None:
    """Delete or anonymise what is over its time, as the desk says; servers do so once an hour."""
    done = asyncio.run(_swept(desk))
    typer.echo(json.dumps(done))
    if done["busy"]:
        typer.echo("another sweep is running; nothing was done", err=True)
        raise typer.Exit(1)


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else may read: made with mode 0600, and never through a link.

    Raises:
        DataError: There is a file of that name already: its readers are not known.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        handle = os.open(path, flags, 0o600)
    except FileExistsError:
        raise DataError(f"{path}: there is such a file already; name a new one, or delete it first") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


async def _exported(desk: str | None, subject: str, tenant: str, form: str) -> str:
    from frontdesk.graph.identity import Principal
    from frontdesk.graph.persistence.life.export import markdown

    async with _rights(desk) as rights:
        found = await rights.export(Principal(subject, tenant or rights.rules.name))
    return markdown(found) if form == "md" else json.dumps(found, ensure_ascii=False, indent=2) + "\n"


async def _swept(desk: str | None) -> dict[str, Any]:
    async with _rights(desk) as rights:
        return (await rights.sweep_all()).as_dict()


@asynccontextmanager
async def _rights(desk_name: str | None) -> AsyncIterator[StoresRights]:
    from frontdesk.cli.opening import load
    from frontdesk.rights import StoresRights
    from frontdesk.stores import connect_stores

    desk, settings = load(desk_name)
    async with connect_stores(desk, settings) as stores:
        yield StoresRights(stores, desk.config)
