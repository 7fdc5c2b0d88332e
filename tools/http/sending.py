"""One request on its way, and whether any of it has left."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class NotSentError(Exception):
    """Nothing was sent: the circuit is open, no token could be had, or it is too late."""


@dataclass(slots=True)
class Sending:
    """One request on its way."""

    method: str
    target: str
    """Path and query, encoded, without the connection's prefix."""
    headers: Mapping[str, str] = field(repr=False)
    content: bytes | None = field(default=None, repr=False)
    deadline: float = math.inf
    """``time.monotonic()`` by which the first byte must leave."""
    seconds: float = math.inf
    """The contract's timeout. The parts of the request get less, so that what is known of it is told before that ends:
    that nothing was sent yet, above all."""
    follow: bool = False
    """Whether a redirect to the same origin is followed."""
    begun: bool = False
    """Whether a byte of it may have left."""

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Hear of each step from httpcore, just before the first byte leaves. What is raised here stops the request."""
        if event.endswith(".send_request_headers.started"):
            if time.monotonic() > self.deadline:
                raise NotSentError
            self.begun = True
