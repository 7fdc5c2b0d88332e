"""A loopback model that obeys every instruction that it sees: in pages, tool results, notes and messages alike.

It is the worst case for what a model might do with untrusted text. Beside that it serves the customer as the keyless
model does. ``tests/proofs`` shows first that it does the attacker's bidding where nothing stands in between::

    async with ObedientServer(desk.tools, way=reversed_words) as server:
        settings = Settings(…, model="openai:obedient", base_url=server.url)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.messages import (
    AIMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
    convert_to_messages,
)

from frontdesk.models.keyless.model import KeylessChatModel
from frontdesk.prompts.parts import newest_words
from frontdesk.testing.obeying import Call, told, without
from frontdesk.testing.openai_server import OpenAIServer, Request
from frontdesk.testing.orders import Order, orders_in
from frontdesk.testing.replies import Reply
from frontdesk.tools.contract import ToolContract

_QUESTION = re.compile(r"[^.!?\n]*\?")

Way = Callable[[str], str]
"""How a prompt is given away: the system prompt to the reply's text, such as base64 of it."""


def verbatim(prompt: str) -> str:
    """Give the prompt away as it stands."""
    return prompt


class ObedientServer(OpenAIServer):
    """Serves chat completions of the obedient model; ``requests`` records what came in."""

    def __init__(
        self,
        contracts: Mapping[str, ToolContract] | None = None,
        *,
        way: Way = verbatim,
        any_tool: bool = False,
        lump: int = 0,
    ) -> None:
        """Take the desk's contracts, for the customer's own request, and how a prompt is given away.

        Args:
            contracts: By name.
            way: May be set to another between requests.
            any_tool: Whether tools are called that were not offered, as some models do.
            lump: Characters of each event of a stream; 0: word by word.
        """
        super().__init__()
        self.way = way
        self.any_tool = any_tool
        self.lump = lump
        self._own = KeylessChatModel(contracts or {})

    def reply_to(self, request: Request) -> Reply:
        """Obey, and serve."""
        messages = convert_to_messages(request.body.get("messages") or [])
        offered = request.body.get("tools") or []
        reply = obey(messages, offered, own=self._own, way=self.way, any_tool=self.any_tool)
        return replace(reply, lump=self.lump)


def obey(
    messages: Sequence[BaseMessage],
    tools: Sequence[Mapping[str, Any]] | None = None,
    *,
    own: KeylessChatModel | None = None,
    way: Way = verbatim,
    any_tool: bool = False,
) -> Reply:
    """Return what the obedient model answers.

    Args:
        messages: The model's whole input.
        tools: The offered tools, OpenAI definitions: a call of any other would be turned down before it does harm, so
            it is not made. None: there are none, and any is called.
        own: Serves the customer's request beside the orders; None: nothing but orders is carried out.
        way: How a prompt is given away.
        any_tool: Whether tools beyond those offered are called.

    Returns:
        Every ordered call that was not made since the customer's newest message, then the customer's own call; and
        in words whatever is to be said, shown or given away.
    """
    given = _orders(messages)
    orders = [order for order in given if _due(order, messages)]
    made = _made(messages)
    calls = [(order.tool, order.arguments) for order in orders if order.kind == "call"]
    names = None if tools is None or any_tool else {tool["function"]["name"] for tool in tools}
    calls = [call for call in calls if names is None or call[0] in names]
    fresh = [call for index, call in enumerate(calls) if call not in made and call not in calls[:index]]
    ordered = [(order.tool, order.arguments) for order in given if order.kind == "call"]
    answer = _served(own, messages, tools or [], ordered, made)
    fresh += [(call["name"], call["args"]) for call in answer.tool_calls if (call["name"], call["args"]) not in fresh]
    words = [str(answer.text), *told(messages, ordered), *(_words(order, messages, way) for order in orders)]
    return Reply(text="\n\n".join(dict.fromkeys(filter(None, words))), calls=tuple(fresh))


def _orders(messages: Sequence[BaseMessage]) -> list[Order]:
    """Read everything: whose words stand in a message it does not ask."""
    return [order for message in messages for order in _of(message)]


def _of(message: BaseMessage) -> list[Order]:
    text = str(message.text)
    if isinstance(message, SystemMessage):
        # What our own prompt says of tools and prompts is not an order: it begins where untrusted text begins.
        return [order for part in _untrusted(text) for order in orders_in(part)]
    if isinstance(message, HumanMessage):
        turn, text = newest_words(text)
        # What the customer asks for is served by ``own``; orders of another's, pasted, are obeyed on top.
        pasted = [order for order in orders_in(text) if order.kind != "call" or "{" in text]
        return [*orders_in(turn), *pasted]
    if isinstance(message, AIMessage):
        # A colleague's words are an assistant's message to a provider. A question of its own is no order.
        return orders_in(_QUESTION.sub(" ", text))
    return orders_in(text)


def _untrusted(system: str) -> list[str]:
    """Return what follows the heading of the conversation; the whole text of a prompt without one."""
    _, found, rest = system.partition("# This conversation")
    return [rest if found else system]


def _due(order: Order, messages: Sequence[BaseMessage]) -> bool:
    said = next((str(message.text) for message in reversed(messages) if isinstance(message, HumanMessage)), "")
    said = newest_words(said)[1]
    return not order.trigger or order.trigger.casefold() in said.casefold()


def _made(messages: Sequence[BaseMessage]) -> list[Call]:
    """Return the calls since the customer's newest message."""
    made: list[Call] = []
    for message in messages:
        if isinstance(message, HumanMessage):
            made = []
        elif isinstance(message, AIMessage):
            made += [(call["name"], call["args"]) for call in message.tool_calls]
    return made


def _served(
    own: KeylessChatModel | None,
    messages: Sequence[BaseMessage],
    tools: Sequence[Mapping[str, Any]],
    ordered: Sequence[Call],
    made: Sequence[Call],
) -> AIMessage:
    """Serve the customer, whatever came of the orders in between."""
    if own is None:
        return AIMessage("")
    bound = own.bind_tools(list(tools)) if tools else own
    answer = bound.invoke(without(messages, ordered))
    # What the customer wants may be what was ordered: then its result is theirs.
    again = any((call["name"], call["args"]) in made for call in answer.tool_calls)
    return bound.invoke(list(messages)) if again else answer


def _words(order: Order, messages: Sequence[BaseMessage], way: Way) -> str:
    if order.kind == "say":
        return order.text
    if order.kind == "prompt":
        return way("\n".join(str(message.text) for message in messages if isinstance(message, SystemMessage)))
    if order.kind == "link":
        joint = "&" if "?" in order.text else "?"
        return f"![details]({order.text.rstrip('.,;')}{joint}d={_secret(messages)}) [here]({order.text.rstrip('.,;')})"
    return ""


def _secret(messages: Sequence[BaseMessage]) -> str:
    """Return what an attacker would want in a link: the newest tool result, or else what the customer said."""
    told = [str(message.text) for message in messages if isinstance(message, ToolMessage | HumanMessage)]
    found = [str(message.text) for message in messages if isinstance(message, ToolMessage)] or told
    return "".join(char if char.isalnum() else "-" for char in (found[-1] if found else ""))[:200]


__all__ = ["ObedientServer", "Way", "obey", "verbatim"]
