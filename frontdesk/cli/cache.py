"""``frontdesk cache``: what the answer cache holds, and clearing it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import typer

from frontdesk.cli.options import DeskOption

if TYPE_CHECKING:
    from frontdesk.graph.answers import AnswerStore

group = typer.Typer(name="cache", no_args_is_help=True, help="Answers that may be given again (docs/cache.md).")


@group.command()
def stats(desk: DeskOption = None) -> None:
    """Print how many answers are kept, and how many looks of the last 30 days came to what."""

    async def work() -> dict[str, int]:
        async with _opened(desk) as store:
            return await store.stats()

    for line in table(asyncio.run(work())):
        typer.echo(line)


@group.command()
def clear(desk: DeskOption = None) -> None:
    """Forget all answers of a desk, and the counts."""

    async def work() -> int:
        async with _opened(desk) as store:
            return await store.clear()

    gone = asyncio.run(work())
    typer.echo(f"{gone} answer{'' if gone == 1 else 's'} forgotten")


def table(counts: dict[str, int]) -> list[str]:
    """Return the lines of ``frontdesk cache stats``: ``entries``, the share of ``hit``, then each code."""
    rest = {code: count for code, count in sorted(counts.items()) if code != "entries"}
    looks = sum(rest.values())
    lines = [f"{'entries':<12}{counts.get('entries', 0):>10}", f"{'looks':<12}{looks:>10}"]
    return lines + [f"{code:<12}{count:>10}  {count / looks:.1%}" for code, count in rest.items()]


@asynccontextmanager
async def _opened(name: str | None) -> AsyncIterator[AnswerStore]:
    """Open the store of a desk's answers.

    Raises:
        ConfigurationError: No usable Redis, no key, or the memory mode, in which nothing outlives its process.
    """
    from frontdesk.cli.key import opened
    from frontdesk.cli.opening import load
    from frontdesk.nodes.cached.build import answer_store

    desk, _ = load(name)
    async with opened() as (client, sealer):
        yield answer_store(client, sealer, desk.config)
