"""A key service in this process, whose answers a test can spoil."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


@dataclass
class PlainService:
    """Wraps with a key of its own; ``fault`` makes it misbehave."""

    fault: str = ""
    """``refused``, ``silent``, ``short``, ``other`` (another key), ``text`` (not bytes), ``nothing``, or none."""
    calls: list[str] = field(default_factory=list)
    secret: bytes = field(default_factory=lambda: os.urandom(32))

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        self.calls.append("wrap")
        await self._misbehave(key)
        nonce = os.urandom(12)
        return b"" if self.fault == "nothing" else nonce + AESGCM(self.secret).encrypt(nonce, key, context)

    async def unwrap(self, blob: bytes, context: bytes) -> bytes:
        self.calls.append("unwrap")
        await self._misbehave(blob)
        if self.fault == "text":
            return "a text"  # type: ignore[return-value]
        key = AESGCM(self.secret).decrypt(blob[:12], blob[12:], context)
        return {"short": key[:16], "other": bytes(32)}.get(self.fault, key)

    async def _misbehave(self, data: bytes) -> None:
        if self.fault == "refused":
            raise ConnectionRefusedError(f"hunter2 {data!r}")
        if self.fault == "silent":
            await asyncio.Event().wait()
