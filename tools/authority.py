"""Who may call what, and on whose records. Deny by default; pure functions."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from frontdesk.graph.identity import Principal
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.reasons import fill, refused


def may_use(contract: ToolContract, principal: Principal) -> str:
    """Return why the principal may not use the tool at all: ``not_signed_in``, ``missing_scope``, or empty: may."""
    if contract.owner is not None and not principal.signed_in:
        return "not_signed_in"
    if not principal.scopes.issuperset(contract.scopes):
        return "missing_scope" if principal.signed_in else "not_signed_in"
    return ""


def own(contract: ToolContract, arguments: Mapping[str, Any], principal: Principal) -> dict[str, Any]:
    """Fill in the owner argument from the principal.

    Raises:
        ToolRefusedError: ``not_owner``, when the arguments name another owner; worded like a record that is not there.
    """
    name = contract.owner.argument if contract.owner else None
    if name is None:
        return dict(arguments)
    if name in arguments and arguments[name] != principal.subject:
        raise refused(contract.name, "not_owner", fill(contract.missing, arguments))
    return {**arguments, name: principal.subject}


def check_record(
    contract: ToolContract, record: Mapping[str, Any], principal: Principal, shown: Mapping[str, Any], *, partial: bool
) -> None:
    """See that a result belongs to the caller.

    Args:
        contract: Whose owner rule applies.
        record: What came back.
        principal: The caller.
        shown: Arguments that the refusal may repeat.
        partial: Whether the record may lack the owner's field (a precheck's lookup bound by the owner argument).

    Raises:
        ToolRefusedError: ``not_owner``; also when the field is absent and must not be. Fails closed.
    """
    path = contract.owner.result if contract.owner else None
    if path is None:
        return
    owners = _values(record, path.split("."))
    if partial and path not in record:
        return
    if not all(owner == principal.subject for owner in owners):
        raise refused(contract.name, "not_owner", fill(contract.missing, shown))


def definition(contract: ToolContract) -> dict[str, Any]:
    """Return the tool as models are offered it (OpenAI's format): without the owner argument."""
    parameters = copy.deepcopy(contract.input)
    hidden = contract.owner.argument if contract.owner else None
    if hidden is not None:
        parameters.get("properties", {}).pop(hidden, None)
        if hidden in parameters.get("required", ()):
            parameters["required"] = [name for name in parameters["required"] if name != hidden]
    function = {"name": contract.name, "description": contract.description, "parameters": parameters}
    return {"type": "function", "function": function}


def _values(record: Any, path: list[str]) -> list[Any]:
    """Return what stands at the path, through lists; ``[None]`` where it is missing, so that nothing passes by absence.

    An empty list holds nobody's record: no value.
    """
    if isinstance(record, list):
        return [value for item in record for value in _values(item, path)]
    if not path:
        return [record]
    if not isinstance(record, Mapping) or path[0] not in record:
        return [None]
    return _values(record[path[0]], path[1:])
