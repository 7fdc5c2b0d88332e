"""From a proposed call to a job: may the principal, what does it say, whose is it, is it valid. No store, no effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.errors import ToolRefusedError
from frontdesk.graph.deps import Examined, Restore
from frontdesk.graph.identity import Caller
from frontdesk.tools.arguments import canonical, parse, with_defaults
from frontdesk.tools.authority import definition, may_use, own
from frontdesk.tools.coercing import coerce
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import CallId
from frontdesk.tools.reasons import refused
from frontdesk.tools.schema import Schema

UNNAMED = "?"
"""Stands in the audit for a tool that does not exist: its name is a model's text."""


@dataclass(slots=True)
class Trace:
    """What is known of a call so far, for the audit."""

    call: CallId
    repairs: list[str] = field(default_factory=list)
    """Closed codes."""


class Preparer:
    """Reads calls against the contracts."""

    def __init__(
        self, contracts: Mapping[str, ToolContract], clock: Callable[[], float], tenant: str | None = None
    ) -> None:
        """Compile the input schemas.

        Args:
            contracts: By tool name.
            clock: Unix time in seconds.
            tenant: The business whose tools these are; None: not bound to one.

        Raises:
            ConfigurationError: a schema that is not one.
        """
        self._contracts = contracts
        self._inputs = {name: Schema(item.input, f"{name}: input") for name, item in contracts.items()}
        self._shown = {name: _shown(item) for name, item in contracts.items()}
        self._clock = clock
        self._tenant = tenant

    def trace(self, call: ToolCall, caller: Caller) -> Trace:
        """Return an empty trace of a call."""
        name = str(call.get("name"))
        return Trace(CallId(caller, caller.turn_id, name if name in self._contracts else UNNAMED, ""))

    def job(self, call: ToolCall, trace: Trace, restore: Restore) -> Job:
        """Turn what somebody wrote into an allowed call.

        Args:
            call: ``args`` may also be JSON text, as a model wrote it.
            trace: Takes the repairs, and the call's identity.
            restore: Puts values back; it keeps to its vault.

        Raises:
            ToolRefusedError: unknown tool, not this principal's, malformed, somebody else's, not valid.
        """
        contract = self._contracts.get(str(call.get("name")))
        if contract is None:
            raise refused(UNNAMED, "unknown_tool")
        principal = trace.call.caller.principal
        denied = may_use(contract, principal, self._clock(), self._tenant)
        if denied:
            raise refused(contract.name, denied)
        arguments, trace.repairs = parse(contract.name, call.get("args"), contract.effect)
        own(contract, arguments, principal, lambda: self._sayable(contract, arguments))
        masked, coerced = self._fitted(contract, arguments)
        trace.repairs += coerced
        trace.call = replace(trace.call, tool=contract.name, arguments=canonical(masked))
        values = own(contract, restore(masked), principal)
        problems = self._inputs[contract.name].problems(values)
        if problems:
            raise refused(contract.name, "not_valid", f"Not valid, nothing was done: {'; '.join(problems)}.")
        return Job(contract, trace.call, masked, values)

    def examine(self, call: ToolCall, restore: Restore) -> Examined:
        """See ``frontdesk.graph.protocols.Gateway``. The owner's argument is left out of it: nobody may give it."""
        contract = self._contracts.get(str(call.get("name")))
        if contract is None:
            return Examined()  # nothing that could be mended: the call is refused for what it is
        try:
            arguments, repairs = parse(contract.name, call.get("args"), contract.effect)
            masked, coerced = self._fitted(contract, arguments)
            values = restore(masked)
        except ToolRefusedError as error:
            # Somebody else's placeholder, or one that a field may not take, is nothing that a model could mend.
            mendable = error.reason in {"malformed", "too_large"}
            return Examined(problems=(str(error),) if mendable else ())
        return Examined(masked, tuple(self._shown[contract.name].problems(values)), (*repairs, *coerced))

    def _sayable(self, contract: ToolContract, arguments: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return what a refusal may repeat of arguments: all but the owner's, where they are valid; else None."""
        masked, _ = self._fitted(contract, arguments)
        return None if self._shown[contract.name].problems(masked) else masked

    def _fitted(self, contract: ToolContract, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Return the arguments without the owner's, coerced, with the contract's defaults; and the changes."""
        hidden = contract.owner.argument if contract.owner else None
        given = {key: value for key, value in arguments.items() if key != hidden}
        preset = with_defaults({}, contract.input)
        coerced, codes = coerce(
            given, self._shown[contract.name], frozenset(preset if contract.effect == "write" else ())
        )
        filled = with_defaults(coerced, contract.input)
        return {key: value for key, value in filled.items() if key != hidden}, codes


def _shown(contract: ToolContract) -> Schema:
    """Compile what a caller may give: the input without the owner's argument."""
    parameters = definition(contract)["function"]["parameters"]
    return Schema(parameters, f"{contract.name}: input")
