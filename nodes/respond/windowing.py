"""Messages as every provider accepts them: plain text, and each tool call with its answer right behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, ToolCall, ToolMessage

from frontdesk.nodes.marks import colleagues_words, is_refused
from frontdesk.nodes.respond.delimiting import element, harmless

Shorten = Callable[[str], str]


def window(
    messages: Sequence[AnyMessage], *, marked: bool = False, shorten: Shorten | None = None
) -> list[BaseMessage]:
    """Return messages that every provider accepts.

    A message that a guard refused stays away from models in later turns too. A call without an answer (a turn that was
    cut off), an answer without a call (its call left the window) and an empty message are left out.

    Args:
        messages: The state's.
        marked: Put results of tools and words of colleagues into elements, and keep customers' words from looking like
            one of ours.
        shorten: Applied to the results of tools.
    """
    answered = _answered(messages)
    kept: list[BaseMessage] = []
    for position, message in enumerate(messages):
        if is_refused(message):
            continue
        text = _shown(message, marked, shorten)
        if isinstance(message, HumanMessage) and text.strip():
            kept.append(HumanMessage(content=text))
        elif isinstance(message, AIMessage):
            pairs = answered[position]
            if text.strip() or pairs:
                kept.append(AIMessage(content=text, tool_calls=[call for call, _ in pairs]))
            for call, told in pairs:
                said = _shown(told, marked, shorten)
                kept.append(ToolMessage(said, tool_call_id=call["id"], name=call["name"], status=told.status))
    return kept


def _answered(messages: Sequence[AnyMessage]) -> Mapping[int, list[tuple[ToolCall, ToolMessage]]]:
    """Return, by position of our message, its calls with the nearest answer behind it, each answer once.

    Ids alone do not tell: some servers count their calls from zero in every answer.
    """
    waiting: dict[str, ToolMessage] = {}
    found: dict[int, list[tuple[ToolCall, ToolMessage]]] = {}
    for position in range(len(messages) - 1, -1, -1):
        message = messages[position]
        if isinstance(message, ToolMessage):
            waiting[message.tool_call_id] = message
        elif isinstance(message, AIMessage):
            found[position] = [
                (call, waiting.pop(name)) for call in message.tool_calls if (name := str(call["id"])) in waiting
            ]
    return found


def _shown(message: AnyMessage, marked: bool, shorten: Shorten | None) -> str:
    """Return a message's text as a model may see it."""
    if isinstance(message, AIMessage) and (words := colleagues_words(message)):
        return element("colleague", words) if marked else words
    text = str(message.text)
    if isinstance(message, ToolMessage):
        text = shorten(text) if shorten else text
        return element("result", text) if marked else text  # a refusal may quote a record, too
    return harmless(text) if marked and isinstance(message, HumanMessage) else text


__all__ = ["Shorten", "window"]
