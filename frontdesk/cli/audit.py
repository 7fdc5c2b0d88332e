"""``frontdesk audit``: verify the chain of decisions, export it, anchor it, look at it."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from frontdesk.cli.auditlines import lines, report, told
from frontdesk.errors import AuditError

if TYPE_CHECKING:
    from frontdesk.tools.auditing.exporting import Wanted
    from frontdesk.tools.auditing.verifying import Told

group = typer.Typer(name="audit", no_args_is_help=True, help="The chain of decisions: verify, export, anchor, show.")

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TimeOption = "UTC, such as 2026-05-01 or 2026-05-01T12:00."


@group.command()
def verify(
    file: Annotated[Optional[Path], typer.Argument(help="An exported file (default: the log in Redis).")] = None,  # noqa: UP045
    anchor: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--anchor", help="A head that `frontdesk audit anchor` printed earlier."),
    ] = None,
    public_key: Annotated[
        str, typer.Option("--public-key", help="Check a file with this key alone, as an auditor does.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Find the first record that was changed, removed, inserted or moved; leaves with 1 where there is one."""
    if public_key and not file:
        raise typer.BadParameter("name the exported file that the public key checks", param_hint="--public-key")
    try:
        found = asyncio.run(_verified(file, anchor.read_bytes() if anchor else None, public_key))
    except AuditError as error:
        said = json.dumps({"whole": False, "error": str(error)}) if as_json else f"frontdesk: {error}"
        typer.echo(said, err=not as_json)
        raise typer.Exit(1) from None
    typer.echo(json.dumps(report(found)) if as_json else "\n".join(lines(found)))
    if found.fault:
        raise typer.Exit(1)


@group.command()
def export(
    out: Annotated[Optional[Path], typer.Option("--out", help="Into this file (default: standard output).")] = None,  # noqa: UP045
    since: Annotated[str, typer.Option("--since", help=f"Bodies from then on. {TimeOption}")] = "",
    until: Annotated[str, typer.Option("--until", help=f"Bodies from before then. {TimeOption}")] = "",
    tenant: Annotated[str, typer.Option("--tenant", help="Only bodies of this business.")] = "",
    decision: Annotated[str, typer.Option("--decision", help="Only bodies of this decision, such as done.")] = "",
    tool: Annotated[str, typer.Option("--tool", help="Only bodies of this tool.")] = "",
) -> None:
    """Write the log as JSON Lines with a signed end; records without their bodies are there by their digests."""
    from frontdesk.tools.auditing.exporting import Wanted

    fields = {name: text for name, text in (("tenant", tenant), ("decision", decision), ("tool", tool)) if text}
    wanted = Wanted(_moment(since, "--since"), _moment(until, "--until"), fields)
    with ExitStack() as stack:
        file = stack.enter_context(out.open("w", encoding="utf-8", newline="\n")) if out else sys.stdout

        async def work() -> None:
            async for line in _exported(wanted):
                file.write(line + "\n")

        try:
            asyncio.run(work())
        except AuditError as error:
            typer.echo(f"frontdesk: {error}", err=True)
            raise typer.Exit(1) from None


@group.command()
def anchor() -> None:
    """Print the signed head of the log: keep it where who can write to Redis cannot, for `verify --anchor`."""

    async def work() -> str:
        from frontdesk.cli.key import opened
        from frontdesk.tools.auditing.exporting import anchor as anchored

        async with opened() as (client, sealer):
            return (await anchored(client, sealer, time.time())).text()

    typer.echo(asyncio.run(work()))


@group.command()
def key() -> None:
    """Print the public keys that check exported files and anchors, the current one first: base64, then fingerprint."""

    async def work() -> tuple[bytes, ...]:
        from frontdesk.cli.key import opened
        from frontdesk.tools.auditing.heads import publics

        async with opened() as (_, sealer):
            return publics(sealer)

    from frontdesk.graph.persistence.erasure.receipt import fingerprint

    for public in asyncio.run(work()):
        typer.echo(f"{base64.b64encode(public).decode()} {fingerprint(public)}")


@group.command()
def show(
    thread: Annotated[str, typer.Option("--thread", help="Server-made id of a conversation, or its pseudonym.")] = "",
    call: Annotated[str, typer.Option("--call", help="Digest of a call: the end of its ledger entry's name.")] = "",
    last: Annotated[int, typer.Option("--last", min=1, help="Only so many, the newest.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Show records; nothing is verified here."""

    async def work() -> list[dict[str, Any]]:
        from frontdesk.cli.key import opened
        from frontdesk.tools.auditing.exporting import found

        async with opened() as (client, sealer):
            threads = {thread, sealer.pseudonym(thread)} if thread else set()
            return await found(client, threads, call, last)

    for record in asyncio.run(work()):
        typer.echo(json.dumps(record, ensure_ascii=False) if as_json else told(record))


@group.command()
def resume(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Go on after the head of the chain was lost; the log says so from then on, and `verify` what else is wrong."""
    if not yes:
        typer.confirm("Seal a new head behind the newest record that is there?", abort=True)

    async def work() -> int:
        from frontdesk.cli.key import opened
        from frontdesk.tools.auditing.resuming import resume as resumed

        async with opened() as (client, sealer):
            return await resumed(client, sealer, time.time())

    typer.echo(f"resumed; record {asyncio.run(work())} says so")


async def _verified(file: Path | None, kept: bytes | None, public_key: str) -> Told:
    from frontdesk.cli.key import opened
    from frontdesk.graph.persistence.erasure.receipt import read_public_key
    from frontdesk.tools.auditing.files import verify_file
    from frontdesk.tools.auditing.heads import publics, read_head
    from frontdesk.tools.auditing.resealing import macs_of
    from frontdesk.tools.auditing.walking import check

    if file and public_key:
        keys = (read_public_key(public_key),)
        with file.open("rb") as source:
            return verify_file(source, keys, None, read_head(kept, keys) if kept else None)
    async with opened() as (client, sealer):
        head = read_head(kept, publics(sealer)) if kept else None
        if not file:
            return await check(client, await macs_of(client, sealer), head.mark if head else None)
        with file.open("rb") as source:
            return verify_file(source, publics(sealer), await macs_of(client, sealer), head)


async def _exported(wanted: Wanted) -> AsyncIterator[str]:
    from frontdesk.cli.key import opened
    from frontdesk.tools.auditing.exporting import export as exported

    async with opened() as (client, sealer):
        async for line in exported(client, sealer, wanted, time.time()):
            yield line


def _moment(text: str, option: str) -> float | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write it in {TimeOption}", param_hint=option) from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
