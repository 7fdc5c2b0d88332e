"""``frontdesk approvals``: the second person's yes or no from the command line of the machine that has the key.

Whoever may run this may act as anybody, as with every command that opens the stores: ``--as`` says who decides, for the
audit, and has to be somebody else than the customer. People without that machine use ``/approvals`` over HTTP.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from frontdesk.cli.options import DeskOption
from frontdesk.errors import PersonError

if TYPE_CHECKING:
    from frontdesk.graph.identity import Principal
    from frontdesk.service import FrontDesk

group = typer.Typer(name="approvals", no_args_is_help=True, help="Calls that wait for a second person.")

AsOption = Annotated[str, typer.Option("--as", help="Who decides: your id, which the audit trail keeps.")]
IdArgument = Annotated[str, typer.Argument(help="The id, as `list` shows it.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="For the record; the customer never reads it.")]


@group.command("list")
def list_(who: AsOption, desk: DeskOption = None) -> None:
    """List what waits: id, tool, until when (UTC), what the customer said yes to (masked)."""

    async def work(opened: FrontDesk, approver: Principal) -> None:
        for item in await opened.approvals(approver=approver):
            until = datetime.fromtimestamp(item["expires_at"], UTC).isoformat(timespec="seconds")
            typer.echo(f"{item['id']}\t{item['tool']}\t{until}\t{' '.join(item['question'].split())}")

    _run(desk, who, work)


@group.command()
def show(approval: IdArgument, who: AsOption, desk: DeskOption = None) -> None:
    """Show one as JSON, masked."""

    async def work(opened: FrontDesk, approver: Principal) -> None:
        _print(await opened.approval(approval, approver=approver))

    _run(desk, who, work)


@group.command()
def approve(approval: IdArgument, who: AsOption, reason: ReasonOption = "", desk: DeskOption = None) -> None:
    """Approve a call, and make it now; leaves with 1 unless it is done."""
    _decide(desk, who, approval, granted=True, reason=reason)


@group.command()
def deny(approval: IdArgument, who: AsOption, reason: ReasonOption = "", desk: DeskOption = None) -> None:
    """Deny a call; the customer is told in the next turn of the conversation."""
    _decide(desk, who, approval, granted=False, reason=reason)


def _decide(desk: str | None, who: str, approval: str, *, granted: bool, reason: str) -> None:
    came: dict[str, Any] = {}

    async def work(opened: FrontDesk, approver: Principal) -> None:
        came.update(await opened.decide_approval(approval, granted=granted, approver=approver, reason=reason))
        _print(came)

    _run(desk, who, work)
    if granted and came["outcome"] != "done":
        raise typer.Exit(1)


def _run(desk_name: str | None, who: str, work: Callable[[FrontDesk, Principal], Awaitable[None]]) -> None:
    from frontdesk.assembly import open_desk
    from frontdesk.cli.opening import load
    from frontdesk.graph.identity import Principal

    async def opened() -> None:
        desk, settings = load(desk_name)
        approver = Principal(who, desk.config.name, roles=frozenset(desk.config.gateway.approver_roles))
        if not approver.signed_in:
            raise PersonError("name who decides: --as YOUR-ID")
        async with open_desk(desk, settings) as frontdesk:
            await work(frontdesk, approver)

    asyncio.run(opened())


def _print(record: dict[str, Any]) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
