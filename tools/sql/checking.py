"""What is wrong with a contract whose connector is ``sql``."""

from __future__ import annotations

from typing import Any

from frontdesk.tools.contract import ToolContract
from frontdesk.tools.sql import keys
from frontdesk.tools.sql.statements import tokens
from frontdesk.tools.sql.steps import Options
from frontdesk.tools.sql.steps import problems as option_problems


def problems(contract: ToolContract, table: str) -> list[str]:
    """Return all faults; empty: none.

    Args:
        contract: The tool's.
        table: The connection's ``keys``; empty: none.
    """
    arguments = set(contract.input.get("properties", {}))
    found = option_problems(contract.connector.options, arguments, writes=contract.effect == "write")
    lookup = contract.idempotency.lookup
    parts: dict[str, dict[str, Any] | None] = {
        "precheck": contract.precheck.options if contract.precheck else None,
        "idempotency.lookup": lookup.options if lookup else None,
    }
    for part, options in parts.items():
        if options is not None:
            found += [f"{part}: {item}" for item in option_problems(options, arguments, writes=False)]
    return found or _keys(contract, table)


def keys_of(contract: ToolContract, table: str) -> str:
    """Return the table of keys that the contract relies on; empty: none. ``table`` is the connection's."""
    if contract.effect == "read":
        return ""
    return str(contract.connector.options.get("keys") or table)


def lacking(where: str, name: str) -> str:
    """Return the fault of a table of keys that is not there, with what to run."""
    place = f"connections.{where}" if where else "the desk's database"
    return f"{place}: there is no table {name}, which contracts rely on; run there:\n{keys.ddl(name)}"


def _keys(contract: ToolContract, table: str) -> list[str]:
    options = Options.model_validate(dict(contract.connector.options))
    if contract.effect == "write" and not any(step.form == "write" for step in options.steps):
        return ["a write without a `write` step"]
    named = keys_of(contract, table)
    if not named:
        remote = contract.idempotency.remote
        told = (
            "idempotency.remote: a database recognises a repeated key by a table of keys: add `keys: frontdesk_calls`"
        )
        return [told] if remote else ["`keys` is for writes"] if options.keys else []
    if any(token.text.upper() == "RETURNING" for step in options.steps for token in tokens(step.write or "")):
        return [
            "with `keys`, no RETURNING: a repeated call would lack it; tell the result in a step after the last write"
        ]
    forms = [step.form for step in options.steps]
    last = max(index for index, form in enumerate(forms) if form == "write")
    early = [number for number, form in enumerate(forms[:last], start=1) if form != "write"]
    if early:
        return [
            f"step {early[0]}: reads before a write, and with `keys` a repeated call tells what follows the last write"
        ]
    if last == len(forms) - 1 and contract.output.get("required"):
        return ["with `keys`, a step after the last write has to tell the result: a repeated call runs nothing else"]
    return []
