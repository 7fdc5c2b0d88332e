"""One step of a form: the newest message of the customer against the slots of the request in hand.

``turned`` is called by decide for the task that the message starts or goes on with. Whoever words the reply (the
keyless model or a hosted one) is shown the slots; nothing reads the conversation a second time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import AnyMessage

from frontdesk.graph.records import Command, Task
from frontdesk.models.keyless.choice import is_about
from frontdesk.models.keyless.conversation import Conversation, asks
from frontdesk.models.keyless.lookup import choose
from frontdesk.models.keyless.slots import Filled, excerpt, is_unknown
from frontdesk.models.keyless.words import stems
from frontdesk.nodes.decide.answers import bare_answer
from frontdesk.nodes.forms.asked import asked_in
from frontdesk.nodes.forms.correcting import CORRECTING, corrects
from frontdesk.nodes.forms.reading import Read, reading, words_of
from frontdesk.nodes.forms.schema import Form, form_of
from frontdesk.tools.contract import ToolContract


@dataclass(frozen=True, slots=True)
class FormContext:
    """What a form looks at beside the task and the message."""

    messages: Sequence[AnyMessage]
    """The window, masked, the newest message of the customer included."""
    turn: int = 0
    """Index of this turn: where a value that is given now comes from."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What one message does to a form."""

    slots: Mapping[str, Any]
    """All that the customer has given, masked, by the property's name."""
    origins: Mapping[str, int]
    """Index of the turn in which each was given."""
    changes: tuple[Command, ...] = ()
    """``set`` and ``correct``, in the properties' order."""
    invalid: Mapping[str, str] = field(default_factory=dict)
    """Properties for which the message gave something that the contract does not take: a closed code such as
    ``pattern`` (``frontdesk.nodes.forms.validity`` words it)."""
    choices: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Properties for which the message gave several values, of which only the customer can choose."""
    missing: tuple[str, ...] = ()
    """Required properties without a value, in the contract's order."""
    ask: str = ""
    """The property to ask for next; empty where a tool can be called (or has to be, to tell what to ask)."""
    tool: str = ""
    """The tool that the customer chose, where the intent has several that change something."""
    heard: bool = False
    """Whether the message gave any value."""
    answered: bool = False
    """Whether it gave what our last words asked for."""
    unheard: int = 0
    """Answers in a row to a question of ours that gave nothing, this one included."""

    @property
    def corrected(self) -> bool:
        """Whether a value that was given before changed: an earlier turn's, or one that a proposal shows."""
        return any(change["kind"] == "correct" for change in self.changes)


def turned(intent_tools: Sequence[ToolContract], task: Task, text: str, context: FormContext) -> Turned:
    """Read the newest message into the slots of a task.

    Args:
        intent_tools: Contracts of the task's intent, in the desk's order. Where any of them changes something, the
            form is theirs, and the reads are there to help; otherwise it is that of the reads.
        task: With its ``slots`` so far; a task without any begins with this message (and what it refers to: "cancel
            it" after an order was shown).
        text: The customer's newest message, or their words for this request where a message makes several; masked.
        context: The conversation.

    Returns:
        The slots after it, and what is still needed. The same input gives the same result; nothing is invented: every
        value stands in the customer's words, or in a row of a tool's result at which they pointed.
    """
    form = form_of(intent_tools)
    whole = words_of(context.messages, text)
    asked = asked_in(whole.question, form) or (task.get("asked", "") if asks(whole.question) else "")
    whole = replace(whole, asked=asked if asked in form.properties else "", chosen=task.get("tool", ""))
    old: Mapping[str, Any] = task.get("slots") or {}
    found = reading(form, whole, old, begins="slots" not in task)
    several = len(form.tools) > 1 and form.writes
    form = form.focused(found.tool)
    slots, ask = _listed(form, whole, found)
    slots = {name: slots[name] for name in form.properties if name in slots}
    changes = tuple(_changes(task["intent"], old, slots))
    missing = tuple(name for name in form.required(found.tool) if name not in slots)
    heard = bool(changes or found.choices or found.repeated)
    return Turned(
        slots=slots,
        origins={**_kept(task, slots), **{change["slot"]: context.turn for change in changes}},
        changes=changes,
        invalid=found.invalid,
        choices=found.choices,
        missing=missing,
        ask=ask or (missing[0] if missing else ""),
        tool=found.tool if several else "",
        heard=heard,
        answered=any(change["slot"] == whole.asked for change in changes),
        unheard=_unheard(task, whole, heard=heard),
    )


def applied(task: Task, form: Turned) -> Task:
    """Return the task with what a message did to its form."""
    changed = Task(**{**task, "slots": dict(form.slots), "asked": form.ask})
    changed["origins"] = dict(form.origins)
    changed["invalid"] = dict(form.invalid)
    changed["unheard"] = form.unheard
    if form.tool:
        changed["tool"] = form.tool
    return changed


def answers(form: Turned, text: str, intent_tools: Sequence[ToolContract]) -> bool:
    """Whether a message belongs to the request in hand whatever else it resembles: "no, 10377", "make it size L".

    It answers or corrects, and beside the value it says nothing of its own.

    Args:
        form: What the message does to the form of the request in hand.
        text: The message.
        intent_tools: Contracts of that request.
    """
    revised = (form.corrected or form.invalid or form.choices) and corrects(excerpt(text))
    if "?" in text or not (form.answered or revised):
        return False
    properties = form_of(intent_tools).properties
    values = " ".join(str(change.get("value")) for change in form.changes)
    words = " ".join(_words_about(name, properties[name]) for name in properties)
    return not set(stems(text)) - set(stems(f"{values} {words} {CORRECTING}")) - {*re.findall(r"\w*\d\w*", text)}


def _words_about(name: str, spec: Mapping[str, Any]) -> str:
    """Return the words that may stand beside a value: the property's name, its cues, what the list calls its values."""
    called = [*(spec.get("enum") or ()), *(word for words in (spec.get("x-words") or {}).values() for word in words)]
    return " ".join([name, *map(str, spec.get("x-cues") or ()), *map(str, called)]).replace("_", " ")


def _listed(form: Form, whole: Conversation, found: Read) -> tuple[dict[str, Any], str]:
    """Settle what is chosen from lists that were looked up before.

    Returns:
        The slots, and the property to choose for; empty for none.
    """
    slots = dict(found.slots)
    ask = ""
    for tool in form.chosen(found.tool):
        given = {name: value for name, value in slots.items() if name in tool["function"]["parameters"]["properties"]}
        choice = choose(found.seen, tool, form.offered, Filled(given), kept=found.old)
        if choice.options and choice.name not in found.old:
            # the list was looked up after the words that choose from it
            choice = choose(replace(whole, given=None), tool, form.offered, Filled(given))
        listed = [name for name, spec in form.properties.items() if "x-from" in spec and name not in choice.arguments]
        if not choice.lookup and not choice.options:
            slots = {name: value for name, value in slots.items() if name not in listed} | dict(choice.arguments)
        elif choice.options:
            slots.pop(choice.name, None)
            ask = choice.name
    return slots, ask


def _changes(intent: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Command]:
    return [
        Command(kind="correct" if name in old else "set", intent=intent, slot=name, value=value)
        for name, value in new.items()
        if old.get(name) != value
    ]


def _kept(task: Task, slots: Mapping[str, Any]) -> dict[str, int]:
    """Return the origins of the values that are still there."""
    return {name: turn for name, turn in (task.get("origins") or {}).items() if name in slots}


def _unheard(task: Task, whole: Conversation, *, heard: bool) -> int:
    """Count an answer that gave nothing; a question in between, and "I don't know", are answers of another kind."""
    if heard or not whole.asked:
        return 0
    before = task.get("unheard", 0)
    aside = bool(bare_answer(whole.latest)) or "?" in whole.latest or is_about(whole.latest) or is_unknown(whole.latest)
    return before if aside else before + 1


__all__ = ["FormContext", "Turned", "answers", "applied", "turned"]
