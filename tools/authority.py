"""Who may call what, and on whose records. Deny by default; pure functions."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from frontdesk.graph.identity import Principal
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.reasons import fill, lacking, refused

Denied = Literal[
    "", "expired", "wrong_tenant", "not_signed_in", "missing_scope", "missing_role", "not_verified"
]  # fmt: skip
"""Why a principal may not use a tool; empty: may."""

_MISSING = object()
"""Stands for an owner's field that is not there; equal to nobody's id."""


def may_use(contract: ToolContract, principal: Principal, now: float, tenant: str | None = None) -> Denied:
    """Return why the principal may not use the tool at all; empty: may.

    Args:
        contract: The tool's.
        principal: As the door established it. Nothing else is looked at: no argument and no text can add to it.
        now: Unix time in seconds, at the moment of the call and not of the door.
        tenant: The business whose tools these are; None: not bound to one.

    Returns:
        The first that applies, in the order of :data:`Denied`; ``not_verified`` only where verifying would be enough.
    """
    if principal.expired(now):
        return "expired"
    if tenant is not None and principal.tenant != tenant:
        return "wrong_tenant"
    personal = contract.owner is not None or contract.scopes or contract.roles or contract.verified != "none"
    if personal and not principal.signed_in:
        return "not_signed_in"
    if not principal.scopes.issuperset(contract.scopes):
        return "missing_scope"
    if contract.roles and principal.roles.isdisjoint(contract.roles):
        return "missing_role"
    return "" if principal.reaches(contract.verified) else "not_verified"


def is_offered(contract: ToolContract, principal: Principal, now: float, tenant: str | None = None) -> bool:
    """Whether a model gets to know of the tool: what the principal may use, and what they may once they verified."""
    return may_use(contract, principal, now, tenant) in {"", "not_verified"}


def own(
    contract: ToolContract,
    arguments: Mapping[str, Any],
    principal: Principal,
    sayable: Callable[[], Mapping[str, Any] | None] = lambda: None,
) -> dict[str, Any]:
    """Fill in the owner argument from the principal.

    The owner is named nowhere else: not under another spelling of the argument's name, which a lenient back office
    might take for it, and not at any depth unless the contract's own schema has a property of that name there.

    Args:
        contract: The tool's.
        arguments: As they were given: not validated.
        principal: The caller.
        sayable: Returns the arguments that a refusal may repeat, without the owner's; None: none of them.

    Raises:
        ToolRefusedError: ``not_owner``, when the arguments name another owner; worded like a record that is not there.
    """
    name = contract.owner.argument if contract.owner else None
    if name is None:
        return dict(arguments)
    subject = _as_declared(principal.subject, contract.input.get("properties", {}).get(name))
    for top, key, value in _named(arguments, _folded(name)):
        if not top and key in _declared(contract.input):
            continue
        if key != name or not is_theirs(value, principal):
            raise refused(contract.name, "not_owner", lacking(contract.missing, sayable()))
    return {**arguments, name: subject}


def is_theirs(value: Any, principal: Principal) -> bool:
    """Whether a value is the principal's id: exactly, or the whole number that it spells (``1042`` for ``"1042"``).

    Letter case, blanks, leading zeros and look-alike characters make another id. Nobody's is the anonymous caller's.
    """
    if not principal.signed_in:
        return False
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) == principal.subject
    return isinstance(value, str) and value == principal.subject


def check_record(
    contract: ToolContract, record: Mapping[str, Any], principal: Principal, shown: Mapping[str, Any], *, partial: bool
) -> None:
    """See that a result belongs to the caller: every record at the owner rule's path, in lists at any depth.

    Args:
        contract: Whose owner rule applies.
        record: What came back.
        principal: The caller.
        shown: Arguments that the refusal may repeat.
        partial: Whether the record may lack the owner's field (a precheck's lookup bound by the owner argument); where
            it has one, that must be the caller's all the same.

    Raises:
        ToolRefusedError: ``not_owner``; also when the field is absent and must not be. Fails closed.
    """
    path = contract.owner.result if contract.owner else None
    if path is None:
        return
    for value in _values(record, path.split(".")):
        if not (partial if value is _MISSING else is_theirs(value, principal)):
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


def _values(record: Any, path: list[str]) -> Iterator[Any]:
    """Yield what stands at the path, through lists; ``_MISSING`` where it is not, so that nothing passes by absence.

    An empty list of records holds nobody's: no value. An owner's field that is an empty list names nobody: missing.
    """
    if isinstance(record, list | tuple):
        if not path and not record:
            yield _MISSING
        for item in record:
            yield from _values(item, path)
    elif not path:
        yield record
    elif not isinstance(record, Mapping) or path[0] not in record:
        yield _MISSING
    else:
        yield from _values(record[path[0]], path[1:])


def _as_declared(subject: str, spec: Any) -> str | int:
    """Return the subject as the schema has it: a number where it is one and the schema wants one."""
    wants = isinstance(spec, Mapping) and spec.get("type") == "integer"
    return (
        int(subject) if wants and subject.isascii() and subject.isdigit() and str(int(subject)) == subject else subject
    )


def _named(arguments: Any, name: str, *, top: bool = True) -> Iterator[tuple[bool, str, Any]]:
    """Yield ``(at the top, key, value)`` of every key that reads like a name."""
    if isinstance(arguments, Mapping):
        for key, value in arguments.items():
            if _folded(str(key)) == name:
                yield top, str(key), value
            yield from _named(value, name, top=False)
    elif isinstance(arguments, list | tuple):
        for item in arguments:
            yield from _named(item, name, top=False)


def _folded(name: str) -> str:
    """Return a name as a lenient reader takes it: without case, marks and separators (``customerId``)."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())


def _declared(schema: Any) -> set[str]:
    """Return the names of all properties below the top of a schema, at any depth."""
    found: set[str] = set()
    pending = list(schema.get("properties", {}).values()) + [
        part for key, part in schema.items() if key != "properties"
    ]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            properties = part.get("properties")
            found.update(properties if isinstance(properties, Mapping) else ())
            pending.extend(part.values())
        elif isinstance(part, list):
            pending.extend(part)
    return found


__all__ = ["Denied", "check_record", "definition", "is_offered", "is_theirs", "may_use", "own"]
