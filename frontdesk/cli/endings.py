"""``frontdesk usage --intents``: how the requests of each intent ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from frontdesk.graph.endings import ENDINGS


async def read_endings(desk_name: str | None, tenant: str, days: Sequence[str]) -> list[dict[str, Any]]:
    """Return one row per intent: ``intent``, the counts by ending, and ``share``, smoothed as decide sees it."""
    from frontdesk.cli.opening import load
    from frontdesk.graph.persistence.outcomes import smoothed
    from frontdesk.stores import connect_stores

    desk, settings = load(desk_name)
    async with connect_stores(desk, settings) as stores:
        found = await stores.outcomes.counts(tenant or desk.config.name, days)
    rows: list[dict[str, Any]] = []
    for intent, counts in sorted(found.items()):
        told: dict[str, int] = {ending: max(0, counts.get(ending, 0)) for ending in ENDINGS}
        rows.append({"intent": intent, **told, "share": round(smoothed(counts), 3)})
    return rows


def endings_table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines for a terminal."""
    if not rows:
        yield "no request has ended in these days"
        return
    width = max(len("intent"), *(len(row["intent"]) for row in rows))
    yield f"{'intent':<{width}}  {'  '.join(f'{ending:>8}' for ending in ENDINGS)}  share settled (smoothed)"
    for row in rows:
        counts = "  ".join(f"{row[ending]:>8}" for ending in ENDINGS)
        yield f"{row['intent']:<{width}}  {counts}  {row['share']:.2f}"


__all__ = ["endings_table", "read_endings"]
