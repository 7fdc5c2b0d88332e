"""A circuit breaker: a model that keeps failing is left alone for a while, then tried by one call.

States and transitions as in Nygard, "Release It!" (2007): closed, open, half-open.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Literal

from frontdesk.desk.modelling import Breaker
from frontdesk.models.causes import Cause, LinkError

State = Literal["closed", "open", "half_open"]

COUNTED: frozenset[Cause] = frozenset({"timeout", "server_error", "connection", "cut", "rate_limited", "auth"})
"""Causes that say something of the provider; what is malformed or refused says it of one request."""
AT_ONCE: frozenset[Cause] = frozenset({"auth"})
"""Causes that the next call would meet as well."""
SHORTEST = 1.0
"""Seconds that an open breaker pauses at least, whatever the provider says."""
LONGEST = 900.0
"""Seconds for which a provider's Retry-After is believed at most."""


class CircuitBreaker:
    """Of one link, in one process, on one event loop."""

    def __init__(self, rule: Breaker, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the desk's rule and a clock in seconds."""
        self._rule = rule
        self._clock = clock
        self._failures: deque[float] = deque()
        self._until: float | None = None
        self._probe = False
        self._round = 0
        """Counts changes of state: what was let through before the last one has no say any more."""

    @property
    def state(self) -> State:
        """closed: calls go through; open: none does; half_open: one does, or is under way."""
        if self._until is None:
            return "closed"
        return "half_open" if self._probe or self._clock() >= self._until else "open"

    @property
    def ready(self) -> bool:
        """Whether a call would be let through now."""
        return self._until is None or (not self._probe and self._clock() >= self._until)

    def admit(self) -> int | None:
        """Let a call through.

        Returns:
            The ticket with which one of the other methods is called when it ended; None: the call is not to be made.
        """
        if not self.ready:
            return None
        self._probe = self._until is not None
        return self._round

    def succeeded(self, ticket: int) -> bool:
        """Note an answer: what failed before is forgotten.

        Returns:
            Whether the breaker closed by it.
        """
        if ticket != self._round:
            return False
        self._failures.clear()
        if self._until is None:
            return False
        self._change(None)
        return True

    def failed(self, ticket: int, error: LinkError) -> bool:
        """Note a failure.

        Returns:
            Whether the breaker opened by it.
        """
        if ticket != self._round:
            return False
        if error.cause not in COUNTED and self._probe:
            # it answered, so it is there
            self._change(None)
            return False
        if error.cause not in COUNTED or not error.counts:
            self.dropped(ticket)
            return False
        now = self._clock()
        self._failures.append(now)
        while self._failures[0] < now - self._rule.window:
            self._failures.popleft()
        told = error.retry_after
        waits = error.cause == "rate_limited" and told is not None and told > self._rule.pause
        if not (self._probe or waits or error.cause in AT_ONCE or len(self._failures) >= self._rule.failures):
            return False
        self._change(now + (self._rule.pause if told is None else min(max(told, SHORTEST), LONGEST)))
        return True

    def dropped(self, ticket: int) -> None:
        """Note that a call ended without telling anything of the link: the customer left, or the time was too short."""
        if ticket == self._round:
            self._probe = False

    def _change(self, until: float | None) -> None:
        self._until = until
        self._probe = False
        self._failures.clear()
        self._round += 1


__all__ = ["AT_ONCE", "COUNTED", "LONGEST", "SHORTEST", "CircuitBreaker", "State"]
