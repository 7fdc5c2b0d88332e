"""What is heard of one link while it answers: its first sign of life, and its words until it is cut off."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from langchain_core.messages import AIMessageChunk

from frontdesk.graph.deps import OnText

logger = logging.getLogger(__name__)


@dataclass
class Hearing:
    """One call of one link: an answer, or two where the first could not be used."""

    on_text: OnText | None = None
    """Takes the words as they come, until :meth:`close`."""
    first: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when an answer begins."""
    _spoke: bool = False

    async def begin(self) -> None:
        """Note that a request goes out; what an earlier answer said is taken back."""
        await self._tell(None)

    async def take(self, chunk: AIMessageChunk) -> None:
        """Hear a piece of the answer."""
        if chunk.content or chunk.tool_call_chunks:
            self.first.set()
        if words := str(chunk.text):
            await self._tell(words)

    async def close(self, *, failed: bool) -> None:
        """Let no more words through: work that was left behind may still be talking. Those of a failure go back."""
        if failed and self._spoke:
            await self._tell(None)
        self.on_text = None

    async def _tell(self, words: str | None) -> None:
        if self.on_text is None:
            return
        try:
            self._spoke = words is not None
            await self.on_text(words)
        # the listener's own fault: the model is not to blame, and the whole reply is reviewed in the end
        except Exception as error:  # noqa: BLE001
            logger.error("words are no longer shown as they come: %s", type(error).__name__)
            self.on_text = None


__all__ = ["Hearing"]
