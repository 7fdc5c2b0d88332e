"""A source for tests, in full control of the test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.testing.embedding_server import hashed


@dataclass
class Scripted:
    """Implements Source: plays ``script`` (an exception is raised, ``None`` answers rightly), then answers rightly."""

    script: list[Any] = field(default_factory=list)
    width: int = 16
    batch: int = 4
    calls: list[list[str]] = field(default_factory=list)
    gate: asyncio.Event | None = None
    """Waited for before each answer."""
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the first call."""

    def digest(self) -> str:
        return f"scripted-{self.width}"

    async def vectors(self, texts: Sequence[str]) -> Any:
        self.calls.append(list(texts))
        self.begun.set()
        if self.gate is not None:
            await self.gate.wait()
        step = self.script.pop(0) if self.script else None
        if isinstance(step, BaseException):
            raise step
        if isinstance(step, Callable):  # type: ignore[arg-type]
            return step(texts)
        return [hashed(text, self.width) for text in texts] if step is None else step


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
