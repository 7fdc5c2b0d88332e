"""What undoes a step of a plan: its contract's compensation, with the step's own arguments, result and record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.errors import ToolError
from frontdesk.graph.identity import Caller
from frontdesk.tools.arguments import canonical
from frontdesk.tools.authority import own
from frontdesk.tools.contract import ToolContract
from frontdesk.tools.jobs import Job
from frontdesk.tools.ledger import CallId
from frontdesk.tools.planbook import Undo
from frontdesk.tools.reasons import refused
from frontdesk.tools.schema import Schema

_ABSENT = object()


def keeps(contract: ToolContract) -> bool:
    """Whether something of the record has to be kept before a step runs, for what undoes it."""
    return bool(_asked(contract))


def kept_of(contract: ToolContract, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the top-level fields of a record that the compensation asks for: no more of it is kept."""
    wanted = _asked(contract)
    return {name: value for name, value in record.items() if name in wanted}


def _asked(contract: ToolContract) -> set[str]:
    given = contract.compensation.arguments.values() if contract.compensation else ()
    return {path.split(".")[1] for path in given if path.startswith("record.")}


class Undoing:
    """Builds the calls that undo steps."""

    def __init__(self, contracts: Mapping[str, ToolContract]) -> None:
        """Compile the input schemas of what undoes; a contract's fault is found by the check of the desk."""
        self._contracts = contracts
        targets = {item.compensation.tool for item in contracts.values() if item.compensation}
        self._inputs = {name: Schema(contracts[name].input, f"{name}: input") for name in targets if name in contracts}

    def all_of(
        self, jobs: Sequence[Job], results: Sequence[str], records: Mapping[str, Mapping[str, Any]]
    ) -> list[Undo] | None:
        """Return what undoes each of some steps, in their order; None: one of them cannot be undone.

        Args:
            jobs: The steps that ran.
            results: Their results (JSON).
            records: Step number to what was kept of its record.
        """
        undo: list[Undo] = []
        for at, (job, content) in enumerate(zip(jobs, results, strict=True)):
            one = self._one(job, json.loads(content), records.get(str(at), {}))
            if one is None:
                return None
            undo.append(one)
        return undo

    def _one(self, job: Job, result: Any, record: Mapping[str, Any]) -> Undo | None:
        """Build one; its values are checked as a call's are: the owner's argument is the caller's, the schema holds.

        The caller's scopes are not asked for: the authority is the plan's own yes, and a tool that only undoes may well
        be nobody's to call.
        """
        rule = job.contract.compensation
        target = self._contracts.get(rule.tool) if rule else None
        if rule is None or target is None or target.effect != "write":
            return None
        sources = {"result": result, "record": record}
        values = _resolved(rule.arguments, {**sources, "arguments": job.values})
        masked = _resolved(rule.arguments, {**sources, "arguments": job.masked})
        if values is None or masked is None:
            return None
        try:
            values = own(target, values, job.id.caller.principal)
        except ToolError:
            return None
        hidden = target.owner.argument if target.owner else None
        if self._inputs[target.name].problems(values):
            return None
        turn = "undo:" + hashlib.sha256(job.id.text.encode()).hexdigest()
        return Undo(target.name, turn, values, {name: value for name, value in masked.items() if name != hidden})

    def job(self, undo: Undo, caller: Caller) -> Job:
        """Return the call that undoes a step.

        Raises:
            ToolRefusedError: ``not_owner``; ``unknown_tool`` where the desk no longer has what undoes.
        """
        target = self._contracts.get(undo.tool)
        if target is None:
            raise refused(undo.tool, "unknown_tool")
        call = CallId(caller, undo.turn, undo.tool, canonical(undo.masked))
        return Job(target, call, undo.masked, own(target, undo.values, caller.principal), undoes=True)


def _resolved(wanted: Mapping[str, str], sources: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the arguments; None where one of them is not there."""
    found = {name: _at(sources, path.split(".")) for name, path in wanted.items()}
    return None if any(value is _ABSENT for value in found.values()) else found


def _at(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            return _ABSENT
        value = value[name]
    return value


__all__ = ["Undoing", "keeps", "kept_of"]
