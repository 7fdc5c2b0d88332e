"""A task between turns: what a model is shown of its form, what a reply leaves behind, and its open question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import AnyMessage

from frontdesk.graph.records import Task
from frontdesk.models.keyless.conversation import asks
from frontdesk.models.keyless.lookup import choose
from frontdesk.models.keyless.slots import Filled
from frontdesk.nodes.forms.asked import asked_in, question_for
from frontdesk.nodes.forms.reading import words_of
from frontdesk.nodes.forms.schema import form_of
from frontdesk.nodes.forms.validity import explained
from frontdesk.tools.contract import ToolContract

INTRODUCED = (
    "What the customer has given for this request so far, null for what is still missing: take arguments from it, and "
    "ask for no more than what is missing. Where something was not valid, say what would be."
)


def shown(task: Task, contracts: Sequence[ToolContract]) -> str:
    """Return a task's form as JSON for a model: ``given``, and where they apply ``not valid`` and ``tool``.

    Args:
        task: With its slots.
        contracts: Of its intent.
    """
    properties = form_of(contracts).focused(task.get("tool", "")).properties
    slots = task.get("slots") or {}
    form: dict[str, Any] = {"given": {name: slots.get(name) for name in properties}}
    invalid = {
        name: explained(name, properties[name], code)
        for name, code in (task.get("invalid") or {}).items()
        if name in properties
    }
    if invalid:
        form["not valid"] = invalid
    if task.get("tool"):
        form["tool"] = task["tool"]
    return json.dumps(form, ensure_ascii=False)


def spoken(task: Task, contracts: Sequence[ToolContract], messages: Sequence[AnyMessage], said: str) -> Task:
    """Return a task after our words in this turn: what they ask for, and what a look-up settled meanwhile.

    Args:
        task: In hand.
        contracts: Of its intent.
        messages: The window, the results of this turn's look-ups included.
        said: Our words.
    """
    form = form_of(contracts).focused(task.get("tool", ""))
    slots = dict(task.get("slots") or {})
    conversation = words_of(messages, task.get("text")) if "slots" in task else None
    for tool in form.chosen(task.get("tool", "")) if conversation else ():
        given = {name: value for name, value in slots.items() if name in tool["function"]["parameters"]["properties"]}
        choice = choose(conversation, tool, form.offered, Filled(given)) if conversation else None
        if choice is not None and not choice.lookup and not choice.options:
            slots |= {name: value for name, value in choice.arguments.items() if name in form.properties}
    asked = asked_in(said, form) or (task.get("asked", "") if asks(said) else "")
    ordered = {name: slots[name] for name in form.properties if name in slots}
    after = Task(**{**task, "asked": asked, "slots": ordered})
    after["origins"] = {name: (task.get("origins") or {}).get(name, task["started"]) for name in ordered}
    return after


def proposed(task: Task, contract: ToolContract, arguments: Mapping[str, Any], turn: int) -> Task:
    """Return a task whose call waits for a yes: the arguments, which are the customer's, are its slots.

    Args:
        task: In hand.
        contract: Of the call.
        arguments: Masked, as proposed.
        turn: Index of this turn.
    """
    properties = form_of([contract]).properties
    old = task.get("slots") or {}
    given = {name: value for name, value in arguments.items() if name in properties and value is not None}
    fresh = {name: turn for name, value in given.items() if old.get(name) != value}
    after = Task(**{**task, "slots": {**old, **given}, "asked": "", "tool": contract.name})
    after["origins"] = {**(task.get("origins") or {}), **fresh}
    return after


def open_question(task: Task, contracts: Sequence[ToolContract]) -> str:
    """Return the question that a task still has to ask; empty where it needs no more."""
    properties = form_of(contracts).focused(task.get("tool", "")).properties
    name = task.get("asked", "")
    return question_for(name, properties[name]) if name in properties else ""


__all__ = ["INTRODUCED", "open_question", "proposed", "shown", "spoken"]
