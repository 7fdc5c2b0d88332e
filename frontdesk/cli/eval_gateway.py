"""``frontdesk eval gateway``: a whole back office as a desk, its tasks run through the gateway and beside it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, Optional

import typer


def gateway(
    schemas: Annotated[
        Path, typer.Option("--schemas", help="Tool schemas (JSON Lines or JSON); tool_signatures beside it is read.")
    ],
    tasks: Annotated[Path, typer.Option("--tasks", help="JSON Lines or JSON: id, actions[] of name and arguments.")],
    db: Annotated[Path, typer.Option("--db", help="Folder with db_NAME.jsonl (`_key`: a mapping) or db_NAME.json.")],
    out: Annotated[Path, typer.Option("--out", help="Gets one JSON record per task; replaced when it exists.")],
    tools: Annotated[
        str,
        typer.Option(
            "--tools", help="File or module with the functions (default: our own for tau_retail, or a recorder)."
        ),
    ] = "",
    mangle: Annotated[
        Optional[int],  # noqa: UP045 - typer reads the annotation at run time
        typer.Option("--mangle", help="Seed: the model damages the JSON text of its calls."),
    ] = None,
    redis: Annotated[bool, typer.Option("--redis", help="Ledger and audit in the embedded Redis.")] = False,
) -> None:
    """Run every task through the gateway and with the plain functions; the data must come out equal."""
    from frontdesk.evals.gateway.run import Options, evaluate

    options = Options(schemas, tasks, db, out, tools, mangle, redis)
    figures = asyncio.run(evaluate(options, lambda line: typer.echo(line, err=True)))
    typer.echo(json.dumps(figures, ensure_ascii=False))


__all__ = ["gateway"]
