"""``/ticket``: what the person who takes over gets to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table

from frontdesk.cli.text import plain, shortened
from frontdesk.errors import ThreadError

_WHO = {"customer": "customer", "bot": "bot", "tool": "system"}
RESULT = 150
"""Characters of a tool's result that are shown: the bot's words after it say what it means."""


def show_ticket(console: Console, record: Mapping[str, Any]) -> None:
    """Print a ticket: the facts, the conversation so far, and what the customer wrote since. All of it is masked.

    Args:
        console: Where to.
        record: What ``FrontDesk.ticket`` returned.

    Raises:
        ThreadError: The record is empty: there is no such ticket.
    """
    if not record:
        raise ThreadError("there is no such ticket")
    packet = record["packet"]
    facts = _grid()
    for name, value in _facts(record, packet):
        facts.add_row(name, plain(value))
    said = _grid()
    for line in packet.get("transcript") or ():
        text = shortened(line["text"], RESULT) if line["role"] == "tool" else line["text"]
        said.add_row(plain(_WHO.get(line["role"], line["role"])), plain(text))
    for text in record.get("messages") or ():
        said.add_row("since then", plain(text))
    title = plain(f"ticket {record['id']} · {record['status']}")
    console.print(Panel(Group(facts, "", said), title=title, title_align="left", border_style="magenta"))
    console.print("[dim]Personal data shows as placeholders here; /resolve hands the conversation back to the bot.[/]")


def _grid() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _facts(record: Mapping[str, Any], packet: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    moment = datetime.fromtimestamp(float(record["opened_at"])).astimezone()
    yield "opened", moment.strftime("%Y-%m-%d %H:%M")
    yield "reason", str(record["reason"])
    yield "customer", str(packet.get("subject", ""))
    yield "intent", str(packet.get("intent") or "none")
    if packet.get("summary"):
        yield "summary", str(packet["summary"])
    if packet.get("details"):
        yield "details", "\n".join(packet["details"])
    yield "tools tried", ", ".join(dict.fromkeys(packet.get("tools") or ())) or "none"
    if proposal := packet.get("proposal"):
        yield "waited for a yes", f"{proposal['tool']}: {proposal['question']}"
    for number, step in enumerate(packet.get("plan") or (), 1):
        given = ", ".join(f"{name} {value}" for name, value in step["arguments"].items())
        yield f"step {number}", f"{step['state'].replace('_', ' ')}: {step['tool']} ({given})"
