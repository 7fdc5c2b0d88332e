"""``frontdesk chat``: a conversation in the terminal, or over a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from importlib import import_module
from typing import TYPE_CHECKING

from rich.console import Console

from frontdesk import __version__

if TYPE_CHECKING:
    from frontdesk.cli.interrupt import Patience
    from frontdesk.desk.load import Desk
    from frontdesk.graph.identity import Principal
    from frontdesk.settings import Settings


TERMINATED = 143
"""What a shell reports for a command that was told to end (128 + SIGTERM)."""


def run(desk_name: str | None, *, thread: str, customer: str, anonymous: bool) -> None:
    """Chat until the person leaves.

    What is heavy is imported after the first line is out: a newcomer should see at once that something happens.

    Args:
        desk_name: A folder or the name of a desk that ships; by default the one that the settings name.
        thread: The conversation, by a name of the person's own.
        customer: Who to sign in as; empty for the demo customer of the settings or the desk.
        anonymous: Do not sign in.

    Raises:
        ConfigurationError: The desk has faults, a setting is wrong, or there is no usable Redis.
    """
    console = Console(highlight=False)
    console.print(f"[dim]frontdesk {__version__}: opening the desk …[/]")
    with console.status("reading the desk …"):
        opening = import_module("frontdesk.cli.opening")
        desk, settings = opening.load(desk_name)
        import_module("frontdesk.cli.logs").begin(console, settings, "WARNING")
    chosen = customer or settings.demo_subject or ""
    principal = opening.signed_in(desk.config, "") if anonymous else opening.demo_principal(desk, chosen)
    with console.status("loading libraries …"):
        import_module("frontdesk.assembly")
    try:
        asyncio.run(_chat(console, desk, settings, principal, thread))
    except asyncio.CancelledError:
        raise SystemExit(TERMINATED) from None


async def _chat(console: Console, desk: Desk, settings: Settings, principal: Principal, thread: str) -> None:
    from frontdesk.assembly import open_desk
    from frontdesk.cli.interrupt import Patience, end_in_order
    from frontdesk.cli.lines import lines
    from frontdesk.cli.render import banner
    from frontdesk.cli.session import COMMANDS, Session

    person = sys.stdin.isatty()
    if person:
        end_in_order()
    async with contextlib.AsyncExitStack() as stack:
        with console.status(f"opening the store and the tools, teaching the router {len(desk.intents)} intents …"):
            frontdesk = await stack.enter_async_context(open_desk(desk, settings, principal=principal))
        await stack.enter_async_context(frontdesk.recovering())
        banner(console, frontdesk, principal)
        session = Session(frontdesk, console, principal, thread)
        await session.open()
        console.print()
        patience = Patience(session)
        async with contextlib.aclosing(lines(console, list(COMMANDS))) as entered:
            with patience.kept() if person else contextlib.nullcontext():
                await _serve(patience, entered)
        await session.finish()


async def _serve(patience: Patience, entered: AsyncIterator[str]) -> None:
    console = patience.session.console
    async for line in entered:
        if not await patience.serve(line):
            return
        if console.is_terminal:
            console.print()
