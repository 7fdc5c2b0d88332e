"""How the keyless model asks: for a missing value, for a choice, or by an offer that nobody has to answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from frontdesk.models.keyless.choice import Tool
from frontdesk.models.keyless.conversation import OFFER, Conversation
from frontdesk.models.keyless.lookup import Choice
from frontdesk.models.keyless.words import sentences, stems

_SORRY = "Sorry, I did not quite get that."
_AGREED = re.compile(r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please|go on|go ahead|let'?s)\b[\w\s,']{0,20}\W*$", re.I)
_NOT_FOUND = "I could not find that in your message"


def ask(tool: Tool, name: str) -> str:
    """Return the question for one property: its ``x-ask``, or one made of its name."""
    return str(_spec(tool, name).get("x-ask") or f"What is the {name.replace('_', ' ')}?").strip()


def ask_again(tool: Tool, name: str, before: str) -> str:
    """Return the question after an answer that was not understood, with what would be; the second time with a way out.

    Args:
        tool: The tool.
        name: The property.
        before: What we said last.
    """
    spec, question = _spec(tool, name), ask(tool, name)
    person = " You can also ask for a person." if _SORRY in before or _NOT_FOUND in before else ""
    values = [str(value).replace("_", " ") for value in spec.get("enum") or ()]
    if values:
        known = set(stems(question))
        told = sum(bool(known & set(stems(value))) for value in values) >= len(values) / 2
        listed = "" if told else f" It can be one of these: {', '.join(values)}."
        return f"{_SORRY}{listed}{person} {question}"
    examples = spec.get("examples")
    like = f"; it looks like {examples[0]}" if examples else ""
    return f"{_NOT_FOUND}{like}.{person} {question}"


def asked_how(tool: Tool, name: str, conversation: Conversation, *, asked: bool, heard: bool) -> str:
    """Return the question for a property that is missing: plain, or with what would be right.

    Args:
        tool: The tool.
        name: The property.
        conversation: The reading.
        asked: Whether our last words asked for it.
        heard: Whether the newest message gave any value.
    """
    if name in conversation.invalid:
        right = conversation.invalid[name]
        # the second time there is a way out
        person = " You can also ask for a person." if right in conversation.question else ""
        return f"{right}{person} {ask(tool, name)}"
    unclear = asked and not heard and not _AGREED.match(conversation.latest)
    return ask_again(tool, name, conversation.question) if unclear else ask(tool, name)


def among(tool: Tool, choice: Choice) -> str:
    """Ask which of the listed values is meant."""
    if choice.several:
        return f"One at a time, please: {_joined(choice.options, 'or')}?"
    before = "I could not find that there. " if choice.unheard else ""
    return f"{before}I can see {_joined(choice.options, 'and')} there. {ask(tool, choice.name)}"


def one_of(values: Sequence[Any]) -> str:
    """Ask which of several values in one message is meant."""
    return f"One at a time, please: {' or '.join(str(value).replace('_', ' ') for value in values)}?"


def offer(tool: Tool, name: str, title: str) -> str:
    """Say how to go on, to somebody who asked for a rule and may want no more than that."""
    wishes = [sentence for sentence in sentences(ask(tool, name)) if not sentence.endswith("?")]
    how = wishes[0][0].lower() + wishes[0][1:] if wishes else "just tell me."
    return f"{OFFER} {title}, {how}"


def _spec(tool: Tool, name: str) -> Mapping[str, Any]:
    spec: Mapping[str, Any] = tool["function"]["parameters"]["properties"][name]
    return spec


def _joined(parts: Sequence[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
