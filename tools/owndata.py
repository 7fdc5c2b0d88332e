"""What the ``desk`` connector reaches: what the desk itself holds on the customer who asks. Names and shapes only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from frontdesk.tools.contract import ToolContract

if TYPE_CHECKING:  # it brings LangChain along, which a check of a desk does without
    from frontdesk.graph.identity import Caller

CONNECTOR = "desk"
"""Kind of the connector."""
OPERATIONS: Mapping[str, frozenset[str]] = {
    "erase": frozenset({"operation"}),
    "export": frozenset({"operation"}),
    "consent": frozenset({"operation", "purpose", "granted"}),
    "memories": frozenset({"operation"}),
    "correct": frozenset({"operation"}),
    "forget": frozenset({"operation", "several"}),
}
"""Operation to its options."""
READS = frozenset({"export", "memories"})
WORDS = frozenset({"correct", "forget"})
"""Operations that take the customer's own words, as the argument :data:`ARGUMENT`."""
ARGUMENT = "what"
MATCHED: Mapping[str, str] = {"operation": "matched"}
"""Options of the lookup that says what several memories are meant, before the customer is asked."""


class OwnData(Protocol):
    """The desk's own stores, for one customer at a time."""

    @property
    def purposes(self) -> Collection[str]:
        """Purposes that a customer may allow or refuse."""
        ...

    async def erase(self, caller: Caller) -> dict[str, Any]:
        """Accept the request to delete everything: ``{"request"}``. It is carried out when the turn is over."""
        ...

    async def export(self, caller: Caller) -> dict[str, Any]:
        """Sum up what is held: ``{"conversations", "details", "remembers", "remembered"}``."""
        ...

    async def consent(self, caller: Caller, purpose: str, *, granted: bool) -> dict[str, Any]:
        """Keep the customer's word: ``{"granted", "removed"}``. ConsentError: the desk does not offer the purpose."""
        ...

    async def memories(self, caller: Caller) -> dict[str, Any]:
        """List what is remembered and holds: ``{"remembers", "memories": [{"number", "text", "said_on"}]}``."""
        ...

    async def matched(self, caller: Caller, what: str) -> list[str]:
        """Return the texts of the memories that the customer's masked words mean, in the order of the list."""
        ...

    async def forget(self, caller: Caller, what: str) -> list[str]:
        """Forget what :meth:`matched` names, for good, and return the texts of it."""
        ...

    async def correct(self, caller: Caller, what: str) -> list[dict[str, str]]:
        """Put right what the customer's masked words contradict, ``[{"before", "after"}]``; empty: nothing was told.

        ``before`` is empty where nothing was known, ``after`` where what was known does not hold.
        """
        ...


def option_faults(contract: ToolContract, purposes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a contract of the ``desk`` connector: problem and remedy.

    Args:
        contract: The contract.
        purposes: Names under ``consent`` in desk.yaml.
    """
    options = contract.connector.options
    operation = options.get("operation")
    if not isinstance(operation, str) or operation not in OPERATIONS:
        yield "the desk connector has no such operation", f"write `operation:` one of {', '.join(sorted(OPERATIONS))}"
        return
    if set(options) != OPERATIONS[operation]:
        yield f"wrong options for `{operation}`", f"write exactly: {', '.join(sorted(OPERATIONS[operation]))}"
        return
    if contract.owner is None or contract.owner.argument is None:
        yield "a tool on the customer's own data has no owner argument", "add `owner: {argument: customer_id, …}`"
    several = operation == "forget" and options["several"] is True
    if contract.precheck is not None and not (several and contract.precheck.options == MATCHED):
        yield "the desk connector has no lookup", "remove `precheck`"
    if (contract.effect == "write") != (operation not in READS):
        right = "write `effect: read` for export and memories, `effect: write` for the others"
        yield f"wrong `effect` for `{operation}`", right
    if operation == "erase" and contract.confirm != "always":
        yield "deleting everything is not confirmed", "write `confirm: always`"
    if operation == "consent":
        yield from _consent_faults(contract, purposes)
    if operation in WORDS:
        yield from _words_faults(contract, several=several)


def _words_faults(contract: ToolContract, *, several: bool) -> Iterator[tuple[str, str]]:
    spec = (contract.input.get("properties") or {}).get(ARGUMENT) or {}
    if ARGUMENT not in (contract.input.get("required") or ()) or spec.get("x-masked") is not True:
        yield f"the customer's words have no argument `{ARGUMENT}`", "add it: required, a string with `x-masked: true`"
    if "several" in contract.connector.options and not isinstance(contract.connector.options["several"], bool):
        yield "`several` is neither true nor false", "write `several: true` or `several: false`"
    elif several and (contract.confirm == "never" or contract.precheck is None):
        yield "several memories are forgotten unasked", "write `confirm: several` and the lookup `operation: matched`"


def _consent_faults(contract: ToolContract, purposes: Collection[str]) -> Iterator[tuple[str, str]]:
    purpose, granted = contract.connector.options["purpose"], contract.connector.options["granted"]
    if not isinstance(purpose, str) or purpose not in purposes:
        yield "unknown purpose", f"name one of desk.yaml's `consent`: {', '.join(sorted(purposes)) or 'none'}"
    if not isinstance(granted, bool):
        yield "`granted` is neither true nor false", "write `granted: true` or `granted: false`"
    elif granted and contract.confirm != "always":
        yield "consent is given without being asked for", "write `confirm: always`, with the wording in `question`"
    elif not granted and contract.confirm != "never":
        yield "an objection waits for a second yes", "write `confirm: never`: it counts at once"
