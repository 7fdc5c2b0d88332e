"""Fills a tool's arguments from the conversation by the tool's JSON Schema. Nothing is invented."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from frontdesk.models.keyless.conversation import Conversation, Result
from frontdesk.models.keyless.pointing import pointed_at, position_said
from frontdesk.models.keyless.shapes import firm_pattern
from frontdesk.models.keyless.spans import Span, find, said

ENDS = 800
"""Characters at each end of a message that are searched for values."""

_REFERS = re.compile(r"\b(?:it|its|that|this|same|again|them|these|too|as well)\b", re.I)
_THE_ONE = re.compile(
    r"\b(?:my|the|our)\s+(?:\w+\s+)?(?:order|purchase|parcel|package|delivery)\b"
    r"|\b(?:die|meine|diese|das|mein|la|ma|cette|el|mi|este|il|mio|l['’]|de|mijn|a|minha)\s*"
    r"(?:bestellung|paket|commande|colis|pedido|paquete|ordine|pacco|bestelling|pakket|encomenda)\b",
    re.I,
)
_OTHER = re.compile(r"\b(?:other|another|different|else|second|next)\b", re.I)
_FOLLOWS = re.compile(r"^\W*(?:and|what about|how about)\b", re.I)
_THING = re.compile(
    r"^\W*(?:(?:it'?s|it is|i mean|only|just)\s+)?(?:the|my|our|an?|that|this)\s+\w+(?:\s+\w+){0,4}\W*$", re.I
)
"""How a message reads that only names a thing."""
_UNKNOWN = re.compile(
    r"\b(?:don'?t|do not|can'?t|cannot) (?:know|have|remember|find|see)\b|\bno idea\b|\bnot sure\b"
    r"|\bwhich (?:orders?|ones?)\b|\blost\b|\bforg[eo]t\b|\bwhere (?:do|can) i (?:find|see)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What the conversation gives for one tool."""

    arguments: dict[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """Required properties without a value, in the schema's order."""
    choices: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Properties for which the newest message names several values, none of them withdrawn."""
    heard: bool = False
    """Whether the newest message gave any value."""


def fill(conversation: Conversation, tool: Mapping[str, Any]) -> Filled:
    """Fill one tool's arguments.

    Args:
        conversation: The reading of the messages.
        tool: An OpenAI tool definition whose schema may carry ``x-ask``, ``x-cues`` and ``x-words``.

    Returns:
        Values from the customer's words, newest first; a value that the customer withdrew ("not 10482") is not used.
        Where somebody kept what was given (``conversation.given``), that.
    """
    words = _from_words(conversation, tool)
    if conversation.given is None:
        return words
    schema = tool["function"].get("parameters") or {}
    kept = {name: value for name, value in conversation.given.items() if value is not None}
    found = {name: value for name, value in words.arguments.items() if name not in conversation.given}
    arguments = {name: (found | kept)[name] for name in schema.get("properties") or {} if name in found | kept}
    missing = tuple(name for name in schema.get("required") or () if name not in arguments)
    return replace(words, arguments=arguments, missing=missing)


def _from_words(conversation: Conversation, tool: Mapping[str, Any]) -> Filled:
    schema = tool["function"].get("parameters") or {}
    properties: Mapping[str, Any] = schema.get("properties") or {}
    required = list(schema.get("required") or ())
    arguments: dict[str, Any] = {}
    choices: dict[str, tuple[Any, ...]] = {}
    taken: dict[int, list[Span]] = {}
    for name in sorted(properties, key=lambda name: (_order(properties[name]), name not in required)):
        spec = properties[name]
        if "const" in spec:
            continue
        values = _values(conversation, tool["function"]["name"], name, spec, name in required, taken)
        if len(values) == 1:
            arguments[name] = values[0]
        elif values and name in required:
            choices[name] = tuple(values)
    named = _thing(conversation, properties, arguments, taken)
    arguments |= named
    missing = tuple(name for name in required if name not in arguments)
    ordered = {name: arguments[name] for name in properties if name in arguments}
    heard = bool(taken.get(0)) or bool(named and _THING.match(conversation.latest))
    return Filled(ordered, missing, choices, heard)


def _thing(
    conversation: Conversation, properties: Mapping[str, Any], arguments: Mapping[str, Any], taken: Mapping[int, Any]
) -> dict[str, Any]:
    """Return the free text of an answer that only names a thing, whichever of our questions it followed."""
    for name, spec in properties.items():
        loose = spec.get("type") == "string" and not spec.get("enum") and firm_pattern(spec) is None
        if not loose or name in arguments or "address" in name or "x-from" in spec:
            continue
        for age, text in enumerate(conversation.task[:-1]):
            if _THING.match(text) and not taken.get(age):
                found = find(excerpt(text), name, spec, answer=True, strict=False)
                return {name: found[0].value} if found else {}
    return {}


def asked_for(conversation: Conversation, spec: Mapping[str, Any], name: str = "") -> bool:
    """Whether our last words asked for this property."""
    if name and name == conversation.asked:
        return True
    ask = str(spec.get("x-ask") or "").strip()
    return bool(ask) and ask in conversation.question


def excerpt(text: str) -> str:
    """Return the two ends of a very long message: searching all of it would hold up everybody else."""
    return text if len(text) <= 2 * ENDS else f"{text[:ENDS]}\n{text[-ENDS:]}"


def is_unknown(text: str) -> bool:
    """Whether the customer says that they do not know or have what was asked for."""
    return bool(_UNKNOWN.search(text))


def _order(spec: Mapping[str, Any]) -> int:
    """Firm shapes first, so that free text does not swallow them and is not taken for them."""
    if spec.get("pattern") or spec.get("format") or spec.get("enum"):
        return 0
    return 1 if spec.get("type") in {"integer", "number", "boolean"} else 2


def _values(
    conversation: Conversation,
    tool: str,
    name: str,
    spec: Mapping[str, Any],
    required: bool,
    taken: dict[int, list[Span]],
) -> list[Any]:
    firm = bool(spec.get("pattern") or spec.get("format"))
    messages = conversation.customer if firm else conversation.task
    if spec.get("enum") and not required:
        # said of another request, it would narrow this one ("cancel my order", then "show me my orders")
        messages = conversation.customer[:2] if _FOLLOWS.match(conversation.latest) else messages[:1]
    elif firm and not _refers(conversation.latest) and not _within(conversation, name):
        messages = messages[: max(1, len(conversation.task))]
    old = _used(conversation.earlier, tool, name) if firm else set()
    if _REFERS.search(conversation.latest):
        old = set()
    withdrawn: set[Any] = set()
    for age, text in enumerate(map(excerpt, messages)):
        # an answer counts as a whole; anything else needs a cue or a firm shape
        answer = age == 0 and asked_for(conversation, spec, name)
        spans = find(text, name, spec, answer=answer, strict=not required, taken=taken.get(age, ()))
        current = said(text, spans)
        withdrawn |= {span.value for span in spans if span not in current}
        values = list(dict.fromkeys(span.value for span in current if span.value not in withdrawn))
        if age >= len(conversation.task):
            values = [value for value in values if value not in old]
        if age == 0 and not values and answer:
            values = pointed_at(conversation, name)
        if values:
            taken.setdefault(age, []).extend(current)
            return values if age == 0 else values[:1] if len(values) == 1 else []
    return []


def _refers(text: str) -> bool:
    """Whether a request means something that was named before: "cancel it", "cancel my order", not "an order"."""
    return bool(_REFERS.search(text) or _THE_ONE.search(text)) and not _OTHER.search(text)


def _within(conversation: Conversation, name: str) -> bool:
    """Whether a place in a list ("the second one") is one within the record just shown, which has this value."""
    data = conversation.earlier[0].data if conversation.earlier else None
    return isinstance(data, Mapping) and name in data and position_said(conversation.latest) is not None


def _used(earlier: Sequence[Result], tool: str, name: str) -> set[Any]:
    """Return the values that this tool was already given and has dealt with: "my order" now means another one."""
    return {
        result.arguments[name]
        for result in earlier
        if result.tool == tool and not result.waiting and name in result.arguments
    }
