"""``frontdesk guard``: what each input check says of a text, and in which reading of it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from frontdesk.cli.scrub import STDIN, read_text
from frontdesk.cli.text import plain, safe
from frontdesk.desk.load import Desk
from frontdesk.graph.state import Channel, Verdict
from frontdesk.nodes.guard.guard import InputGuardRail
from frontdesk.nodes.guard.views import View, views
from frontdesk.settings import load_settings

COLUMNS = ("check", "outcome", "score", "action", "shadow", "ms", "rules")
HEADERS = tuple("if it fires" if name == "action" else name for name in COLUMNS)
"""The action is the policy's and stands there of every check, whether it found something or not."""


@dataclass(frozen=True)
class Explained:
    """What the guards say of a text."""

    verdict: Verdict
    readings: dict[str, list[str]]
    """Kind of reading (``base64``, ``leet`` …) to the rules that fired in it."""

    def data(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {**self.verdict, "readings": self.readings}


def run(text: str, channel: Channel, desk: str | None, *, as_json: bool) -> bool:
    """Judge a text by tier 1 and print why.

    Args:
        text: The text; ``-`` reads standard input.
        channel: Where it comes from.
        desk: Whose policy; by default the settings' desk.
        as_json: Print one JSON object.

    Returns:
        Whether the text is plainly allowed.

    Raises:
        DataError: Standard input is not UTF-8.
        ConfigurationError: The desk is faulty, or a validator that it names cannot be had.
    """
    given = read_text(STDIN) if text == STDIN else text
    rail = InputGuardRail(Desk.load(desk or load_settings().desk).config)
    explained = asyncio.run(explain(rail, given, channel))
    if as_json:
        print(json.dumps(explained.data(), ensure_ascii=False))  # noqa: T201 - for programs
    else:
        output(Console(highlight=False, file=sys.stdout), explained)
    return explained.verdict["outcome"] == "allow"


async def explain(rail: InputGuardRail, text: str, channel: Channel) -> Explained:
    """Return the verdict of tier 1, and the readings in which rules fired."""
    return Explained(await rail.check(text, channel), readings_of(rail, text, channel))


def readings_of(rail: InputGuardRail, text: str, channel: Channel) -> dict[str, list[str]]:
    """Return the kinds of reading with the rules that each gives by itself."""
    found: dict[str, dict[str, None]] = {}
    for check in (one.inner for one in rail.checks_on(channel) if one.own):
        try:
            # what a check finds without any reading comes from the text itself
            always = set(check.inspect(text, (View("nothing", ""),), channel=channel).rules)
            for view in views(text):
                rules = [rule for rule in check.inspect(text, (view,), channel=channel).rules if rule not in always]
                if rules:
                    found.setdefault(view.kind, {}).update(dict.fromkeys(rules))
        except Exception:  # noqa: BLE001, S112 - the table of checks shows that it could not run
            continue
    return {kind: list(rules) for kind, rules in found.items()}


def output(console: Console, explained: Explained) -> None:
    """Print a verdict: drawn on a terminal, else tab-separated."""
    verdict = explained.verdict
    _say(console, f"{verdict['outcome']}, score {verdict['score']:.2f}")
    for name in ("rules", "shadow"):
        if given := verdict.get(name):
            _say(console, f"{name}: {', '.join(map(str, given))}")  # type: ignore[call-overload]
    if spans := verdict.get("spans"):
        _say(console, "masked: " + ", ".join(f"characters {start} to {end}" for start, end in spans))
    rows = [_cells(dict(check)) for check in verdict.get("checks", [])]
    _table(console, HEADERS, rows)
    _table(console, ("reading", "rules"), [[kind, ", ".join(rules)] for kind, rules in explained.readings.items()])


def _cells(check: dict[str, Any]) -> list[str]:
    shown = {**check, "score": f"{check['score']:.2f}", "ms": f"{check['ms']:.2f}"}
    return [{"True": "yes", "False": ""}.get(str(shown[name]), str(shown[name])) for name in COLUMNS[:-1]] + [
        ", ".join(check["rules"])
    ]


def _table(console: Console, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    cells = [[" ".join(safe(cell).split()) for cell in row] for row in rows]
    if not console.is_terminal:
        _say(console, "\n" + "\n".join("\t".join(row) for row in [list(names), *cells]))
        return
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in ("score", "ms") else "left", overflow="fold")
    for row in cells:
        table.add_row(*(plain(cell) for cell in row))
    console.print(table)


def _say(console: Console, text: str) -> None:
    if console.is_terminal:
        console.print(plain(text), soft_wrap=True)
    else:
        console.file.write(text + "\n")  # for a script: Rich would make blanks of tabs
