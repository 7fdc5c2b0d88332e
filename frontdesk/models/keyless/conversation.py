"""What the keyless model reads out of the messages that any chat model is given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage

from frontdesk.prompts.parts import newest_words

_INTENT = re.compile(r'<intent name="([^"]*)">(.*?)</intent>', re.S)
_UNAVAILABLE = re.compile(r'<unavailable tools="([^"]*)" reason="([^"]*)" ?/>')
_RESULT = re.compile(r'\A<result mark="(\w+)">\n(.*)\n</result mark="\1">\Z', re.S)
_FORM = re.compile(r'<form mark="(\w+)">\n(.*?)\n</form mark="\1">', re.S)
_OPEN_OFFER = re.compile(r"\b(?:how (?:can|may) i help|anything else)\b", re.I)
OFFER = "If you would like to"
"""How an offer to go on begins: no question, but what the customer says next may take it up."""
_BARE_PLACEHOLDER = re.compile(r"(?<=[:\[,])(\s*)(<[A-Z_]+_\d+>)(?=\s*[,\]}])")


@dataclass(frozen=True, slots=True)
class Result:
    """A tool's answer in the conversation."""

    tool: str
    arguments: Mapping[str, Any]
    content: str
    data: Any
    """The parsed JSON of a success; None when the content is a sentence, such as a refusal."""
    waiting: bool
    """Whether nothing has happened yet, because the customer was asked to confirm."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One reading of the messages."""

    system: str
    """What the desk says: the rules, and what holds for this turn."""
    latest: str
    """The customer's newest message; empty when there is none."""
    task: tuple[str, ...]
    """The customer's messages of the request in hand, newest first: as long as each answered a question of ours."""
    customer: tuple[str, ...]
    """All messages of the customer in the window, newest first."""
    question: str
    """What we said just before the newest message."""
    results: tuple[Result, ...]
    """Tool results that nobody has worded yet."""
    earlier: tuple[Result, ...]
    """Tool results of earlier turns, newest first."""
    intent: str
    """Name of the recognised request; empty for none."""
    title: str
    """The recognised request in the customer's words; empty for none."""
    unavailable: Mapping[str, str]
    """Tools of this request that are not offered, with the reason: ``sign_in``, ``permission`` or ``guard``."""
    given: Mapping[str, Any] | None = None
    """What the customer gave for this request so far, by property, null for what is missing: then nothing that this
    names is read out of their words again. None: nobody kept it, the words are all there is."""
    invalid: Mapping[str, str] = field(default_factory=dict)
    """Properties for which the newest message gave what the contract does not take, with what would be, in words."""
    asked: str = ""
    """Property that our last words asked for, where it is known otherwise than by its own question."""
    chosen: str = ""
    """Tool that the customer chose among several that change something; empty for none."""


def read(messages: Sequence[BaseMessage]) -> Conversation:
    """Read the messages of one call. Nothing is kept between calls."""
    system = "\n".join(str(message.text) for message in messages if isinstance(message, SystemMessage))
    talk = [message for message in messages if not isinstance(message, SystemMessage)]
    results = _results(talk)
    open_from = _last_spoken(talk)
    talk, turn = _newest_apart(talk)
    system = f"{system}\n{turn}" if turn else system
    customer = [str(message.text) for message in reversed(talk) if isinstance(message, HumanMessage)]
    task, question = _task(talk)
    intent = _INTENT.search(system)
    form = _form(system)
    return Conversation(
        system=system,
        latest=customer[0] if customer else "",
        task=tuple(task),
        customer=tuple(customer),
        question=question,
        results=tuple(result for position, result in results if position > open_from),
        earlier=tuple(result for position, result in reversed(results) if position < open_from),
        intent=intent[1] if intent else "",
        title=intent[2] if intent else "",
        unavailable={
            name.strip(): reason for names, reason in _UNAVAILABLE.findall(system) for name in names.split(",")
        },
        given=form.get("given"),
        invalid=form.get("not valid") or {},
        chosen=form.get("tool") or "",
    )


def _newest_apart(talk: Sequence[BaseMessage]) -> tuple[list[BaseMessage], str]:
    """Return the messages with the customer's bare words in the newest one, and what the desk says before them."""
    apart = list(talk)
    for at in range(len(apart) - 1, -1, -1):
        if isinstance(apart[at], HumanMessage):
            turn, words = newest_words(str(apart[at].text))
            if turn:
                apart[at] = HumanMessage(content=words)
            return apart, turn
    return apart, ""


def _form(system: str) -> Mapping[str, Any]:
    found = _FORM.search(system)
    form = parsed(found[2]) if found else None
    return form if isinstance(form, Mapping) else {}


def _results(talk: Sequence[BaseMessage]) -> list[tuple[int, Result]]:
    calls: dict[str, tuple[str, Mapping[str, Any]]] = {}
    found: list[tuple[int, Result]] = []
    for position, message in enumerate(talk):
        if isinstance(message, AIMessage):
            calls.update({str(call["id"]): (call["name"], call["args"]) for call in message.tool_calls})
        elif isinstance(message, ToolMessage):
            name, arguments = calls.get(message.tool_call_id, (message.name or "", {}))
            text = _RESULT.sub(r"\2", str(message.text))
            data = None if message.status == "error" else parsed(text)
            waiting = data is None and "confirmation" in text.lower()
            found.append((position, Result(name, arguments, text, data, waiting)))
    return found


def _last_spoken(talk: Sequence[BaseMessage]) -> int:
    """Return the position of the last words of anybody; results after it wait to be worded."""
    for position in range(len(talk) - 1, -1, -1):
        message = talk[position]
        if isinstance(message, HumanMessage) or (isinstance(message, AIMessage) and not message.tool_calls):
            return position
    return -1


def _task(talk: Sequence[BaseMessage]) -> tuple[list[str], str]:
    spoken = [
        message
        for message in talk
        if isinstance(message, HumanMessage) or (isinstance(message, AIMessage) and not message.tool_calls)
    ]
    while spoken and not isinstance(spoken[-1], HumanMessage):
        spoken.pop()
    said: list[str] = []
    question = ""
    for index in range(len(spoken) - 1, -1, -1):
        text = str(spoken[index].text).strip()
        if isinstance(spoken[index], HumanMessage):
            said.append(text)
            continue
        if len(said) == 1 and not question:
            question = text
        if not asks(text) and OFFER not in text:
            break
    return said, question


def asks(text: str) -> bool:
    """Whether words of ours ask the customer something about the request in hand."""
    return "?" in text and _OPEN_OFFER.search(text) is None


def parsed(content: str) -> Any:
    """Return the JSON object or list of a tool result; None when it is not one.

    Scrubbing may have put a placeholder where a bare number stood; it reads as a string then.
    """
    if content[:1] not in {"{", "["}:
        return None
    for text in (content, _BARE_PLACEHOLDER.sub(r'\1"\2"', content)):
        try:
            return json.loads(text)
        except ValueError:
            continue
    return None
