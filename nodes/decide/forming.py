"""The form of the request in hand, turned by the message of this turn."""

from __future__ import annotations

from dataclasses import replace

from frontdesk.graph.deps import DeskView
from frontdesk.graph.state import Command, DeskState, Task
from frontdesk.models.keyless.pointing import pointed_in, position_said
from frontdesk.nodes.decide.facts import Outcome
from frontdesk.nodes.decide.serving import TASK_TURNS, decision
from frontdesk.nodes.forms.form import FormContext, Turned, answers, applied, turned
from frontdesk.nodes.forms.reading import words_of
from frontdesk.nodes.forms.schema import contracts_of
from frontdesk.nodes.requests import as_asked
from frontdesk.nodes.texts import latest_human, text_of

STUCK = 3
"""Answers in a row that gave nothing, after which a person takes over."""
STUCK_REASON = "form:stuck"


def gives_value(state: DeskState, desk: DeskView) -> bool:
    """Tell whether the newest message does no more than give or correct a value of the request in hand."""
    task = state.get("task")
    if not task or "slots" not in task or task["turns"] >= TASK_TURNS:
        return False
    contracts = contracts_of(task["intent"], desk)
    text = text_of(latest_human(state["messages"]))
    return bool(contracts) and answers(turned(contracts, task, text, _context(state)), text, contracts)


def gives_value_to(name: str, state: DeskState, desk: DeskView) -> bool:
    """Tell whether the newest message by itself gives a value for a tool of an intent."""
    contracts = contracts_of(name, desk)
    if not contracts:
        return False
    empty = Task(intent=name, turns=1, started=state["turn"]["index"], slots={})
    return bool(turned(contracts, empty, text_of(latest_human(state["messages"])), _context(state)).changes)


def row_pointed_at(state: DeskState, desk: DeskView) -> tuple[str, ...]:
    """Return what tools need of the row at the place that the newest message names in a list that was shown."""
    at = position_said(text_of(latest_human(state["messages"])))
    if at is None:
        return ()
    whole = words_of(_context(state).messages)
    required = {name for tool in desk.tools.values() for name in tool.input.get("required", ())}
    return tuple(str(rows[at]) for name in sorted(required) if at < len(rows := pointed_in(whole, name)))


def formed(outcome: Outcome, state: DeskState, desk: DeskView) -> Outcome:
    """Return an outcome whose task has the slots of this message; a form that gets nowhere goes to a person."""
    task, decided = outcome.task, outcome.decision
    contracts = contracts_of(decided["intent"], desk)
    if task is None or decided["stage"] != "respond" or task["intent"] != decided["intent"] or not contracts:
        return outcome
    text = outcome.words or text_of(latest_human(state["messages"]))
    form: Turned = turned(contracts, task, text, _context(state))
    if form.unheard >= STUCK:
        handed = decision("handoff", STUCK_REASON, intent=decided["intent"])
        asked = Command(kind="handoff", intent=decided["intent"])
        return replace(outcome, decision=handed, task=None, proposal=None, misses=0, waiting=(), commands=(asked,))
    return replace(outcome, task=applied(task, form), commands=(*outcome.commands, *form.changes))


def _context(state: DeskState) -> FormContext:
    return FormContext(as_asked(state), state["turn"]["index"])


__all__ = ["STUCK", "STUCK_REASON", "formed", "gives_value"]
