"""Single flight: of many who ask the same at once, one asks the models and the others take what that one gets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from frontdesk.graph.deps import Completion

Work = Callable[[], Awaitable[Completion]]

LINGER = 5.0
"""Seconds for which a finished answer is handed on to who comes late, at most: until it is reviewed and kept."""


@dataclass(slots=True)
class _Flight:
    done: asyncio.Event = field(default_factory=asyncio.Event)
    completion: Completion | None = None
    """What the leader got; None while it asks, and where it was stopped."""
    ended: float = 0.0
    """Loop time in seconds; 0 while it asks."""


class Flights:
    """The flights of one process and event loop, by the mark of the question."""

    def __init__(self) -> None:
        """Start with none."""
        self._flights: dict[str, _Flight] = {}

    async def share(self, mark: str, wait: float, work: Work) -> tuple[Completion, bool]:
        """Do the work, or take the result of who does it.

        Args:
            mark: Names the question.
            wait: Seconds to wait for somebody else; after that everybody works for himself.
            work: Asks the models. Its errors are the leader's alone.

        Returns:
            The completion, and whether another one's work made it. A leader that is stopped or fails is followed by
            one of those who wait, and a leader whose answer is no good one (its models failed) by all of them.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + wait
        while flight := self._current(mark, clock()):
            try:
                async with asyncio.timeout_at(until):
                    await flight.done.wait()
            except TimeoutError:
                return await work(), False
            if flight.completion is not None:
                return (flight.completion, True) if shareable(flight.completion) else (await work(), False)
        return await self._led(mark, work), False

    def over(self, mark: str) -> None:
        """Forget a finished flight: its answer is in the store now, or will not be."""
        flight = self._flights.get(mark)
        if flight and flight.ended:
            del self._flights[mark]

    async def _led(self, mark: str, work: Work) -> Completion:
        flight = self._flights[mark] = _Flight()
        try:
            flight.completion = await work()
            return flight.completion
        finally:
            flight.ended = asyncio.get_running_loop().time()
            if flight.completion is None and self._flights.get(mark) is flight:
                del self._flights[mark]
            flight.done.set()

    def _current(self, mark: str, now: float) -> _Flight | None:
        gone = [name for name, flight in self._flights.items() if flight.ended and now - flight.ended > LINGER]
        for name in gone:
            del self._flights[name]
        return self._flights.get(mark)


def shareable(completion: Completion) -> bool:
    """Whether a completion may be handed on: words, of a model that answered as it should."""
    message = completion.message
    return not completion.failures and not message.tool_calls and not message.invalid_tool_calls and bool(message.text)


__all__ = ["LINGER", "Flights", "shareable"]
