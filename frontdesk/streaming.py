"""From what the graph writes while it runs to the events of a stream."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdesk.nodes.scrub.stream import StreamRestorer
from frontdesk.reply import Event, Reply, RetractEvent, StageEvent, TextEvent

Emit = Callable[[Event], None]
"""Takes the events of a turn in order."""


def pieces(text: str) -> Iterator[str]:
    """Cut a reviewed text into what is sent at once: up to a sentence or a line each; joined, they are the text."""
    yield from (part for part in re.split(r"(?<=[.!?]\s)|(?<=\n)", text) if part)


@dataclass
class TurnEvents:
    """The events of one running turn: its stages, and the reviewed words with the customer's values in them."""

    emit: Emit
    values: Callable[[], Awaitable[Mapping[str, str]]]
    """Returns the thread's placeholders with their values."""
    _restorer: StreamRestorer = field(default_factory=lambda: StreamRestorer({}))
    _sent: str = ""

    async def take(self, data: Mapping[str, Any]) -> None:
        """Take what a stage wrote: ``{"stage", "phase", "ms", "note"}`` or ``{"text", "first"}``."""
        if "stage" in data:
            self.emit(StageEvent(**data))
        elif "text" in data:
            if data["first"]:
                self._restorer = StreamRestorer(await self.values())
                self._begin(self._restorer.feed(data["text"]))
            else:
                self._send(self._restorer.feed(data["text"]))

    def _begin(self, text: str) -> None:
        """Take the beginning of a model's words: what is sent already stays where they begin with it.

        That is so for another request of the same message, whose answer follows the one before.
        """
        if self._sent and not text.startswith(self._sent):
            self.emit(RetractEvent())
            self._sent = ""
        self._send(text[len(self._sent) :])

    def _send(self, text: str) -> None:
        if text:
            self._sent += text
            self.emit(TextEvent(text))


@dataclass
class Heard:
    """What the reader of a stream got so far: whatever it was, in the end it is the reply."""

    text: str = ""

    def note(self, event: Event) -> None:
        """Take an event that the reader gets."""
        if isinstance(event, TextEvent):
            self.text += event.text
        elif isinstance(event, RetractEvent):
            self.text = ""

    def rest(self, reply: Reply) -> Iterator[Event]:
        """Yield what the reader still needs to have the reply's text."""
        given = self.text
        if not reply.text.startswith(given):
            yield RetractEvent()
            given = ""
        for piece in pieces(reply.text[len(given) :]):
            yield TextEvent(piece)
