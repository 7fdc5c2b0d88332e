"""``frontdesk erase``, ``frontdesk hold`` and ``frontdesk receipt``."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from frontdesk.cli.options import DeskOption
from frontdesk.errors import ForeignReceiptError, MalformedReceiptError, PersonError, ReceiptError, TamperedReceiptError

if TYPE_CHECKING:
    from frontdesk.erasing import StoresWork
    from frontdesk.graph.persistence.erasure.receipt import Receipt

CODES = {TamperedReceiptError: 1, ForeignReceiptError: 3, MalformedReceiptError: 4}
"""Exit codes of ``receipt verify``; 0: genuine, 2: a wrong call or deployment, as everywhere."""
HELD = 3
"""Exit code of ``erase`` where a legal hold forbids it; 1: something remained."""

SubjectOption = Annotated[str, typer.Option("--subject", help="The customer's id.")]
TenantOption = Annotated[str, typer.Option("--tenant", help="The business (default: the desk's name).")]

holds = typer.Typer(
    name="hold", no_args_is_help=True, help="Legal holds: what is held is not erased and does not expire."
)
receipts = typer.Typer(name="receipt", no_args_is_help=True, help="Receipts of erasures.")


def erase(
    desk: DeskOption = None,
    subject: SubjectOption = "",
    tenant: TenantOption = "",
    thread: Annotated[str, typer.Option("--thread", help="Only this conversation.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    deep: Annotated[bool, typer.Option("--deep", help="Read the contents of every key afterwards (slow).")] = False,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", help="Write the receipt into this file (default: standard output)."),
    ] = None,
) -> None:
    """Erase everything held on a customer, or one conversation; leaves with 0 only when nothing remained."""
    if not subject and not thread:
        raise PersonError("name whom to erase: --subject, --thread, or both")
    _confirm(f"Erase {f'the conversation {thread}' if thread else 'everything'} of {subject or 'whoever had it'}?", yes)
    with ExitStack() as stack:
        # opened first: a receipt that cannot be written would be lost
        file = stack.enter_context(out.open("w", encoding="utf-8")) if out else sys.stdout
        receipt = asyncio.run(_erase(desk, subject, tenant, thread, deep))
        file.write(receipt.text())
    if receipt.outcome != "erased":
        what = "a legal hold forbids it; the request is kept" if receipt.held else "something remained; see the receipt"
        typer.echo(f"frontdesk: not erased: {what}", err=True)
        raise typer.Exit(HELD if receipt.held else 1)


@holds.command("set")
def set_hold(
    subject: SubjectOption,
    reason: Annotated[str, typer.Option("--reason", help="CODE:CASE, such as litigation:2026-0042.")],
    tenant: TenantOption = "",
    desk: DeskOption = None,
) -> None:
    """Hold a customer's data."""

    async def work() -> None:
        async with _opened(desk) as opened:
            await opened.hold(subject, reason, tenant=tenant or None)

    asyncio.run(work())
    typer.echo("held")


@holds.command("lift")
def lift_hold(
    subject: SubjectOption,
    reason: Annotated[str, typer.Option("--reason", help="The reason that it was set with, or its case alone.")],
    tenant: TenantOption = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    desk: DeskOption = None,
) -> None:
    """Lift a hold; erasures that were asked for meanwhile are carried out, and their receipts printed."""
    _confirm("Lift the hold? Erasures that wait for it are carried out at once.", yes)

    async def work() -> list[Receipt]:
        async with _opened(desk) as opened:
            return await opened.lift_hold(subject, reason.rpartition(":")[2], tenant=tenant or None)

    for receipt in asyncio.run(work()):
        typer.echo(receipt.text(), nl=False)
    typer.echo("lifted", err=True)


@holds.command("list")
def list_holds(desk: DeskOption = None) -> None:
    """List all holds: tenant, customer, reason, since when (UTC)."""

    async def work() -> None:
        async with _opened(desk) as opened:
            for hold in await opened.holds():
                since = datetime.fromtimestamp(hold.at, UTC).isoformat(timespec="seconds")
                typer.echo(f"{hold.tenant}\t{hold.subject}\t{hold.code}:{hold.case}\t{since}")

    asyncio.run(work())


@receipts.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The receipt.")],
    public_key: Annotated[
        str, typer.Option("--public-key", help="Check with this key alone (default: the deployment's keys).")
    ] = "",
) -> None:
    """Check a receipt: leaves with 0 when it is genuine, 1 altered, 3 signed with another key, 4 not a receipt."""
    from frontdesk.graph.persistence.erasure.receipt import read_public_key
    from frontdesk.graph.persistence.erasure.receipt import verify as verified

    try:
        publics = (read_public_key(public_key),) if public_key else asyncio.run(_publics())
        receipt = verified(file.read_bytes(), publics)
    except ReceiptError as error:
        typer.echo(f"frontdesk: {error}", err=True)
        raise typer.Exit(CODES[type(error)]) from None
    left = sum(receipt.remaining.values())
    typer.echo(
        f"{receipt.id}: genuine; {receipt.outcome} {receipt.at}, {left} remained of {receipt.scanned} keys looked at"
    )


@receipts.command()
def key() -> None:
    """Print the public keys that check this deployment's receipts, the current one first: base64, then fingerprint."""
    from frontdesk.graph.persistence.erasure.receipt import fingerprint

    for public in asyncio.run(_publics()):
        typer.echo(f"{base64.b64encode(public).decode()} {fingerprint(public)}")


def _confirm(question: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise PersonError("nobody is there to ask; add --yes to go on without")
    typer.confirm(question, abort=True)


async def _erase(desk: str | None, subject: str, tenant: str, thread: str, deep: bool) -> Receipt:
    async with _opened(desk) as opened:
        return await opened.erase(subject or None, tenant=tenant or None, thread_id=thread or None, deep=deep)


@asynccontextmanager
async def _opened(name: str | None) -> AsyncIterator[StoresWork]:
    """Open the stores of a desk, without its tools, models and router."""
    from frontdesk.cli.opening import load
    from frontdesk.erasing import StoresWork
    from frontdesk.stores import connect_stores

    desk, settings = load(name)
    async with connect_stores(desk, settings) as stores:
        yield StoresWork(stores, desk.config.name)


async def _publics() -> tuple[bytes, ...]:
    """Return the deployment's public keys; Redis is asked only where a key service keeps the keys there."""
    from frontdesk.cli.key import opened
    from frontdesk.graph.persistence.erasure.receipt import PURPOSE, public_keys
    from frontdesk.graph.persistence.keys import find_keys
    from frontdesk.graph.persistence.keyservice import VARIABLE
    from frontdesk.graph.persistence.sealer import Sealer
    from frontdesk.settings import load_settings

    settings = load_settings()
    environment = settings.key_environment()
    if environment.get(VARIABLE):
        async with opened() as (_, sealer):
            return public_keys(sealer.derived(PURPOSE))
    keys = await asyncio.to_thread(find_keys, environment, settings.home, local=settings.redis_url is None)
    return public_keys(Sealer(keys).derived(PURPOSE))
