"""What keeps a contract from being served, found when the gateway is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from frontdesk.errors import ConfigurationError
from frontdesk.tools.backend import Backend
from frontdesk.tools.conditions import problems
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.schema import Schema


def contract_faults(contract: ToolContract, backends: Mapping[str, Backend]) -> Iterator[str]:
    """Yield what is wrong, each with the tool's name."""
    for part, schema in (("input", contract.input), ("output", contract.output)):
        try:
            Schema(schema, f"{contract.name}: {part}")
        except ConfigurationError as error:
            yield str(error)
    owner = contract.owner
    if contract.effect == "write" and owner is not None and owner.argument is None and contract.precheck is None:
        yield f"{contract.name}: a write whose owner rule names a result needs a precheck: it comes too late"
    for part, text in (("confirm", contract.confirm), ("approval", contract.approval)):
        yield from (f"{contract.name}: {part}: {problem}" for problem in problems(text))
    if contract.effect == "write" and contract.cache is not None:
        yield f"{contract.name}: a write has no cache; it is for reads"
    if contract.effect == "read" and (contract.approval or contract.confirm != "never"):
        yield f"{contract.name}: a read asks nobody; confirm and approval are for writes"
    backend = backends.get(contract.connector.kind)
    if backend is None:
        known = ", ".join(sorted(backends)) or "none"
        yield f"{contract.name}: no connector {contract.connector.kind!r}; there are: {known}"
        return
    yield from (f"{contract.name}: {problem}" for problem in backend.check(contract))
