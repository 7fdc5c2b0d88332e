"""All checks of a channel over one text."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.nodes.guard.supervise import LONG, Finding, Supervised
from frontdesk.nodes.guard.views import View, views


async def views_of(text: str) -> tuple[View, ...]:
    """Return the readings of a text, made once for all checks; of a long one in a thread."""
    return await asyncio.to_thread(views, text) if len(text) > LONG else views(text)


async def run_all(lane: Sequence[Supervised], text: str, metadata: Mapping[str, Any]) -> dict[str, Finding]:
    """Return what each check came to: those that only compute run one by one, the others meanwhile."""
    waiting = [(one, asyncio.ensure_future(one.run(text, metadata))) for one in lane if not one.own or len(text) > LONG]
    try:
        found = {one.name: await one.run(text, metadata) for one in lane if one.own and len(text) <= LONG}
        for one, task in waiting:
            found[one.name] = await task
    finally:
        for _, task in waiting:
            task.cancel()
    return {one.name: found[one.name] for one in lane}


__all__ = ["run_all", "views_of"]
