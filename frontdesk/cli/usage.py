"""``frontdesk usage``: what hosted models took, by day, model, role and intent. Nobody's in particular."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from frontdesk.cli.endings import endings_table, read_endings
from frontdesk.cli.options import DeskOption

if TYPE_CHECKING:
    from rich.table import Table

    from frontdesk.desk.modelling import Spending

COUNTS = ("calls", "input", "cached", "output")


def usage(
    desk: DeskOption = None,
    tenant: Annotated[str, typer.Option(help="The business (default: the desk's).")] = "",
    day: Annotated[str, typer.Option(help="The last day, such as 2025-11-22 (UTC; default: today).")] = "",
    days: Annotated[int, typer.Option(min=1, max=92, help="How many days, up to that one.")] = 1,
    intents: Annotated[bool, typer.Option("--intents", help="How the requests of each intent ended, instead.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what was spent on hosted models: tokens and money by model, role and intent."""
    try:
        last = date.fromisoformat(day) if day else datetime.now(UTC).date()
    except ValueError:
        raise typer.BadParameter(f"{day!r} is no day; write 2025-11-22", param_hint="--day") from None
    shown = [f"{last - timedelta(days=ago)}" for ago in reversed(range(days))]
    if intents:
        rows = asyncio.run(read_endings(desk, tenant, shown))
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2) if as_json else "\n".join(endings_table(rows)))
        return
    report = asyncio.run(_read(desk, tenant, shown))
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    console = Console(highlight=False)
    console.print(_table(report))
    for line in _limits(report):
        console.print(line)


async def _read(desk_name: str | None, tenant: str, days: Sequence[str]) -> dict[str, Any]:
    from frontdesk.cli.opening import load
    from frontdesk.stores import connect_stores

    desk, settings = load(desk_name)
    who = tenant or desk.config.name
    async with connect_stores(desk, settings) as stores:
        found = [entry for day in days for entry in await stores.spendings.usage(who, day)]
    rows = [
        {"day": entry.day, "model": entry.model, "role": entry.role, "intent": entry.intent, **figures(entry.counts)}
        for entry in found
    ]
    total = {name: sum(entry.counts.get(name, 0) for entry in found) for name in (*COUNTS, "nano")}
    spending = desk.config.budgets.spending
    report = {"tenant": who, "currency": spending.currency, "from": days[0], "to": days[-1]}
    return {**report, "rows": rows, "total": figures(total), "limit": _daily(spending)}


def figures(counts: Mapping[str, int]) -> dict[str, Any]:
    """Return counts as they are shown: ``calls``, ``input``, ``cached``, ``output`` in tokens, ``cost`` as money."""
    return {**{name: counts.get(name, 0) for name in COUNTS}, "cost": counts.get("nano", 0) / 1_000_000_000}


def _daily(spending: Spending) -> dict[str, Any]:
    return {"tokens": spending.tenant.tokens, "cost": spending.tenant.cost}


def _table(report: Mapping[str, Any]) -> Table:
    from rich.table import Table

    period = report["from"] if report["from"] == report["to"] else f"{report['from']} to {report['to']}"
    table = Table(title=f"{report['tenant']}, {period} (UTC)", title_justify="left", box=None, show_footer=True)
    for name, key in (("day", "day"), ("model", "model"), ("role", "role"), ("intent", "intent")):
        table.add_column(name, footer="total" if key == "day" else "", overflow="fold")
    for name in COUNTS:
        table.add_column(name, footer=str(report["total"][name]), justify="right")
    table.add_column(report["currency"], footer=f"{report['total']['cost']:.6f}", justify="right")
    for row in report["rows"]:
        counts = [str(row[name]) for name in COUNTS]
        table.add_row(row["day"], row["model"], row["role"], row["intent"] or "none", *counts, f"{row['cost']:.6f}")
    return table


def _limits(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tenant's limits of a day, with what was used of them where one day is shown."""
    one_day = report["from"] == report["to"]
    used = {"tokens": report["total"]["input"] + report["total"]["output"], "cost": report["total"]["cost"]}
    for name, unit in (("tokens", "tokens"), ("cost", report["currency"])):
        limit = report["limit"][name]
        if limit is not None:
            share = f", {used[name] / limit:.0%} of it used" if one_day else ""
            yield f"limit of a day: {limit} {unit}{share}"


__all__ = ["figures", "usage"]
