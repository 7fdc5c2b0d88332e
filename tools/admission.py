"""Lets calls through that are about to be made, and counts them."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from frontdesk.desk.connecting import GatewayRules
from frontdesk.errors import ToolFailedError
from frontdesk.tools.jobs import Job
from frontdesk.tools.rates import MemoryRates, Rates
from frontdesk.tools.reasons import refused, wait_for

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Admission:
    """Counts the calls that are about to be made, against the contract's rate."""

    rates: Rates
    rules: GatewayRules
    clock: Callable[[], float]
    """Unix time in seconds."""
    local: Rates = field(default_factory=MemoryRates)
    """Of stateless callers."""

    async def admit(self, job: Job) -> None:
        """Count a call.

        Raises:
            ToolRefusedError: ``rate_limited``, with the time until it is possible again.
            ToolFailedError: ``rate_unavailable``, unless the desk's ``gateway.rate_unavailable`` is ``allow``.
        """
        contract, caller = job.contract, job.id.caller
        if contract.rate is None or job.undoes:
            return
        rates = self.rates if caller.stateful else self.local
        try:
            wait = await rates.take(caller, contract.name, contract.rate, self.clock())
        except ToolFailedError as error:
            if self.rules.rate_unavailable == "allow" and error.reason == "rate_unavailable":
                logger.warning("tool %s: its rate could not be counted", contract.name)
                return
            raise
        if wait:
            raise refused(contract.name, "rate_limited", wait_for(math.ceil(wait)))
