"""The desk connector: what the desk itself holds on the customer who asks.

``options: {operation: erase}`` deletes everything of theirs when the turn is over, ``{operation: export}`` sums up what
is held, ``{operation: consent, purpose: memory, granted: true}`` keeps the customer's word on a purpose of desk.yaml;
``granted: false`` also deletes what was kept for it. ``{operation: memories}`` lists what is remembered,
``{operation: forget, several: false}`` forgets one memory, ``several: true`` any number (after the lookup ``{operation:
matched}``), ``{operation: correct}`` puts right what the customer says is wrong; these take the customer's own words as
``what``. The result also has ``customer_id``, for the owner rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frontdesk.errors import ConfigurationError, ConsentError
from frontdesk.graph.identity import Caller, Principal
from frontdesk.tools.backend import Invocation, Resources
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.owndata import ARGUMENT, MATCHED, WORDS, OwnData, option_faults
from frontdesk.tools.reasons import failed, refused

NOTHING = "I remember nothing of that kind, so there is nothing to forget. Ask me what I remember of you for the list."
SEVERAL = "More than one of my notes fits: {}. Ask me what I remember of you, and tell me which number to forget."
UNCLEAR = (
    "I have changed nothing, because I could not tell what is right instead. Tell me how it is, for example: "
    '"I live in Leeds now."'
)


class DeskBackend:
    """Works on the desk's own stores, for the caller alone."""

    def __init__(self, own: OwnData) -> None:
        """Take the stores' face."""
        self._own = own

    def check(self, contract: ToolContract) -> list[str]:
        """See :class:`~frontdesk.tools.backend.Backend`."""
        return [f"{problem}: {remedy}" for problem, remedy in option_faults(contract, self._own.purposes)]

    async def close(self) -> None:
        """See :class:`~frontdesk.tools.backend.Backend`."""

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See :class:`~frontdesk.tools.backend.Backend`. The caller's identity is the gateway's, never an argument."""
        caller = Caller(Principal(call.subject, call.tenant), call.thread, call.turn)
        return {**await self._done(options, call, caller), "customer_id": call.subject}

    async def _done(self, options: Mapping[str, Any], call: Invocation, caller: Caller) -> dict[str, Any]:
        if options["operation"] == "erase":
            return await self._own.erase(caller)
        if options["operation"] == "export":
            return await self._own.export(caller)
        if options["operation"] == "memories":
            return await self._own.memories(caller)
        if options["operation"] in {*WORDS, MATCHED["operation"]}:
            return await self._by_words(options, call, caller)
        try:
            return await self._own.consent(caller, options["purpose"], granted=options["granted"])
        except ConsentError as error:
            raise refused(call.tool, "not_offered", "We do not do that here, so there is nothing to change.") from error

    async def _by_words(self, options: Mapping[str, Any], call: Invocation, caller: Caller) -> dict[str, Any]:
        """Do what the customer's words ask for. ToolRefusedError: they mean nothing that is remembered, or too much."""
        what = str(call.arguments.get(ARGUMENT) or "")
        if options["operation"] == "correct":
            changes = await self._own.correct(caller, what)
            if not changes:
                raise refused(call.tool, "nothing_told", UNCLEAR)
            return {"changes": changes}
        texts = await self._own.matched(caller, what)
        if not texts:
            raise refused(call.tool, "nothing_fits", NOTHING)
        if options["operation"] == MATCHED["operation"]:
            return {"count": len(texts), "listed": "; ".join(texts)}
        if len(texts) > 1 and not options["several"]:
            raise refused(call.tool, "several_fit", SEVERAL.format("; ".join(texts)))
        gone = await self._own.forget(caller, what)
        if not gone:
            raise failed(call.tool)
        return {"forgotten": gone}


def build(resources: Resources) -> DeskBackend:
    """Build the connector. ConfigurationError: nobody gave it the desk's stores."""
    if resources.own is None:
        raise ConfigurationError("the desk connector needs the desk's own stores")
    return DeskBackend(resources.own)
