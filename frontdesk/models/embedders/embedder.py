"""The embedder of a desk: bounded in time, left alone while it fails, and asked once per text."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from frontdesk.desk.modelling import Breaker
from frontdesk.errors import ModelError
from frontdesk.models.bounded import bounded
from frontdesk.models.breaker import CircuitBreaker
from frontdesk.models.causes import LinkError, link_error
from frontdesk.models.embedders.source import Floats, Source, believed, neutral

_log = logging.getLogger(__name__)

_KEPT = 256
"""Vectors that are remembered: those of the turns in hand and of what was just asked."""
_BREAKER = Breaker(failures=3, window=60, pause=30)
"""Three failures within a minute cost three customers the time limit; the others do not wait for half a minute."""


class BoundedEmbedder:
    """Implements :class:`frontdesk.graph.protocols.Embedder`. Of one event loop."""

    def __init__(self, source: Source, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the source.

        Args:
            source: What is asked.
            seconds: Time for one message.
            clock: Monotonic time in seconds.
        """
        self._source = source
        self._seconds = seconds
        self._breaker = CircuitBreaker(_BREAKER, clock)
        self._width: int | None = None
        self._kept: OrderedDict[bytes, Floats] = OrderedDict()
        self._flying: dict[bytes, asyncio.Task[Floats]] = {}

    def digest(self) -> str:
        """Return what identifies model and version."""
        return self._source.digest()

    def expect(self, width: int) -> None:
        """Take no vectors of another width from now on."""
        self._width = width

    async def embed(self, text: str) -> Floats:
        """Return the vector of one masked text, (d,); several who ask for the same text cost one call.

        Raises:
            ModelError: It could not be had in time; the text of the error is a closed code such as ``timeout``.
        """
        key = _key(text)
        if (known := self._recalled(key)) is not None:
            return known
        task = self._flying.get(key)
        if task is None:
            task = self._flying[key] = asyncio.create_task(self._one(key, text))
            task.add_done_callback(lambda done: self._landed(key, done))
        # who stops waiting must not take the vector from the others
        return await asyncio.shield(task)

    async def embed_many(self, texts: Sequence[str], *, seconds: float | None = None) -> Floats:
        """Return the vectors of several masked texts, (texts, d).

        Args:
            texts: At least one.
            seconds: Time for one call of the source's batch size; by default that of one message. Texts that are
                given another time are no messages (a fit's examples), and are not remembered.

        Raises:
            ModelError: As for :meth:`embed`; nothing is returned in part.
        """
        keys = [_key(text) for text in texts]
        found = {key: vector for key in keys if (vector := self._recalled(key)) is not None}
        wanted = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        pending = list(wanted.items())
        width = self._width
        for start in range(0, len(pending), self._source.batch):
            part = pending[start : start + self._source.batch]
            vectors = await self._asked([text for _, text in part], seconds or self._seconds, width)
            width = vectors.shape[1]
            found |= {key: vector for (key, _), vector in zip(part, vectors, strict=True)}
        if seconds is None:
            for key in wanted:
                self._remember(key, found[key])
        return np.stack([found[key] for key in keys])

    async def close(self) -> None:
        """End what is under way."""
        tasks = tuple(self._flying.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, key: bytes, text: str) -> Floats:
        vector: Floats = (await self._asked([text], self._seconds, self._width))[0]
        self._remember(key, vector)
        return vector

    async def _asked(self, texts: Sequence[str], seconds: float, width: int | None) -> Floats:
        ticket = self._breaker.admit()
        if ticket is None:
            raise ModelError("open")
        try:
            raw = await bounded(self._source.vectors([neutral(text) for text in texts]), seconds)
            vectors = believed(raw, len(texts), width)
        except Exception as error:  # noqa: BLE001 - a provider's library may raise anything, with the text in it
            malformed = isinstance(error, ModelError)
            failure = LinkError("malformed") if malformed else link_error(error, started=False)
            self._breaker.failed(ticket, failure)
            _log.warning("embedding failed: cause=%s breaker=%s", failure.cause, self._breaker.state)
            raise ModelError(failure.cause) from None
        except BaseException:
            self._breaker.dropped(ticket)
            raise
        self._breaker.succeeded(ticket)
        return vectors

    def _recalled(self, key: bytes) -> Floats | None:
        vector = self._kept.get(key)
        if vector is not None:
            self._kept.move_to_end(key)
        return vector

    def _remember(self, key: bytes, vector: Floats) -> None:
        vector.flags.writeable = False
        self._kept[key] = vector
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _landed(self, key: bytes, task: asyncio.Task[Floats]) -> None:
        self._flying.pop(key, None)
        if not task.cancelled():
            task.exception()  # read, so that asyncio does not report it where nobody waits any more


def _key(text: str) -> bytes:
    """A digest stands for the text: a memory dump has no need of customers' words."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
