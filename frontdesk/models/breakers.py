"""The circuit breakers of a roster: one per link, whichever roles name it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from frontdesk.desk.modelling import Breaker, Link
from frontdesk.models.breaker import CircuitBreaker, State
from frontdesk.models.causes import LinkError
from frontdesk.models.links import Identity, identity

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Breakers:
    """Made when first asked for."""

    rule: Breaker = field(default_factory=Breaker)
    clock: Callable[[], float] = time.monotonic
    """Seconds."""
    _made: dict[Identity, CircuitBreaker] = field(default_factory=dict, repr=False)

    def state(self, link: Link) -> State:
        """Return the state of a link's breaker."""
        return self._of(link).state

    def ready(self, link: Link) -> bool:
        """Whether a link would be asked now."""
        return self._of(link).ready

    @contextmanager
    def watching(self, link: Link) -> Iterator[None]:
        """Let one call through, and note how it ends.

        Raises:
            LinkError: ``open``: the link is not to be asked.
        """
        breaker = self._of(link)
        ticket = breaker.admit()
        if ticket is None:
            raise LinkError("open")
        try:
            yield
        except LinkError as error:
            if breaker.failed(ticket, error):
                logger.warning("model %s is left alone for a while: %s", link.model, error.cause)
            raise
        except BaseException:
            # the customer left, a budget is used up, a fault of our own: nothing was learnt of the link
            breaker.dropped(ticket)
            raise
        if breaker.succeeded(ticket):
            logger.info("model %s answers again", link.model)

    def _of(self, link: Link) -> CircuitBreaker:
        name = identity(link)
        if name not in self._made:
            self._made[name] = CircuitBreaker(self.rule, self.clock)
        return self._made[name]


__all__ = ["Breakers"]
