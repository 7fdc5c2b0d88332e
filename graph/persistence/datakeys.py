"""Data keys: one per thread, random, stored beside the values it seals and wrapped by the deployment's key.

Envelope encryption: a rotation wraps a few bytes per thread anew instead of every value, a key service sees keys and
never values, and once the wrapped key is dropped no copy of the values that lacks it opens any more. A copy that has it
too (an append-only file not yet rewritten, an old snapshot) dies with the deployment's key that wrapped it
(docs/keys.md).
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from frontdesk.errors import KeyServiceError, SealError
from frontdesk.graph.persistence.keyservice import MARK, VARIABLE
from frontdesk.graph.persistence.sealer import KEY_BYTES, Sealer, key_id

_FORM = b"\x03"
_NONCE_BYTES = 12
KEY_MARK = b"@"
"""Begins the name of the field that holds a wrapped data key; the tenant follows. No placeholder begins like this."""
HELD = 4096
"""Unwrapped keys in a process, about 1 kB each."""
HELD_SECONDS = 900.0
"""After which a key is unwrapped anew: as long does a key service's refusal take to be felt."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """One thread's key, unwrapped, together with the form in which it is stored."""

    wrapped: bytes
    cipher: AESGCM

    def seal(self, data: bytes, context: bytes) -> bytes:
        """Encrypt (AES-256-GCM, random nonce); ``context`` must be the same when it is opened, and is not stored."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORM + nonce + self.cipher.encrypt(nonce, data, _FORM + context)

    def open(self, blob: bytes, context: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            SealError: Sealed with another key, for another place, altered, or not sealed at all.
        """
        try:
            return self.cipher.decrypt(blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :], blob[:1] + context)
        except (InvalidTag, ValueError) as error:
            raise SealError("a value of a thread was altered, or belongs to another place") from error


def data_key_context(key: str, field: bytes) -> bytes:
    """Return what a data key is bound to: the hash it lies in (which names the thread) and its field (the tenant)."""
    return key.encode() + b"/" + field


def under_data_key(blob: bytes) -> bool:
    """Tell whether a stored value is sealed under a data key, and not under a key of the deployment."""
    return blob[:1] == _FORM


class DataKeys:
    """Makes and unwraps data keys; those in use are held, a bounded number for a bounded time."""

    def __init__(
        self,
        sealer: Sealer,
        *,
        limit: int = HELD,
        seconds: float = HELD_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the deployment's keys (or their key service, which the sealer names), and the bounds."""
        self._sealer = sealer
        self._limit, self._seconds, self._clock = limit, seconds, clock
        self._held: OrderedDict[bytes, tuple[float, DataKey]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many keys are held."""
        return len(self._held)

    def held(self, context: bytes) -> DataKey | None:
        """Return the key of a place where it is held and still fresh."""
        found = self._held.get(context)
        if found is None or found[0] <= self._clock():
            self._held.pop(context, None)
            return None
        self._held.move_to_end(context)
        return found[1]

    async def make(self, context: bytes) -> DataKey:
        """Return a fresh key, wrapped for a place (``context``), and held.

        Raises:
            KeyServiceError: The key service failed.
        """
        key = os.urandom(KEY_BYTES)
        return self._hold(context, await self._wrap(key, context), key)

    async def unwrap(self, wrapped: bytes, context: bytes) -> DataKey:
        """Return the key that is stored wrapped.

        Raises:
            SealError: Wrapped with a key that is not listed, for another place, or altered.
            KeyServiceError: The key service failed, or none is configured where one is needed.
        """
        held = self.held(context)
        if held is not None and held.wrapped == wrapped:
            return held
        return self._hold(context, wrapped, await self._unwrap(wrapped, context))

    async def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return a wrapped key wrapped anew, by the current key or the key service; the key itself stays."""
        return await self._wrap(await self._unwrap(wrapped, context), context)

    def forget(self, context: bytes) -> None:
        """Hold the key of a place no longer."""
        self._held.pop(context, None)

    def outdated(self, wrapped: bytes) -> bool:
        """Tell whether a wrapped key is wrapped by other than the current key or the key service."""
        return wrapper_of(wrapped) != ("service" if self._sealer.service else self._sealer.current)

    async def _wrap(self, key: bytes, context: bytes) -> bytes:
        if self._sealer.service is not None:
            return await self._sealer.service.wrap(key, context)
        return self._sealer.seal(key, context)

    async def _unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        if wrapped[:1] != MARK:
            return self._sealer.open(wrapped, context)
        if self._sealer.service is None:
            raise KeyServiceError(f"a thread's key was wrapped by a key service; name it again with {VARIABLE}")
        return await self._sealer.service.unwrap(wrapped, context)

    def _hold(self, context: bytes, wrapped: bytes, key: bytes) -> DataKey:
        made = DataKey(wrapped, AESGCM(key))
        self._held[context] = (self._clock() + self._seconds, made)
        self._held.move_to_end(context)
        while len(self._held) > self._limit:
            self._held.popitem(last=False)
        return made


def wrapper_of(wrapped: bytes) -> str:
    """Return the id of the key that wrapped a data key; ``service`` for the key service's."""
    return "service" if wrapped[:1] == MARK else key_id(wrapped)
