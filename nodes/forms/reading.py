"""What the words of a conversation give for a form: all of it when a request begins, the newest message after that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import AnyMessage, HumanMessage

from frontdesk.models.keyless.choice import is_about, name_of, ranked, undecided
from frontdesk.models.keyless.conversation import Conversation, read
from frontdesk.models.keyless.pointing import pointed_in, position_said
from frontdesk.models.keyless.shapes import firm_pattern
from frontdesk.models.keyless.slots import excerpt, fill
from frontdesk.models.keyless.spans import cued, find, said
from frontdesk.nodes.forms.correcting import corrects, edited, means_the_same
from frontdesk.nodes.forms.schema import Form
from frontdesk.nodes.forms.validity import PARTIAL, attempted, fault
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.quoted import own_words

_ANOTHER = re.compile(
    r"\W*(?:(?:no|sorry|but|wait|i meant?|i mean|rather|please|not (?:that|this)(?: one| order)?"
    r"|(?:the other|another|a different) (?:one|order))\b\W*)+",
    re.I,
)
"""A message that takes the only value back and names no other."""


@dataclass(slots=True)
class Read:
    """What the words give, before the lists that a tool looked up are asked."""

    seen: Conversation
    """The conversation as far as it counts for this step."""
    slots: dict[str, Any]
    old: Mapping[str, Any]
    """What stands where the message says nothing else."""
    tool: str = ""
    choices: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    invalid: dict[str, str] = field(default_factory=dict)
    repeated: bool = False
    """Whether the message said again what was known."""


def words_of(messages: Sequence[AnyMessage], text: str | None = None) -> Conversation:
    """Read the window; what a guard refused is nobody's word, and a quotation is not the customer's own.

    Args:
        messages: Masked, the newest message of the customer included.
        text: The words of it that count for this request; None: all of it.
    """
    kept = [
        HumanMessage(own_words(str(message.text))) if isinstance(message, HumanMessage) else message
        for message in messages
        if not is_refused(message)
    ]
    whole = read(kept)
    if text is None or not whole.customer:
        return whole
    latest = own_words(text)
    return replace(whole, latest=latest, task=(latest, *whole.task[1:]), customer=(latest, *whole.customer[1:]))


def reading(form: Form, whole: Conversation, old: Mapping[str, Any], *, begins: bool) -> Read:
    """Read a form's values out of the customer's words.

    Args:
        form: The intent's.
        whole: The conversation.
        old: Slots so far.
        begins: Whether the request begins with the newest message, so that older ones may be referred to.
    """
    # an empty message stands for all that was read before
    seen = whole if begins else replace(whole, task=(whole.latest, ""), customer=(whole.latest, ""))
    found = Read(seen, dict(old), dict(old), _tool(form, whole))
    form = form.focused(found.tool)
    given: dict[str, Any] = {}
    for tool in form.tools:
        filled = fill(seen, tool)
        given = {**filled.arguments, **given}
        found.choices.update({name: values for name, values in filled.choices.items() if name not in found.choices})
    given = {name: value for name, value in given.items() if name not in found.choices}
    given |= _placed(form, whole, given) if begins else _more(form, whole, found, given)
    _settle(form, whole, found, given)
    _stale(form, found)
    return found


def _tool(form: Form, whole: Conversation) -> str:
    """Return the tool that the customer wants; empty while only they can choose."""
    newest = replace(whole, task=(whole.latest,), chosen="")
    if not undecided(newest, form.tools, form.contracts) and len(form.tools) > 1 and form.writes:
        return name_of(ranked(newest, form.tools, form.contracts)[0])
    if undecided(whole, form.tools, form.contracts):
        return ""
    return name_of(ranked(whole, form.tools, form.contracts)[0]) if form.tools else ""


def _placed(form: Form, whole: Conversation, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a request that begins names by its place in a list: of what is looked up, in any that was shown."""
    at = position_said(whole.latest)
    seen = replace(whole, earlier=whole.earlier[:1]) if form.writes else whole
    needed = [name for tool in form.tools for name in form.required(name_of(tool)) if name not in given]
    listed = ((name, pointed_in(seen, name)) for name in needed if "x-from" not in form.properties[name])
    return next(({name: rows[at]} for name, rows in listed if at is not None and at < len(rows)), {})


def _more(form: Form, whole: Conversation, found: Read, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the newest message gives in other ways than by a value: by its place, by reference, by a part."""
    if given or found.choices:
        return {}
    more: dict[str, Any] = {}
    at = position_said(whole.latest, alone=True)
    for name in form.properties if at is not None else ():
        listed = "x-from" not in form.properties[name] and name in {*found.old, whole.asked}
        rows = pointed_in(whole, name) if listed else []
        if at is not None and rows[at : at + 1] and not more:
            more[name] = rows[at]
    for name in form.properties:
        if not more and means_the_same(whole.latest, name, asked=name == whole.asked):
            used = [result.arguments[name] for result in whole.earlier if result.arguments.get(name)]
            more |= {name: used[0]} if used else {}
    return more or edited(excerpt(whole.latest), found.old, form.properties)


def _settle(form: Form, whole: Conversation, found: Read, given: Mapping[str, Any]) -> None:
    """Put what was given in its place; take out what was withdrawn, and what the contract does not take."""
    for name, spec in form.properties.items():
        if name in found.choices:
            found.slots.pop(name, None)
        elif name in given and _beside(whole, name, spec, found):
            continue
        elif name in given:
            value = given[name]
            code = PARTIAL if value is None else _fault(form, name, value)
            found.repeated |= not code and found.old.get(name) == value
            found.slots[name] = value
            if code:
                found.invalid[name] = code
        elif name in found.old and (_withdrawn(whole, name, spec, found) or _fault(form, name, found.old[name])):
            # taken back, or the customer turned to another change, which does not take it
            found.slots.pop(name, None)
    if not given:
        found.invalid.update(_attempts(form, whole, found))
    for name in found.invalid:
        found.slots.pop(name, None)


def _fault(form: Form, name: str, value: Any) -> str:
    """Return the rule that a value breaks; while only the customer can choose the tool, for all that take it."""
    codes = [fault(value, spec) for spec in form.specs(name)]
    return "" if "" in codes else codes[0]


def _attempts(form: Form, whole: Conversation, found: Read) -> dict[str, str]:
    """Return the properties for which a message without a value seems to try one."""
    text = excerpt(whole.latest)
    tried = {name: attempted(text, spec, asked=name == whole.asked) for name, spec in form.properties.items()}
    if not any(tried.values()) and corrects(text) and not is_about(text):
        tried = {name: attempted(text, form.properties[name], asked=True) for name in found.old}
        tried = tried if sum(map(bool, tried.values())) == 1 else {}
    return {name: code for name, code in tried.items() if code}


def _beside(whole: Conversation, name: str, spec: Mapping[str, Any], found: Read) -> bool:
    """Whether a firm value stands by chance in the answer to another question: five digits of a postcode."""
    if name not in found.old or not whole.asked or whole.asked == name or firm_pattern(spec) is None:
        return False
    text = excerpt(whole.latest)
    spans = find(text, name, spec, answer=False, strict=False)
    return not corrects(text) and not any(cued(text, span.start, spec) for span in spans)


def _withdrawn(whole: Conversation, name: str, spec: Mapping[str, Any], found: Read) -> bool:
    text = excerpt(whole.latest)
    if len(found.old) == 1 and found.slots == found.old and _ANOTHER.fullmatch(text):
        return True
    spans = find(text, name, spec, answer=name == whole.asked, strict=False)
    standing = said(text, spans)
    return any(span.value == found.old[name] and span not in standing for span in spans)


def _stale(form: Form, found: Read) -> None:
    """Drop what was chosen from a list that is now another's: the item of the order before."""
    changed = {name for name, value in found.old.items() if found.slots.get(name) != value}
    offered = {name_of(tool): tool for tool in form.offered}
    for name, spec in form.properties.items():
        source = offered.get((spec.get("x-from") or {}).get("tool", ""))
        takes = (source["function"]["parameters"].get("properties") or {}) if source else {}
        if changed & set(takes) and found.slots.get(name) == found.old.get(name):
            found.slots.pop(name, None)
            found.old = {key: value for key, value in found.old.items() if key != name}


__all__ = ["Read", "reading", "words_of"]
