"""How the terminal chat looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.panel import Panel
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from frontdesk.graph.identity import Principal
from frontdesk.reply import Reply, StageEvent
from frontdesk.service import FrontDesk

_DOING = {
    "scrub": "taking out personal data",
    "guard": "checking the message",
    "route": "finding out what it is about",
    "recall": "looking up pages",
    "decide": "deciding who answers",
    "respond": "thinking",
    "act": "looking into the systems",
    "handoff": "calling a colleague",
    "review": "checking the answer",
    "remember": "taking notes",
}

NO_MODEL = """\
[yellow]No model is configured:[/] a deterministic keyless model answers from the pages and tools.
[dim]To use one: export OPENAI_API_KEY=… FRONTDESK_MODEL=openai:<name>  (README, “Configure a model”)[/]"""


class Waiting:
    """Shows the stage while a turn runs, then its text as it comes."""

    def __init__(self, console: Console) -> None:
        """Take the console."""
        self._console = console
        self._live = Live(console=console, refresh_per_second=12, transient=False)
        self._text = ""

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the text on the screen."""
        if self._console.is_terminal:
            self._live.update(self._shown())
            self._live.stop()
        elif self._text:
            self._console.print(self._shown())

    def stage(self, event: StageEvent) -> None:
        """Show a stage that begins."""
        if event.phase == "start" and not self._text:
            doing = _DOING.get(event.stage, "…")
            self._live.update(Spinner("dots", text=Text(f"{event.stage}: {doing}", style="dim")))

    def text(self, piece: str) -> None:
        """Show a piece of the reply."""
        self._text += piece
        self._live.update(self._shown())

    def _shown(self) -> Text:
        return Text.assemble(("desk › ", "bold cyan"), self._text) if self._text else Text()


def banner(console: Console, desk: FrontDesk, principal: Principal, thread: str) -> None:
    """Say what this is, who one is signed in as, where state lives, and which model answers."""
    config, models = desk.deps.desk.config, desk.deps.models
    lines = [config.texts.greeting.format(business=config.business), ""]
    lines.append(
        f"[dim]signed in as[/] {principal.subject}   [dim]conversation[/] {thread}   [dim]state[/] {desk.redis}"
    )
    roles = {models.describe("fast"), models.describe("reasoning")}
    if roles == {"keyless"}:
        lines.append(NO_MODEL)
    else:
        lines.append(f"[dim]models[/] fast {models.describe('fast')}, reasoning {models.describe('reasoning')}")
    lines.append("[dim]/why  /history  /resolve  /new  /help  /quit[/]")
    console.print(Panel("\n".join(lines), title=f"{config.business} · frontdesk", border_style="cyan"))


def footer(console: Console, reply: Reply) -> None:
    """Print what belongs to a reply: its sources, its status where that matters."""
    for page in reply.citations:
        console.print(Text(f"  [{page['id']}] {page['title']}  {page['url']}", style="dim"))
    if reply.status == "human":
        owner = f"a colleague owns this conversation, ticket {reply.ticket}; the bot is quiet"
        console.print(f"[dim]  ({owner}. /resolve hands it back)[/]")
    elif reply.status == "confirm":
        console.print("[dim]  (waiting for your yes or no)[/]")


def history(console: Console, lines: Sequence[Mapping[str, str]]) -> None:
    """Print a conversation."""
    if not lines:
        console.print("[yellow]Nothing was said yet.[/]")
    for line in lines:
        who = "[b]you ›[/b]" if line["role"] == "customer" else "[b cyan]desk ›[/]"
        console.print(f"{who} {escape(line['text'])}")


def why(console: Console, facts: Mapping[str, Any], last: Reply | None) -> None:
    """Print how the last turn went."""
    table = Table(show_header=False, box=None, padding=(0, 2))
    for name, value in _rows(facts, last):
        table.add_row(f"[dim]{name}[/]", escape(value))
    console.print(table)
    steps = Table(title="path", box=None, title_justify="left", title_style="dim", padding=(0, 2))
    for column in ("stage", "ms", "note"):
        steps.add_column(column, justify="right" if column == "ms" else "left")
    for step in facts.get("path") or []:
        steps.add_row(step["stage"], f"{step['ms']:.1f}", escape(step["note"]))
    console.print(steps)


def _rows(facts: Mapping[str, Any], last: Reply | None) -> list[tuple[str, str]]:
    verdict, route, decision = facts.get("verdict") or {}, facts.get("route") or {}, facts.get("decision") or {}
    usage, turn = facts.get("usage") or {}, facts.get("turn") or {}
    others = ", ".join(f"{name} {share:.2f}" for name, share in route.get("alternatives", [])[:3])
    cited = ", ".join(page["id"] for page in last.citations) if last else ""
    total = sum(step["ms"] for step in facts.get("path") or [])
    found = ", ".join(f"{label} x{count}" for label, count in turn.get("placeholders", {}).items())
    served = (decision.get("stage"), decision.get("intent") or "no intent", decision.get("tier"))
    failed = ", ".join(usage.get("failures", [])) or "none"
    return [
        ("status", str(facts.get("status") or "")),
        ("verdict", f"{verdict.get('outcome', '')} {verdict.get('score', 0):.2f} {' '.join(verdict.get('rules', []))}"),
        ("intent", f"{route.get('intent', '')} {route.get('confidence', 0):.2f}   next: {others or 'none'}"),
        ("served", " · ".join(str(part or "") for part in served)),
        ("because", ", ".join(decision.get("reasons", []))),
        ("personal data", found or "none found"),
        ("model", f"{usage.get('model') or 'none'}   calls {usage.get('calls', 0)}   failed: {failed}"),
        ("tokens", f"in {usage.get('input_tokens', 0)}, out {usage.get('output_tokens', 0)}"),
        ("citations", cited or "none"),
        ("time", f"{total:.0f} ms in stages"),
    ]
