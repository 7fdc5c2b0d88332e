"""Taking older checkpoints away, in the background or when asked."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from redis.asyncio import Redis

from frontdesk.graph.persistence import codec, history, layout, sweep
from frontdesk.graph.persistence.layout import Place

logger = logging.getLogger(__name__)


class Trimmer:
    """Trims threads; at most one trim per thread runs at a time."""

    def __init__(self, client: Redis, saver: BaseCheckpointSaver[Any]) -> None:
        """Bind the client to delete with and the saver to read with."""
        self._client = client
        self._saver = saver
        self._running: dict[str, asyncio.Task[None]] = {}

    async def trim(self, thread: str, keep: int, *, drop_finished: bool) -> None:
        """Delete the surplus of a thread at once; see :func:`surplus`."""
        members = await history.members(self._client, thread)
        doomed = surplus(members, keep, drop_finished=drop_finished)
        spared = await delta_ancestors(self._saver, thread, [entry for entry in members if entry not in doomed])
        await sweep.drop(self._client, thread, sorted(doomed - spared))

    def later(self, thread: str, keep: int) -> None:
        """Trim a thread in the background."""
        if thread not in self._running:
            task = asyncio.create_task(self.trim(thread, keep, drop_finished=True))
            self._running[thread] = task
            task.add_done_callback(lambda done: self._finish(thread, done))

    async def settle(self) -> None:
        """Wait for what runs in the background."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _finish(self, thread: str, task: asyncio.Task[None]) -> None:
        self._running.pop(thread, None)
        if not task.cancelled() and (error := task.exception()):
            # nothing is lost: the next put of the thread asks again
            logger.warning("older checkpoints could not be trimmed: %s", type(error).__name__)


def surplus(entries: Iterable[str], keep: int, *, drop_finished: bool) -> set[str]:
    """Say which entries of a history may go.

    Args:
        entries: The whole history of a thread.
        keep: How many to keep per namespace, the newest.
        drop_finished: Whether to drop namespaces of finished subgraph calls too (their names carry a task id after a
            colon, so each call leaves one behind): those with nothing newer than the oldest root entry that stays.

    Returns:
        The entries to delete.
    """
    spaces: defaultdict[str, list[str]] = defaultdict(list)
    for place, entry in sorted((layout.place_of("", entry), entry) for entry in entries):
        spaces[place.namespace].append(entry)
    doomed = {entry for entries in spaces.values() for entry in entries[:-keep]}
    roots = spaces.get("", [])[-keep:]
    if drop_finished and roots:
        oldest = layout.place_of("", roots[0]).checkpoint
        for name, entries in spaces.items():
            if ":" in name and layout.place_of("", entries[-1]).checkpoint < oldest:
                doomed.update(entries)
    return doomed


async def delta_ancestors(saver: BaseCheckpointSaver[Any], thread: str, kept: Sequence[str]) -> set[str]:
    """Return the ancestors that checkpoints with delta channels need to be rebuilt from.

    Such a channel is stored as a snapshot now and then and as writes in between; a checkpoint says in its metadata
    which channels those are. The walk to the nearest snapshots is LangGraph's documented condition for pruning.
    """
    needed: set[str] = set()
    for entry in kept:
        found = await saver.aget_tuple(codec.config_of(layout.place_of(thread, entry)))
        if found is None:
            continue
        missing = set(found.metadata.get("counters_since_delta_snapshot") or ()) - set(
            found.checkpoint["channel_values"]
        )
        while missing and found is not None and found.parent_config:
            names = found.parent_config["configurable"]
            needed.add(Place(thread, names["checkpoint_ns"], names["checkpoint_id"]).member)
            found = await saver.aget_tuple(found.parent_config)
            missing -= set(found.checkpoint["channel_values"]) if found else set()
    return needed
