"""The commands and their options; what they do stands in the modules beside this one, imported when needed."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Annotated, Optional

from frontdesk import __version__

with warnings.catch_warnings():
    # typer 0.19, to which guardrails-ai holds us, uses names that click 8.5 deprecates; no user can act on that
    warnings.simplefilter("ignore", DeprecationWarning)
    import typer

from frontdesk.cli.approvals import group as approvals
from frontdesk.cli.audit import group as audits
from frontdesk.cli.cache import group as caches
from frontdesk.cli.calibrate import group as calibrations
from frontdesk.cli.erasure import erase, holds, receipts
from frontdesk.cli.eval import From, HeadOption
from frontdesk.cli.eval import group as evaluations
from frontdesk.cli.key import group as keys
from frontdesk.cli.knowledge import group as knowledge
from frontdesk.cli.options import DeskOption
from frontdesk.cli.rights import export, sweep
from frontdesk.cli.tools import group as tools
from frontdesk.cli.train import group as trainings
from frontdesk.cli.usage import usage

app = typer.Typer(
    name="frontdesk",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

app.command()(export)
app.command()(sweep)
app.command()(usage)
app.add_typer(approvals)
app.add_typer(audits)
app.add_typer(calibrations)
app.add_typer(evaluations)
app.add_typer(caches)
app.add_typer(keys)
app.add_typer(knowledge)
app.add_typer(holds)
app.add_typer(receipts)
app.command()(erase)
app.add_typer(tools)
app.add_typer(trainings)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"frontdesk {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """An open customer-service agent."""


@app.command()
def chat(
    desk: DeskOption = None,
    thread: Annotated[str, typer.Option(help="Which conversation to go on with.")] = "terminal",
    customer: Annotated[str, typer.Option(help="Sign in as this customer (default: the desk's demo customer).")] = "",
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Do not sign in.")] = False,
) -> None:
    """Talk to a desk in the terminal."""
    from frontdesk.cli.chat import run

    run(desk, thread=thread, customer=customer, anonymous=anonymous)


@app.command()
def serve(
    desk: DeskOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any free one.")] = -1,
    demo: Annotated[
        bool, typer.Option("--demo", help="Callers without a token are the desk's demo customer (loopback only).")
    ] = False,
) -> None:
    """Serve a desk over HTTP."""
    from frontdesk.cli.serve import run

    run(desk, host=host, port=port, demo=demo)


@app.command()
def studio(port: Annotated[int, typer.Option(help="Port to listen on.")] = 2025) -> None:
    """Start LangGraph Studio's server (langgraph dev) with all telemetry off."""
    from frontdesk.cli.studio import run

    run(port)


@app.command()
def check(
    desk: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help="A desk folder, or the name of a desk that ships (default: retail).", show_default=False),
    ] = None,
    schemas: Annotated[Optional[Path], typer.Option(help="Also write the JSON Schemas into this folder.")] = None,  # noqa: UP045
) -> None:
    """Check a desk folder: every fault with file, line and remedy."""
    from frontdesk.cli.check import check as checked

    done, warnings, faults = checked(desk, schemas)
    for line in done:
        typer.echo(line)
    for line in warnings:
        typer.echo(line, err=True)
    if faults:
        typer.echo(faults, err=True)
        raise typer.Exit(1)


@app.command()
def scrub(
    files: Annotated[list[str], typer.Argument(help="Text files; - for standard input.", show_default=False)],
    desk: DeskOption = None,
    head: HeadOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per file.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Show the values that were found, too.")] = False,
    check_only: Annotated[bool, typer.Option("--check", help="Leave with 1 when something is found.")] = False,
) -> None:
    """Find personal data in a text: what, where and why, and the text without it."""
    from frontdesk.cli.scrub import Shown, run

    if run(files, desk, head.value if head else None, Shown(as_json, show, check_only)) and check_only:
        raise typer.Exit(1)


@app.command()
def guard(
    text: Annotated[str, typer.Argument(help="What to judge; - for standard input.", show_default=False)],
    desk: DeskOption = None,
    channel: Annotated[From, typer.Option(help="Where the text comes from.")] = From.user,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    check_only: Annotated[bool, typer.Option("--check", help="Leave with 1 unless the text is allowed.")] = False,
) -> None:
    """Judge a text as the input guards do, without the second tier: what each check says, and why."""
    from frontdesk.cli.guard import run

    if not run(text, channel.value, desk, as_json=as_json) and check_only:
        raise typer.Exit(1)


@app.command()
def graph() -> None:
    """Print the graph as Mermaid."""
    from frontdesk.cli.graph import mermaid

    typer.echo(mermaid())
