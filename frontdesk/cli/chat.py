"""``frontdesk chat``: a conversation in the terminal, or over a pipe."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from frontdesk.assembly import open_desk
from frontdesk.cli import render
from frontdesk.cli.opening import demo_principal, load
from frontdesk.errors import RequestError
from frontdesk.graph.identity import Principal
from frontdesk.reply import Reply, StageEvent, TextEvent
from frontdesk.service import FrontDesk

HELP = """\
[b]/why[/b]      how the last turn went: path, verdict, intent, model, citations, tokens, time
[b]/history[/b]  what was said in this conversation
[b]/resolve[/b]  as the human agent: hand the conversation back to the bot
[b]/new[/b]      start another conversation
[b]/help[/b]     this text
[b]/quit[/b]     leave (the conversation stays); also Ctrl-D"""


@dataclass
class Session:
    """One terminal's conversation."""

    desk: FrontDesk
    console: Console
    principal: Principal
    thread: str
    last: Reply | None = None

    async def handle(self, line: str) -> bool:
        """Serve one line; False means leave."""
        commands = {"/why": self._why, "/history": self._history, "/resolve": self._resolve, "/new": self._new}
        if line in ("/quit", "/exit"):
            return False
        if line == "/help":
            self.console.print(HELP)
        elif line in commands:
            await commands[line]()
        elif line.startswith("/"):
            self.console.print(f"[yellow]Unknown command; known are {', '.join([*commands, '/help', '/quit'])}[/]")
        elif line:
            await self._say(line)
        return True

    async def _say(self, line: str) -> None:
        try:
            with render.Waiting(self.console) as waiting:
                async for event in self.desk.stream(line, thread_id=self.thread, principal=self.principal):
                    if isinstance(event, StageEvent):
                        waiting.stage(event)
                    elif isinstance(event, TextEvent):
                        waiting.text(event.text)
                    else:
                        self.last = event
        except RequestError as error:
            self.console.print(f"[yellow]{error}[/]")
            return
        if self.last:
            render.footer(self.console, self.last)

    async def _why(self) -> None:
        try:
            facts = await self.desk.explain(self.thread, principal=self.principal)
        except RequestError:
            self.console.print("[yellow]Nothing was said yet.[/]")
            return
        render.why(self.console, facts, self.last)

    async def _history(self) -> None:
        try:
            lines = await self.desk.history(self.thread, principal=self.principal)
        except RequestError:
            lines = []
        render.history(self.console, lines)

    async def _resolve(self) -> None:
        try:
            reply = await self.desk.resolve(self.thread, principal=self.principal)
            self.console.print(f"[green]{reply.text}[/]")
        except RequestError as error:
            self.console.print(f"[yellow]{error}[/]")

    async def _new(self) -> None:
        self.thread = f"terminal-{uuid.uuid4().hex[:8]}"
        self.last = None
        self.console.print(f"[dim]A new conversation. Come back to it with --thread {self.thread}[/]")


async def _lines(console: Console) -> AsyncIterator[str]:
    if not sys.stdin.isatty():
        while line := await asyncio.to_thread(sys.stdin.readline):
            console.print(f"[b]you ›[/b] {line.strip()}", markup=True, highlight=False)
            yield line.strip()
        return
    # In memory only: a history file would keep customers' words in clear on the disk.
    prompt: PromptSession[str] = PromptSession(history=InMemoryHistory())
    while True:
        try:
            yield (await prompt.prompt_async("you › ")).strip()
        except KeyboardInterrupt:
            console.print("[dim]Ctrl-D or /quit to leave[/]")
        except EOFError:
            return


async def _chat(desk_name: str | None, thread: str, customer: str, anonymous: bool) -> None:
    console = Console(highlight=False)
    desk, settings = load(desk_name)
    logging.basicConfig(level=settings.log_level, stream=sys.stderr)
    principal = Principal(tenant=desk.config.name) if anonymous else demo_principal(desk, customer)
    async with contextlib.AsyncExitStack() as stack:
        with console.status("opening the desk …"):
            frontdesk = await stack.enter_async_context(open_desk(desk, settings, principal=principal))
            await frontdesk.recover()
        render.banner(console, frontdesk, principal, thread)
        session = Session(frontdesk, console, principal, thread)
        async for line in _lines(console):
            if not await _interruptible(session, line):
                break


async def _interruptible(session: Session, line: str) -> bool:
    """Ctrl-C during a turn stops the waiting, never the turn: an accepted message is finished and remembered."""
    task = asyncio.create_task(session.handle(line))
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its loop
        loop.add_signal_handler(signal.SIGINT, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        session.console.print("\n[dim]Stopped waiting. The answer will be in /history.[/]")
        return True
    finally:
        with contextlib.suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGINT)


def run(desk_name: str | None, *, thread: str, customer: str, anonymous: bool) -> None:
    """Chat until the person leaves."""
    asyncio.run(_chat(desk_name, thread, customer, anonymous))
