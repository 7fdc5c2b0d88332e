"""What a checkpoint looks like in Redis: the fields of one hash, sealed. Pure, apart from the nonces.

Field ``body`` is the checkpoint, ``meta`` its metadata, ``w:<task>:<index>`` a write that waits on it. In clear, for
the search index, stand only ``run_id``, ``source``, ``step``, ``checkpoint_ts``, and ``parent`` for the chain.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, cast

import ormsgpack
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    PendingWrite,
    writes_sort_key,
)
from langgraph.checkpoint.serde.base import SerializerProtocol
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from frontdesk.errors import SealError
from frontdesk.graph.persistence.layout import Place, decode, encode
from frontdesk.graph.persistence.sealer import Sealer

Fields = Mapping[bytes, bytes]
"""A hash as Redis returns it."""

BODY, META, PARENT, WRITE = b"body", b"meta", b"parent", b"w:"


def strict_serde() -> JsonPlusSerializer:
    """Return msgpack that revives LangChain's and LangGraph's own plain types only, whatever the environment says.

    LangGraph's default revives any callable that a stored value names.
    """
    return JsonPlusSerializer(allowed_msgpack_modules=None)


def config_of(place: Place) -> RunnableConfig:
    """Return the configuration that names a checkpoint."""
    names = {"thread_id": place.thread, "checkpoint_ns": place.namespace, "checkpoint_id": place.checkpoint}
    return {"configurable": names}


def seal_checkpoint(
    sealer: Sealer,
    serde: SerializerProtocol,
    place: Place,
    checkpoint: Checkpoint,
    metadata: Mapping[str, Any],
    parent: str,
) -> dict[bytes, bytes | str | float]:
    """Return the fields of a checkpoint; ``parent`` is the id of the one before, or empty."""
    fields: dict[bytes, bytes | str | float] = {
        BODY: _seal(sealer, serde, place, BODY, checkpoint),
        META: _seal(sealer, serde, place, META, dict(metadata)),
        PARENT: parent,
        b"checkpoint_ts": time.time(),
    }
    if run := metadata.get("run_id"):
        fields[b"run_id"] = encode(str(run))
    if source := metadata.get("source"):
        fields[b"source"] = encode(str(source))
    step = metadata.get("step")
    if isinstance(step, int):
        fields[b"step"] = step
    return fields


def seal_writes(
    sealer: Sealer,
    serde: SerializerProtocol,
    place: Place,
    writes: Sequence[tuple[str, Any]],
    task_id: str,
    task_path: str,
) -> list[tuple[bytes, bytes, bool]]:
    """Return ``(field, value, first wins)`` per write.

    An ordinary write keeps its first value; LangGraph's special ones (error, interrupt, resume) take the last.
    """
    sealed = []
    for position, (channel, value) in enumerate(writes):
        index = WRITES_IDX_MAP.get(channel, position)
        field = WRITE + f"{encode(task_id)}:{index}".encode()
        data = ormsgpack.packb([task_path, channel, *serde.dumps_typed(value)])
        sealed.append((field, sealer.seal(data, _context(place, field)), index >= 0))
    return sealed


def open_metadata(sealer: Sealer, serde: SerializerProtocol, place: Place, fields: Fields) -> CheckpointMetadata:
    """Return a checkpoint's metadata alone (cheap, for filters)."""
    return cast(CheckpointMetadata, _open(sealer, serde, place, META, fields))


def open_tuple(sealer: Sealer, serde: SerializerProtocol, place: Place, fields: Fields) -> CheckpointTuple:
    """Return the checkpoint with its metadata and waiting writes.

    Raises:
        SealError: A field cannot be opened. Nothing is left out silently.
    """
    parent = fields.get(PARENT, b"").decode()
    return CheckpointTuple(
        config=config_of(place),
        checkpoint=cast(Checkpoint, _open(sealer, serde, place, BODY, fields)),
        metadata=open_metadata(sealer, serde, place, fields),
        parent_config=config_of(Place(place.thread, place.namespace, parent)) if parent else None,
        pending_writes=_open_writes(sealer, serde, place, fields),
    )


def reseal(sealer: Sealer, old: Place, new: Place, fields: Fields) -> dict[bytes, bytes]:
    """Return the fields as they must stand at another place."""
    moved = dict(fields)
    for field, value in fields.items():
        if field in (BODY, META) or field.startswith(WRITE):
            moved[field] = sealer.seal(sealer.open(value, _context(old, field)), _context(new, field))
    return moved


def _open_writes(sealer: Sealer, serde: SerializerProtocol, place: Place, fields: Fields) -> list[PendingWrite]:
    found = []
    for field, value in fields.items():
        if not field.startswith(WRITE):
            continue
        task_code, _, index = field.removeprefix(WRITE).decode().rpartition(":")
        task_id = decode(task_code)
        path, channel, kind, data = ormsgpack.unpackb(sealer.open(value, _context(place, field)))
        write = (task_id, channel, serde.loads_typed((kind, data)))
        found.append((writes_sort_key(path, task_id, int(index)), write))
    return [write for _, write in sorted(found, key=lambda pair: pair[0])]


def _seal(sealer: Sealer, serde: SerializerProtocol, place: Place, field: bytes, value: Any) -> bytes:
    kind, data = serde.dumps_typed(value)
    return sealer.seal(kind.encode() + b"\0" + data, _context(place, field))


def _open(sealer: Sealer, serde: SerializerProtocol, place: Place, field: bytes, fields: Fields) -> Any:
    if field not in fields:
        raise SealError("a stored checkpoint is incomplete")
    kind, _, data = sealer.open(fields[field], _context(place, field)).partition(b"\0")
    return serde.loads_typed((kind.decode(), data))


def _context(place: Place, field: bytes) -> bytes:
    return place.key.encode() + b"/" + field
