"""Runs one task twice: with the plain functions, and through the gateway with a scripted model and customer."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from langchain_core.messages import ToolCall

from frontdesk.evals.gateway.contracts import SCOPES, Named
from frontdesk.evals.gateway.folder import TENANT
from frontdesk.evals.gateway.material import Action, Task
from frontdesk.evals.gateway.model import clean, damaged
from frontdesk.evals.gateway.offices import Office
from frontdesk.evals.gateway.served import Served, serving
from frontdesk.evals.gateway.tables import same
from frontdesk.graph.deps import ToolResult
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.protocols import Gateway
from frontdesk.graph.state import Proposal

PRINCIPAL = Principal("C-1", TENANT, frozenset(SCOPES.values()), frozenset({"customer"}), "strong")
AGAIN = frozenset({"malformed", "too_large", "not_valid"})
"""Reasons for which the model is asked to write the call again."""


@dataclass
class Played:
    """What became of one action on both sides."""

    name: str
    effect: str = ""
    plain: str = ""
    """``done``, or the kind of the exception; ``user`` and ``unknown_tool`` are run on neither side."""
    gateway: str = ""
    """``done``, or the outcome with its reason: ``refused:not_valid``."""
    repairs: list[str] = field(default_factory=list)
    damage: str = ""
    """What the model did to its JSON text."""
    asked_again: bool = False
    confirmed: bool = False
    repeated: bool = False
    """The confirmed call was sent twice: the second time the first result came back and nothing ran."""
    wrong: list[str] = field(default_factory=list)
    """What must not be: ``ran_unasked``, ``ran_twice``, ``altered``."""


@dataclass
class Outcome:
    """A task's record."""

    id: str
    equal: bool
    calls: list[Played]
    errors: list[str]
    """Closed words, each with the number of its call where it has one."""

    def record(self) -> dict[str, Any]:
        """Return it as one line of ``--out``."""
        return {
            "id": self.id,
            "equal": self.equal,
            "calls": [asdict(call) for call in self.calls],
            "errors": self.errors,
        }


@dataclass
class Replay:
    """Everything that a task needs."""

    gateway: Gateway
    tools: Mapping[str, Named]
    chance: random.Random | None = None
    """Set: the model damages its JSON text."""

    async def play(self, number: int, task: Task, plain: Office, ours: Office) -> Outcome:
        """Run a task on both offices, which hold the same data, and compare."""
        thread = hashlib.sha256(f"task {number}".encode()).hexdigest()[:32]
        errors = list(task.faults)
        played: list[Played] = []
        with serving(thread, ours, self.tools) as served:
            for turn, action in enumerate(task.actions):
                call = await self._action(action, plain, served, Caller(PRINCIPAL, thread, f"turn-{turn}"))
                errors += [f"{turn}: {word}" for word in _errors(call)]
                played.append(call)
        return Outcome(task.id, plain.equals(ours), played, errors)

    async def _action(self, action: Action, plain: Office, served: Served, caller: Caller) -> Played:
        tool = self.tools.get(action.name)
        if action.by_user:
            return Played(action.name, plain="user", gateway="user")
        if tool is None:
            refused = await self._call(action.name, clean(action.arguments), caller)
            return Played(action.name, plain="unknown_tool", gateway=_said(refused))
        fault, _ = await plain.run(action.name, action.arguments)
        call = Played(action.name, tool.spec.effect, plain=fault or "done")
        reached = len(served.calls)
        answer = await self._proposed(tool, action, caller, call)
        if answer.outcome == "confirm" and answer.proposal is not None:
            if len(served.calls) != reached:
                call.wrong.append("ran_unasked")
            answer = await self._confirmed(tool, answer.proposal, caller, call, served)
        call.gateway = _said(answer)
        if len(served.calls) - reached > 1:
            call.wrong.append("ran_twice")
        if len(served.calls) > reached and not same(served.calls[reached][1], dict(action.arguments)):
            call.wrong.append("altered")
        return call

    async def _proposed(self, tool: Named, action: Action, caller: Caller, call: Played) -> ToolResult:
        arguments = tool.asked(action.arguments)
        text = clean(arguments)
        if self.chance is not None:
            text, call.damage = damaged(arguments, tool.schema, self.chance)
        answer = await self._call(tool.alias, text, caller)
        if self.chance is not None and answer.reason in AGAIN:
            call.asked_again, text = True, clean(arguments)
            answer = await self._call(tool.alias, text, caller)
        call.repairs = list(self.gateway.examine(_call(tool.alias, text), restore=lambda value: value).repairs)
        return answer

    async def _confirmed(
        self, tool: Named, proposal: Proposal, caller: Caller, call: Played, served: Served
    ) -> ToolResult:
        """Say yes to what was shown, and, as a client that heard nothing does, once more."""
        call.confirmed = True
        answer = await self._call(tool.alias, dict(proposal["arguments"]), caller, proposal)
        if answer.outcome == "done":
            reached = len(served.calls)
            again = await self._call(tool.alias, dict(proposal["arguments"]), caller, proposal)
            call.repeated = again.repeated and len(served.calls) == reached and again.content == answer.content
            if len(served.calls) != reached:
                call.wrong.append("ran_twice")
        return answer

    async def _call(self, name: str, text: Any, caller: Caller, approved: Proposal | None = None) -> ToolResult:
        return await self.gateway.call(_call(name, text), caller, restore=lambda value: value, approved=approved)


def _call(name: str, text: Any) -> ToolCall:
    return ToolCall(name=name, args=text, id="c", type="tool_call")


def _said(result: ToolResult) -> str:
    return f"{result.outcome}:{result.reason}" if result.reason else str(result.outcome)


def _errors(call: Played) -> list[str]:
    """Return what is odd about a call: what must not be, and where the two sides did not do the same."""
    if call.plain in {"user", "unknown_tool"}:
        return [call.plain]
    odd = [] if (call.plain == "done") == (call.gateway == "done") else [f"plain {call.plain}, gateway {call.gateway}"]
    both = [f"raised {call.plain}"] if call.plain != "done" and call.gateway != "done" else []
    return [*call.wrong, *odd, *both]
