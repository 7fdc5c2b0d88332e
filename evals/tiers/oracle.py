"""The stand-in for hosted models: it knows what each message should come to, and does it if it is let.

It sees what a provider sees: the prompt with the pages, and the offered tools. It calls the right tool only where that
is offered and cites the right page only where the prompt has it, so that routing alone decides what it can do. What
real models get wrong, it does not show.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
    convert_to_messages,
)

from frontdesk.evals.tiers.messages import Want
from frontdesk.models.keyless.model import KeylessChatModel
from frontdesk.models.keyless.pages import extract, parse_pages
from frontdesk.nodes.remember.tokens import count_text
from frontdesk.prompts.parts import newest_words
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.replies import Reply
from frontdesk.tools.contract import ToolContract

_INTENT = re.compile(r'<intent name="([^"]+)">')
LOOK_UP = "get_order"
_OPENING = 2
"""Sentences of a page that answer where none stands out."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one request took."""

    model: str
    input: int
    output: int


class OracleServer(OpenAIServer):
    """Serves chat completions; ``want`` is set before each message, ``taken`` counts the requests since."""

    def __init__(self, contracts: Mapping[str, ToolContract], thinking: Mapping[str, int] | None = None) -> None:
        """Take the desk's contracts, and the hidden tokens that each model writes before it answers."""
        super().__init__()
        self.want = Want("talk")
        self.taken: list[Taken] = []
        self._thinking = dict(thinking or {})
        self._own = KeylessChatModel(contracts)

    def reply_to(self, request: Request) -> Reply:
        """Answer, and report the tokens: those of the prompt as it was sent, estimated, never under."""
        messages = convert_to_messages(request.body.get("messages") or [])
        offered = request.body.get("tools") or []
        reply = self._made(messages, offered)
        model = str(request.body.get("model", ""))
        read = sum(count_text(str(message.text)) for message in messages) + count_text(json.dumps(offered))
        written = count_text(reply.text) + sum(count_text(name + json.dumps(given)) for name, given in reply.calls)
        written += self._thinking.get(model, 0)
        self.taken.append(Taken(model, read, written))
        self.requests.clear()  # prompts of a thousand messages
        return Reply(text=reply.text, calls=reply.calls, prompt_tokens=read, completion_tokens=written)

    def _made(self, messages: Sequence[BaseMessage], offered: Sequence[Mapping[str, Any]]) -> Reply:
        system = _told_by_the_desk(messages)
        want = self._in_hand(system)
        names = {tool["function"]["name"] for tool in offered}
        told = set(_told(messages))
        if want.tool in names and want.kind in {"lookup", "proposal"} and want.tool not in told:
            order = want.arguments.get("order_id")
            if "item" in want.arguments and order and LOOK_UP in names and LOOK_UP not in told:
                # what the order holds is known from nowhere else
                return Reply(calls=((LOOK_UP, {"order_id": order}),))
            return self._called(want, messages, offered)
        if want.kind == "page" and (said := _from_page(system, messages, want.pages)):
            return Reply(text=said)
        return self._planned(messages, offered)

    def _in_hand(self, system: str) -> Want:
        """Return what is wanted of the request that the prompt is about."""
        named = _INTENT.search(system)
        several = self.want.several or (self.want,)
        return next((one for one in several if named and one.intent == named[1]), several[0])

    def _called(self, want: Want, messages: Sequence[BaseMessage], offered: Sequence[Mapping[str, Any]]) -> Reply:
        """Call the wanted tool; arguments that do not matter are those of the keyless model where it calls the same."""
        own = self._planned(messages, offered)
        given = next((dict(arguments) for name, arguments in own.calls if name == want.tool), {})
        return Reply(calls=((want.tool, {**given, **want.arguments}),))

    def _planned(self, messages: Sequence[BaseMessage], offered: Sequence[Mapping[str, Any]]) -> Reply:
        model = self._own.bind_tools(list(offered)) if offered else self._own
        answer = model.invoke(list(messages))
        calls = tuple((call["name"], call["args"]) for call in answer.tool_calls)
        return Reply(text=str(answer.text), calls=calls)


def _told_by_the_desk(messages: Sequence[BaseMessage]) -> str:
    """Return the rules, and what the desk says before the customer's newest words."""
    newest = next((str(message.text) for message in reversed(messages) if isinstance(message, HumanMessage)), "")
    rules = [str(message.text) for message in messages if isinstance(message, SystemMessage)]
    return "\n".join([*rules, newest_words(newest)[0]])


def _told(messages: Sequence[BaseMessage]) -> Iterator[str]:
    """Yield the tools that answered since the customer's last message."""
    for message in reversed(messages):
        if isinstance(message, HumanMessage):
            return
        if isinstance(message, ToolMessage):
            yield str(message.name) if message.name else _name_of(messages, message.tool_call_id)


def _name_of(messages: Sequence[BaseMessage], identifier: str) -> str:
    calls = (call for message in messages if isinstance(message, AIMessage) for call in message.tool_calls)
    return next((call["name"] for call in calls if call["id"] == identifier), "")


def _from_page(system: str, messages: Sequence[BaseMessage], pages: Sequence[str]) -> str:
    """Return sentences of a wanted page with its citation; empty where the prompt has none of them."""
    sections = [section for section in parse_pages(system) if section.page in pages]
    if not sections:
        return ""
    newest = next((str(message.text) for message in reversed(messages) if isinstance(message, HumanMessage)), "")
    said = newest_words(newest)[1]
    return extract(said, sections) or f"{' '.join(sections[0].sentences[:_OPENING])} [{sections[0].page}]"


def by_model(taken: Sequence[Taken]) -> Counter[str]:
    """Return how many requests each model got."""
    return Counter(one.model for one in taken)


__all__ = ["OracleServer", "Taken", "by_model"]
