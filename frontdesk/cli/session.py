"""One terminal's conversation: what each line does."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redis.exceptions import RedisError
from rich.console import Console

from frontdesk.cli import render
from frontdesk.cli.opening import signed_in
from frontdesk.cli.talk import Talk
from frontdesk.cli.text import plain, safe
from frontdesk.cli.ticket import show_ticket
from frontdesk.cli.why import show_why
from frontdesk.errors import FrontdeskError, RequestError
from frontdesk.graph.identity import ANONYMOUS, Principal
from frontdesk.reply import Reply
from frontdesk.service import FrontDesk

COMMANDS: Mapping[str, tuple[str, str]] = {
    "/why": ("", "how the last turn went: path, verdict, intent, model, sources, tokens, time"),
    "/history": ("", "what was said in this conversation"),
    "/ticket": ("[ID]", "what the human agent reads after a handoff"),
    "/resolve": ("", "as the human agent: hand the conversation back to the bot"),
    "/new": ("", "start another conversation"),
    "/thread": ("[NAME]", "go to another conversation, or tell which one this is"),
    "/as": ("[ID]", f"sign in as another customer, or as {ANONYMOUS} (local try-out only)"),
    "/help": ("", "this text"),
    "/quit": ("", "leave; the conversation stays. Ctrl-D does the same, Ctrl-C stops waiting for an answer"),
}
"""Command, its argument, what it does."""


@dataclass
class Session:
    """Who talks, in which conversation, and what the last turn was."""

    desk: FrontDesk
    console: Console
    principal: Principal
    thread: str
    last: Reply | None = None
    ticket: str = ""
    """The ticket that was seen last."""
    talk: Talk = field(init=False)
    _work: dict[str, Callable[[str], Awaitable[None]]] = field(init=False)

    def __post_init__(self) -> None:
        """Bind the commands."""
        self.talk = Talk(self.desk, self.console)
        self._work = {
            "/why": self._why, "/history": self._history, "/ticket": self._ticket, "/resolve": self._resolve,
            "/new": self._new, "/thread": self._thread, "/as": self._as, "/help": self._help,
        }  # fmt: skip

    async def handle(self, line: str) -> bool:
        """Serve one line; False means leave. What the person can do something about is said, never raised."""
        command, _, rest = line.partition(" ")
        self.talk.tell()
        if command in ("/quit", "/exit"):
            return False
        try:
            if command in self._work:
                await self._work[command](rest.strip())
            elif line.startswith("/"):
                self._warn(f"There is no command {command}. There are: {'  '.join(COMMANDS)}")
            elif line:
                await self._say(line)
        except FrontdeskError as error:
            self._warn(str(error))
        except (RedisError, OSError) as error:
            self._warn(f"The store of conversations does not answer ({type(error).__name__}); try again in a moment.")
        return True

    async def open(self) -> None:
        """Greet in a new conversation; in an old one, say where it stood."""
        render.opened(self.console, self.desk.deps.desk.config, self.thread, await self._lines())
        facts = await self._facts()
        if held := facts.get("ticket"):
            self.ticket = held["id"]
            render.owned(self.console, self.ticket)
        elif facts.get("status") == "confirm" and facts.get("proposal"):
            render.waits(self.console)

    def _warn(self, text: str) -> None:
        self.console.print(plain(text, "yellow"))

    def _hint(self, text: str) -> None:
        self.console.print(plain(text, "dim"))

    async def finish(self) -> None:
        """Wait for the turns that the person left."""
        await self.talk.finish()

    async def _say(self, line: str) -> None:
        self.last = None
        self.last = await self.talk.say(line, self.thread, self.principal)
        self.ticket = self.last.ticket or self.ticket
        render.footer(self.console, self.last)

    async def _facts(self) -> dict[str, Any]:
        """Return what is known of the last turn; empty where there was none."""
        try:
            return await self.desk.explain(self.thread, principal=self.principal)
        except RequestError:
            return {}

    async def _lines(self) -> list[dict[str, str]]:
        try:
            return await self.desk.history(self.thread, principal=self.principal)
        except RequestError:
            return []

    async def _why(self, _: str) -> None:
        facts = await self._facts()
        if facts.get("turn"):
            show_why(self.console, facts, self.last)
        else:
            self._warn("Nothing was said yet.")

    async def _history(self, _: str) -> None:
        if self.talk.left:
            self._hint("A message is still being answered.")
        render.history(self.console, await self._lines(), str((await self._facts()).get("summary") or ""))

    async def _ticket(self, named: str) -> None:
        held = (await self._facts()).get("ticket") or {}
        wanted = named or held.get("id") or self.ticket
        if not wanted:
            self._warn("No ticket was opened here. Ask for a person first, or name one: /ticket ID")
            return
        show_ticket(self.console, await self.desk.ticket(wanted, principal=self.principal))

    async def _resolve(self, _: str) -> None:
        reply = await self.desk.resolve(self.thread, principal=self.principal)
        self._hint("The colleague has handed the conversation back to the bot.")
        render.spoken(self.console, "desk", reply.text)

    async def _new(self, _: str) -> None:
        await self._go(f"terminal-{uuid.uuid4().hex[:8]}")
        self._hint(f"Come back to this conversation with: /thread {self.thread}")

    async def _thread(self, name: str) -> None:
        if name:
            await self._go(name)
        else:
            self._hint(f"This is conversation {safe(self.thread)}, as {safe(self.principal.subject)}.")

    async def _as(self, subject: str) -> None:
        if subject:
            self.principal = signed_in(self.desk.deps.desk.config, "" if subject == ANONYMOUS else subject)
            await self._go(self.thread)
        self._hint(f"Signed in as {safe(self.principal.subject)}.")

    async def _go(self, thread: str) -> None:
        self.thread, self.last, self.ticket = thread, None, ""
        await self.open()

    async def _help(self, _: str) -> None:
        render.commands(self.console, COMMANDS)
