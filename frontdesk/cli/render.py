"""How the terminal chat looks. Everything that others wrote passes :func:`frontdesk.cli.text.safe` on its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from frontdesk.cli.text import Said, plain, shortened
from frontdesk.desk.config import DeskConfig
from frontdesk.graph.identity import Principal
from frontdesk.reply import Reply
from frontdesk.service import FrontDesk

INDENT = " " * 7
EXCERPT = 60
"""Characters of the last message that an old conversation opens with."""
KEYLESS = "keyless"


def banner(console: Console, desk: FrontDesk, principal: Principal) -> None:
    """Say what this is, who one is signed in as, where state lives, and which model answers."""
    config = desk.deps.desk.config
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    facts.add_row("signed in as", plain(principal.subject))
    facts.add_row("state", plain(desk.redis))
    facts.add_row("models", _models(desk))
    facts.add_row("commands", "/help lists them; /why tells how an answer came about")
    console.print(Panel(facts, title=plain(f"{config.business} · frontdesk"), title_align="left", border_style="cyan"))
    if desk.stores.client is None:
        console.print("[yellow]Memory mode: nothing of this survives the end of this process.[/]")
    console.print()


def _models(desk: FrontDesk) -> Text:
    named = {role: desk.deps.models.describe(role) for role in ("fast", "reasoning")}
    if set(named.values()) != {KEYLESS}:
        return plain(", ".join(f"{role} {model}" for role, model in named.items()))
    return Text.assemble(
        ("No model is configured", "yellow"),
        ": a deterministic keyless one answers from the desk's pages and tools. For a language model, set ",
        ("OPENAI_API_KEY=… FRONTDESK_MODEL=openai:<name>", "bold"),
        "; for another endpoint also FRONTDESK_BASE_URL (README, “Configure a model”).",
    )


def opened(console: Console, config: DeskConfig, thread: str, lines: Sequence[Mapping[str, str]]) -> None:
    """Greet in a new conversation; in an old one, tell where it stands."""
    if not lines:
        spoken(console, "desk", config.texts.greeting.format(business=config.business))
        return
    last = lines[-1]
    who = "you" if last["role"] == "customer" else "desk"
    text = f"Continuing conversation {thread}. The last message was: {who} › {shortened(last['text'], EXCERPT)}"
    console.print(plain(text, "dim"))
    console.print("[dim]/history shows what was said, /new starts another conversation.[/]")


def spoken(console: Console, who: str, text: str) -> None:
    """Print words: the desk's as Markdown, a person's as they are."""
    Said(who, text, markdown=who == "desk", style="bold cyan" if who == "desk" else "bold").print(console)


def footer(console: Console, reply: Reply) -> None:
    """Print what belongs to a reply: its sources, and what it waits for."""
    if reply.citations:
        _sources(console, [f"[{page['id']}] {page['title']}  {page['url']}".rstrip() for page in reply.citations])
    if reply.failed:
        _hint(console, "The turn broke and nothing of it was remembered; the log has the reason.")
    elif reply.status == "confirm":
        waits(console)
    elif reply.status == "handoff":
        _hint(console, f"Ticket {reply.ticket}: from now on a person reads this, and the bot keeps quiet.")
        _hint(console, "You can be that person: /ticket reads the packet, /resolve hands the conversation back.")
    elif reply.status == "human":
        owned(console, reply.ticket or "")


def _sources(console: Console, sources: Sequence[str]) -> None:
    if not console.is_terminal:
        console.print(plain(f"{INDENT}sources  {'  '.join(sources)}"), soft_wrap=True)
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("sources", plain("\n".join(sources)))
    console.print(Padding(table, (0, 0, 0, len(INDENT))), style="dim")


def waits(console: Console) -> None:
    """Say that a proposal waits."""
    _hint(console, "Nothing is changed yet: answer yes or no.")


def owned(console: Console, ticket: str) -> None:
    """Say that a person owns the conversation."""
    _hint(console, f"Passed on to the colleague of ticket {ticket}; the bot keeps quiet. /resolve hands it back.")


def _hint(console: Console, text: str) -> None:
    console.print(Padding(plain(text, "dim italic"), (0, 0, 0, len(INDENT))))


def history(console: Console, lines: Sequence[Mapping[str, str]], summary: str) -> None:
    """Print a conversation; what was said before its window, as the summary (masked)."""
    if summary:
        console.print(plain(f"Before that, in short: {summary}", "dim"))
    if not lines:
        console.print("[yellow]Nothing was said yet.[/]")
    for line in lines:
        spoken(console, "you" if line["role"] == "customer" else "desk", line["text"])


def commands(console: Console, known: Mapping[str, tuple[str, str]]) -> None:
    """Print the commands."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for command, (argument, meaning) in known.items():
        table.add_row(Text(f"{command} {argument}".strip()), meaning)
    console.print(table)
