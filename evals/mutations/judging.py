"""What may reach a connector, said again without a line of the gateway's: plain jsonschema, scopes, owner, yes."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdesk.evals.mutations.expressions import asked
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import Proposal
from frontdesk.tools.backend import Backend, Invocation
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.schema import import_jsonschema

_BAD = re.compile("[\ud800-\udfff\x00]")
TRACE = re.compile(r"Traceback|File \"|line \d+, in |Error\(|Exception")


_AMOUNTS = (20, 50, 50.01, 1000, 1000.01, 4_000, None, "20", True)
"""Of what a record says; at the borders of expressions, and what no amount is."""

_RECORD: Mapping[str, Any] = {
    "orders": [], "status": "open", "state": "ordered", "period": "open", "quantity": 1, "product": "rug",
    "why": "faulty", "instead": "", "total": "20.00", "kind": "return", "listed": "tea",
}  # fmt: skip
"""What the retail desk's questions name, so that they can be asked; no state in which a rule refuses."""


@dataclass
class Reached:
    """What reached a connector."""

    call: Invocation
    answer: Any = field(default=None, repr=False)
    """What it said; None: it raised."""

    @property
    def ran(self) -> bool:
        """Whether it was the call itself, and not a lookup of a precheck."""
        return bool(self.call.key)


@dataclass
class Counting:
    """A connector that does nothing and keeps what reached it; its records hold amounts and counts of all kinds."""

    reached: list[Reached] = field(default_factory=list)
    round: int = 0
    """Its record is another one in each; in one it stays, however often it is looked up."""

    def check(self, contract: ToolContract) -> list[str]:
        """See ``frontdesk.tools.backend.Backend``."""
        return []

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See ``frontdesk.tools.backend.Backend``."""
        at = self.round
        answer = {**_RECORD, "customer_id": call.subject, "count": 1 + at % 2}
        answer |= {"amount": _AMOUNTS[at % len(_AMOUNTS)]} if at % 10 else {}
        self.reached.append(Reached(call, answer))
        return answer

    async def close(self) -> None:
        """See ``frontdesk.tools.backend.Backend``."""


@dataclass
class Watching:
    """A real connector, with what reached it and what it answered."""

    inner: Backend
    reached: list[Reached]

    def check(self, contract: ToolContract) -> list[str]:
        """See ``frontdesk.tools.backend.Backend``."""
        return self.inner.check(contract)

    async def run(self, options: Mapping[str, Any], call: Invocation) -> dict[str, Any]:
        """See ``frontdesk.tools.backend.Backend``."""
        noted = Reached(call)
        self.reached.append(noted)
        answer = await self.inner.run(options, call)
        noted.answer = answer
        return answer

    async def close(self) -> None:
        """See ``frontdesk.tools.backend.Backend``."""
        await self.inner.close()


@functools.cache
def _validator(schema: str) -> Any:
    validator = import_jsonschema().Draft202012Validator
    return validator(json.loads(schema), format_checker=validator.FORMAT_CHECKER)


def wrongs(
    contract: ToolContract,
    call: Invocation,
    who: Principal,
    agreed: Proposal | None,
    foreign: Collection[str],
    *,
    ran: bool,
    record: Mapping[str, Any] | None = None,
) -> list[str]:
    """Return why a call must not have reached its connector, in closed words; empty: it may.

    Args:
        contract: Of the tool.
        call: What reached the connector.
        who: Who asked.
        agreed: What the customer had said yes to by then; None: nothing.
        foreign: Values that belong to somebody else's conversation.
        ran: Whether it was the call itself, and not a lookup.
        record: What the last lookup for it found; None: there was none.
    """
    arguments = dict(call.arguments)
    found = [] if _validator(json.dumps(contract.input)).is_valid(arguments) else ["schema"]
    text = json.dumps(arguments)
    found += ["surrogate"] if _BAD.search("".join(_texts(arguments))) else []
    found += ["foreign"] if any(value in text for value in foreign) else []
    needs = contract.owner is not None or contract.scopes
    found += ["anonymous"] if needs and who.subject == "anonymous" else []
    found += ["scope"] if set(contract.scopes) - who.scopes else []
    found += ["role"] if contract.roles and not set(contract.roles) & who.roles else []
    found += ["subject"] if (call.subject, call.tenant) != (who.subject, who.tenant) else []
    owner = contract.owner.argument if contract.owner else None
    found += ["owner"] if owner and arguments.get(owner) != who.subject else []
    if ran and contract.effect == "write":
        found += _unsaid(contract, {name: item for name, item in arguments.items() if name != owner}, agreed, record)
    return found


def sayable(contract: ToolContract, arguments: Any) -> bool:
    """Whether a refusal may repeat arguments: they are valid, whoever they name as the owner."""
    owner = contract.owner.argument if contract.owner else None
    try:
        given = json.loads(arguments) if isinstance(arguments, str) else arguments
    except ValueError:
        return False
    if not isinstance(given, Mapping):
        return False
    schema = {**contract.input, "required": [name for name in contract.input.get("required", ()) if name != owner]}
    return bool(_validator(json.dumps(schema)).is_valid({name: item for name, item in given.items() if name != owner}))


def _unsaid(
    contract: ToolContract, arguments: Mapping[str, Any], agreed: Proposal | None, record: Mapping[str, Any] | None
) -> list[str]:
    """Return whose yes is missing. Nobody here is a second person, so what needs one never runs."""
    found = []
    if asked(contract.confirm, record or {}, arguments):
        shown = None if agreed is None else agreed["arguments"]
        found += ["no_yes"] if shown is None else [] if _matches(shown, arguments) else ["other_than_shown"]
    return found + (["no_approval"] if asked(contract.approval, record or {}, arguments) else [])


def _matches(shown: Mapping[str, Any], ran: Mapping[str, Any]) -> bool:
    """Whether what ran is what was shown, but for placeholders, which stand for the customer's own values."""
    return shown.keys() == ran.keys() and all(
        value == ran[name] or (isinstance(value, str) and "_1" in value) for name, value in shown.items()
    )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for pair in value.items() for item in pair for text in _texts(item)]
    return [text for item in value for text in _texts(item)] if isinstance(value, list | tuple) else []
