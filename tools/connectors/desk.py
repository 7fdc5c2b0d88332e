"""The desk connector: what the desk itself holds on the customer who asks.

``options: {operation: erase}`` deletes everything of theirs when the turn is over, ``{operation: export}`` sums up what
is held, ``{operation: consent, purpose: memory, granted: true}`` keeps the customer's word on a purpose of desk.yaml;
``granted: false`` also deletes what was kept for it. The result also has ``customer_id``, for the owner rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.errors import ConfigurationError, ConsentError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.owndata import OwnData, option_faults
from frontdesk.tools.reasons import refused


class DeskBackend:
    """Works on the desk's own stores, for the caller alone."""

    def __init__(self, own: OwnData) -> None:
        """Take the stores' face."""
        self._own = own

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`."""
        return [f"{problem}: {remedy}" for problem, remedy in option_faults(contract, self._own.purposes)]

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`. The caller's identity is the gateway's, never an argument."""
        caller = Caller(Principal(call.subject, call.tenant), call.thread, call.turn)
        return {**await self._done(options, call, caller), "customer_id": call.subject}

    async def _done(self, options: Mapping[str, Any], call: Invocation, caller: Caller) -> dict[str, Any]:
        if options["operation"] == "erase":
            return await self._own.erase(caller)
        if options["operation"] == "export":
            return await self._own.export(caller)
        try:
            return await self._own.consent(caller, options["purpose"], granted=options["granted"])
        except ConsentError as error:
            raise refused(call.tool, "not_offered", "We do not do that here, so there is nothing to change.") from error


def build(resources: Resources) -> DeskBackend:
    """Build the connector. ConfigurationError: nobody gave it the desk's stores."""
    if resources.own is None:
        raise ConfigurationError("the desk connector needs the desk's own stores")
    return DeskBackend(resources.own)
