"""The checkpointer: langgraph-checkpoint-redis with every value sealed and one round trip per put.

Why a subclass with a layout of its own stands in docs/design.md ("What is known about the saver's cost and gaps").
One hash holds a checkpoint and the writes that wait on it; a sorted set per thread holds the order. The search index
serves the deletion of runs alone: nothing on the path of a turn searches, and no thread id is ever a search term.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_checkpoint_id,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.redis.aio import AsyncRedisSaver
from redis.asyncio import Redis

from frontdesk.graph.persistence import codec, history, layout, sweep
from frontdesk.graph.persistence.erasure.tombs import take_back, tomb
from frontdesk.graph.persistence.layout import Place, place_in
from frontdesk.graph.persistence.sealer import Sealer
from frontdesk.graph.persistence.trim import Trimmer


class SealedRedisSaver(AsyncRedisSaver):
    """An ``AsyncRedisSaver`` whose values are sealed; asynchronous methods only, safe for any thread id."""

    def __init__(self, client: Redis, sealer: Sealer, *, seconds: int | None = None, keep: int | None = None) -> None:
        """Bind the checkpointer; call ``asetup`` (or enter it) before use.

        Args:
            client: Stays the caller's to close. ``decode_responses`` must be off.
            sealer: Seals what is written and opens what is read.
            seconds: Time to live of a thread's keys, from the last write on; None keeps them for ever.
            keep: How many checkpoints of a thread and namespace are kept; older ones go in the background once there
                are twice as many. None keeps all, as forks and time travel need.
        """
        ttl = {"default_ttl": seconds / 60} if seconds else None
        super().__init__(redis_client=client, ttl=ttl, checkpoint_prefix=layout.PREFIX)
        self.serde = codec.strict_serde()
        self.client, self.sealer = client, sealer
        self.seconds, self.keep = seconds, keep
        self._trimmer = Trimmer(client, self)

    @property
    def checkpoints_schema(self) -> dict[str, Any]:
        """The search index over the checkpoints' hashes."""
        tag = {"case_sensitive": True}
        return {
            "index": {"name": layout.PREFIX, "prefix": f"{layout.PREFIX}:", "storage_type": "hash"},
            "fields": [
                {"name": "run_id", "type": "tag", "attrs": tag},
                {"name": "source", "type": "tag", "attrs": tag},
                {"name": "step", "type": "numeric"},
                {"name": "checkpoint_ts", "type": "numeric"},
            ],
        }

    async def asetup(self) -> None:
        """Create the search index where it is missing. Writes need none: they live in the checkpoint's hash."""
        self.loop = asyncio.get_running_loop()
        await sweep.create_index(self.checkpoints_index)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the trims that run in the background; the client stays open."""
        await self._trimmer.settle()

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
        stream_mode: str = "values",
    ) -> RunnableConfig:
        """Store a checkpoint in one transaction; return the configuration that names it."""
        place = place_in(config, checkpoint["id"])
        parent = get_checkpoint_id(config) or ""
        fields = codec.seal_checkpoint(
            self.sealer,
            self.serde,
            place,
            checkpoint,
            get_serializable_checkpoint_metadata(config, metadata),
            "" if parent == place.checkpoint else parent,
        )
        index = layout.history(place.thread)
        async with self.client.pipeline(transaction=True) as pipe:
            pipe.hset(place.key, mapping=cast(dict[Any, Any], fields))
            pipe.zadd(index, {place.member: 0})
            pipe.zlexcount(index, *layout.span(place.namespace))
            if self.seconds:
                pipe.expire(place.key, self.seconds)
                pipe.expire(index, self.seconds)
            pipe.exists(tomb(self.sealer, place.thread))
            answers = await pipe.execute()
        if answers[-1]:
            await take_back(self.client, place)
        if self.keep is not None and answers[2] > 2 * self.keep:
            self._trimmer.later(place.thread, self.keep)
        return codec.config_of(place)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Store writes that wait on a checkpoint, which may itself arrive later; never without a time to live."""
        if not writes:
            return
        place = place_in(config, str(config["configurable"]["checkpoint_id"]))
        sealed = codec.seal_writes(self.sealer, self.serde, place, writes, task_id, task_path)
        async with self.client.pipeline(transaction=True) as pipe:
            for field, value, first_wins in sealed:
                if first_wins:
                    pipe.hsetnx(place.key, cast(str, field), cast(str, value))
                else:
                    pipe.hset(place.key, cast(str, field), cast(str, value))
            if self.seconds:
                pipe.expire(place.key, self.seconds)
            pipe.exists(tomb(self.sealer, place.thread))
            if (await pipe.execute())[-1]:
                await take_back(self.client, place)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Return the checkpoint that is named, or the latest of its thread and namespace; one round trip.

        Raises:
            SealError: It is there but cannot be opened.
        """
        asked = place_in(config, get_checkpoint_id(config) or "")
        read = history.read if asked.checkpoint else history.read_latest
        place, fields = await read(self.client, asked)
        return codec.open_tuple(self.sealer, self.serde, place, fields) if codec.BODY in fields else None

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Yield checkpoints, newest first within a thread; without ``config``, of all threads."""
        wanted = history.Wanted.of(config, before)
        left = limit
        async for place, fields in history.walk(self.client, wanted):
            if left is not None and left <= 0:
                return
            metadata = codec.open_metadata(self.sealer, self.serde, place, fields)
            if filter and any(metadata.get(name) != value for name, value in filter.items()):
                continue
            left = None if left is None else left - 1
            yield codec.open_tuple(self.sealer, self.serde, place, fields)

    async def aget_channel_values(
        self,
        thread_id: str,
        checkpoint_ns: str = "",
        checkpoint_id: str = "",
        channel_versions: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the channel values of one checkpoint (part of the parent's interface); empty when there is none."""
        found = await self.aget_tuple(codec.config_of(Place(thread_id, checkpoint_ns, checkpoint_id)))
        return dict(found.checkpoint["channel_values"]) if found else {}

    async def adelete_thread(self, thread_id: str) -> None:
        """Delete all of a thread, until a scan finds nothing."""
        await sweep.delete_thread(self.client, str(thread_id))

    async def adelete_for_runs(self, run_ids: Sequence[str]) -> None:
        """Delete the checkpoints that these runs made."""
        await sweep.delete_runs(self.client, self.checkpoints_index, [str(run) for run in run_ids])

    async def acopy_thread(self, source_thread_id: str, target_thread_id: str) -> None:
        """Copy all checkpoints and writes; they are sealed anew for their new place."""
        await sweep.copy_thread(self.client, self.sealer, source_thread_id, target_thread_id, self.seconds)

    async def aprune(
        self,
        thread_ids: Sequence[str],
        *,
        strategy: str = "keep_latest",
        keep_last: int | None = None,
        max_results: int = 10_000,
    ) -> None:
        """Delete older checkpoints: all but the latest per namespace (``keep_latest``), or everything (``delete``)."""
        keep = keep_last if keep_last is not None else 1 if strategy == "keep_latest" else 0
        for thread in map(str, thread_ids):
            await (self._trimmer.trim(thread, keep, drop_finished=False) if keep else self.adelete_thread(thread))
