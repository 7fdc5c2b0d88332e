"""``frontdesk tools``: what a desk's tools are, whether their contracts are sound, and trying one out."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from frontdesk.cli.options import DeskOption

if TYPE_CHECKING:
    from frontdesk.tools.openapi.drafts import Draft

group = typer.Typer(name="tools", no_args_is_help=True, help="The desk's tools and their contracts (docs/gateway.md).")

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
NameArgument = Annotated[str, typer.Argument(help="The tool's name.", show_default=False)]
ConnectionOption = Annotated[str, typer.Option("--connection", help="Name of the connection in desk.yaml.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for the contracts; nothing in it is overwritten.")]


@group.command("list")
def list_(desk: DeskOption = None, as_json: JsonOption = False) -> None:
    """List the tools: effect, who may, how sure of the caller, whether somebody is asked, where it goes."""
    from frontdesk.cli.opening import load
    from frontdesk.cli.toollines import listed, table

    rows = listed(load(desk)[0].tools.values())
    if as_json:
        _print(rows)
    else:
        for line in table(rows):
            typer.echo(line)


@group.command()
def show(name: NameArgument, desk: DeskOption = None, as_json: JsonOption = False) -> None:
    """Show a contract, what a model is told of it, and who may call it."""
    from frontdesk.cli.opening import load
    from frontdesk.cli.toollines import described, shown

    told = shown(load(desk)[0].tools, name)
    if as_json:
        _print(told)
    else:
        for line in described(told):
            typer.echo(line)


@group.command()
def call(
    name: NameArgument,
    arguments: Annotated[str, typer.Argument(help="Arguments as JSON; - for standard input.")] = "{}",
    desk: DeskOption = None,
    who: Annotated[str, typer.Option("--as", help="Customer who calls (default: the desk's demo customer).")] = "",
    scopes: Annotated[Optional[list[str]], typer.Option("--scope", help="Scope; repeat (default: the demo's).")] = None,  # noqa: UP045
    roles: Annotated[Optional[list[str]], typer.Option("--role", help="Role of the caller; repeat.")] = None,  # noqa: UP045
    verified: Annotated[str, typer.Option(help="How surely the caller is known: none, basic or strong.")] = "basic",
    turn: Annotated[str, typer.Option("--turn", help="The same id twice is the same call, which happens once.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen (a write's default).")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Make the write, as the customer's yes.")] = False,
) -> None:
    """Call a tool through the gateway, as a customer; leaves with 1 unless it is done, or would be."""
    from frontdesk.cli.toolcalls import Who, Wish, called

    text = sys.stdin.read() if arguments == "-" else arguments
    caller = Who(who, tuple(scopes or ()), tuple(roles or ()), verified)
    told = asyncio.run(called(desk, name, text, caller, Wish(dry_run, yes, turn)))
    if told["question"] and not told["dry"]:
        typer.echo(f"asked: {told['question']}", err=True)
    _print(told)
    if told["outcome"] not in {"done", "confirm", "approval"}:
        raise typer.Exit(1)


@group.command()
def lint(
    desk: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help="A desk folder, or the name of a desk that ships (default: retail).", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advice counts as a fault.")] = False,
    connectors: Annotated[
        bool, typer.Option("--connectors", help="Also let the connectors look: imports the desk's own functions.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Find every fault of every contract, with file, line and remedy, and give advice; leaves with 1 on faults."""
    from frontdesk.cli.toollint import linted, report

    found = linted(desk, connectors=connectors)
    if as_json:
        _print([finding.as_dict() for finding in found])
    else:
        for line in report(found):
            typer.echo(line)
    if any(strict or finding.level == "fault" for finding in found):
        raise typer.Exit(1)


@group.command()
def schema() -> None:
    """Print the JSON Schema of a contract (draft 2020-12)."""
    from frontdesk.desk.schemas import desk_schemas

    _print(desk_schemas()["tool.schema.json"])


@group.command("import-openapi")
def import_openapi(
    spec: Annotated[Path, typer.Argument(help="The document, JSON or YAML.", show_default=False)],
    connection: ConnectionOption,
    out: OutOption,
    operations: Annotated[Optional[list[str]], typer.Option("--operation", help="Only these; repeat.")] = None,  # noqa: UP045
    tags: Annotated[Optional[list[str]], typer.Option("--tag", help="Only operations with these; repeat.")] = None,  # noqa: UP045
) -> None:
    """Write one contract per operation of an OpenAPI document, for review; nothing is downloaded."""
    from frontdesk.tools.openapi.drafts import connection_text, import_openapi, write_drafts

    drafts = import_openapi(spec, connection, tuple(operations or ()), tuple(tags or ()))
    written = write_drafts(drafts, out)
    typer.echo(f"# for desk.yaml, where the connection is not there yet:\n{connection_text(spec, connection)}")
    _imported(written)


@group.command("import-mcp")
def import_mcp(
    connection: ConnectionOption,
    out: OutOption,
    desk: DeskOption = None,
    tools: Annotated[Optional[list[str]], typer.Option("--tool", help="Only these; repeat.")] = None,  # noqa: UP045
) -> None:
    """Ask an MCP server of desk.yaml for its tools, and write one contract per tool, for review."""
    from frontdesk.cli.toolimports import from_server
    from frontdesk.tools.openapi.drafts import write_drafts

    _imported(write_drafts(asyncio.run(from_server(desk, connection, tuple(tools or ()))), out))


@group.command()
def reconcile(
    desk: DeskOption = None,
    send: Annotated[bool, typer.Option("--send", help="Also send again what surely did not happen.")] = False,
    only_list: Annotated[
        bool, typer.Option("--list", help="Only list them: nobody is asked, nothing is sent.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Calls at most, the longest open first.")] = 100,
    as_json: JsonOption = False,
) -> None:
    """Find out what became of calls that were begun and never settled; leaves with 1 where a person has to look."""
    from frontdesk.cli.toolcalls import reconciled
    from frontdesk.cli.toollines import open_calls

    found = asyncio.run(reconciled(desk, send=send, limit=limit, only_list=only_list))
    if as_json:
        _print(found)
    else:
        for line in open_calls(found):
            typer.echo(line)
    if any(not one["settled"] for one in found):
        raise typer.Exit(1)


def _imported(drafts: list[Draft]) -> None:
    for draft in drafts:
        typer.echo(f"wrote {draft.written}" if draft.written else f"not written: {draft.operation}: {draft.problem}")
    if any(not draft.written for draft in drafts):
        raise typer.Exit(1)


def _print(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
