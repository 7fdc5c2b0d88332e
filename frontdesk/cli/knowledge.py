"""``frontdesk knowledge``: import, lint, search and statistics of a desk's pages."""

from __future__ import annotations

import asyncio
import json
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from frontdesk.cli.options import DeskOption

group = typer.Typer(name="knowledge", no_args_is_help=True, help="The pages that answers rest on (docs/knowledge.md).")

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class Audience(str, Enum):  # noqa: UP042 - typer 0.19 shows the values of this form
    """Who may read a page."""

    public = "public"
    customer = "customer"


@group.command("import")
def import_(
    sources: Annotated[
        list[Path],
        typer.Argument(help="HTML and PDF files, folders of such, mirrors with a sitemap.xml.", show_default=False),
    ],
    to: Annotated[Path, typer.Option("--to", help="The desk's knowledge folder.", show_default=False)],
    audience: Annotated[
        Audience | None, typer.Option(help="Who may read the pages (default: as they have it, else public).")
    ] = None,
    language: Annotated[str, typer.Option(help="Tag of their language (default: as the documents say).")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Also pages that somebody edited.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make pages of HTML, PDF or a mirrored site; pages that somebody edited since stay as they are."""
    from frontdesk.cli.pages import imported, imported_lines
    from frontdesk.knowledge.importing import Rules

    rules = Rules(audience.value if audience else "", language, dry_run, overwrite)
    done, faults = imported(sources, to, rules)
    if as_json:
        _print({"pages": [one.as_dict() for one in done], "faults": faults})
    else:
        for line in imported_lines(done, faults, dry_run=dry_run):
            typer.echo(line)
    if faults or any(one.outcome == "failed" for one in done):
        raise typer.Exit(1)


@group.command()
def lint(
    desk: DeskOption = None,
    days: Annotated[int, typer.Option(min=0, max=400, help="Also look at the counters of so many days.")] = 0,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Find stale, expired, contradictory, duplicate, unreachable and unused pages; leave with 1 on errors."""
    from frontdesk.cli.pages import linted, linted_lines

    found = linted(desk, days)
    if as_json:
        _print([finding.as_dict() for finding in found])
    else:
        for line in linted_lines(found):
            typer.echo(line)
    if any(finding.level == "error" or strict for finding in found):
        raise typer.Exit(1)


@group.command()
def stats(
    desk: DeskOption = None,
    days: Annotated[int, typer.Option(min=1, max=400, help="Days that count, with today.")] = 30,
    as_json: JsonOption = False,
) -> None:
    """Print how often each page was drawn on and cited, and which questions no page covered."""
    from frontdesk.cli.pages import counted, stats_lines

    told = asyncio.run(counted(desk, days))
    if as_json:
        _print(told)
    else:
        for line in stats_lines(told):
            typer.echo(line)


@group.command()
def search(
    query: Annotated[str, typer.Argument(help="A customer's words.", show_default=False)],
    desk: DeskOption = None,
    signed_in: Annotated[bool, typer.Option("--signed-in", help="As a customer who has signed in.")] = False,
    language: Annotated[str, typer.Option(help="Tag of the customer's language.")] = "",
    limit: Annotated[int, typer.Option(min=0, max=20, help="Passages (default: as the desk says).")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Print what the desk would find for a text, how certain that is, and whether it counts as covered."""
    from frontdesk.cli.opening import load
    from frontdesk.cli.pages import search_lines
    from frontdesk.knowledge.asking import Question, ask

    loaded, settings = load(desk)
    told = asyncio.run(ask(loaded, settings, Question(query, signed_in, language, limit)))
    if as_json:
        _print(told)
    else:
        for line in search_lines(told):
            typer.echo(line)


def _print(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
