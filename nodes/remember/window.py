"""Which messages leave the window: whole exchanges, oldest first, never a tool call without its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage, ToolMessage

KEEP_SHARE = 0.5
"""Once a limit is passed the window shrinks to this share of it: the summary is rolled now and then, not each turn.

With a hosted summary model a roll is a call, which somebody pays for: every fifth turn of a long conversation, where
0.7 makes it every third."""


def exchanges(messages: Sequence[AnyMessage]) -> list[list[AnyMessage]]:
    """Split a conversation into exchanges.

    An exchange begins with a customer's message and holds what was said and called until the next one. Exchanges that
    a tool call and its result connect stay one; what precedes the first customer's message belongs to the first.
    """
    parts: list[list[AnyMessage]] = []
    for message in messages:
        if not parts or (isinstance(message, HumanMessage) and any(isinstance(m, HumanMessage) for m in parts[-1])):
            parts.append([])
        parts[-1].append(message)
    return _joined(parts)


def _joined(parts: list[list[AnyMessage]]) -> list[list[AnyMessage]]:
    """Join each part that holds a call with the later parts up to the one that holds its result."""
    results: dict[str, list[int]] = {}
    for position, part in enumerate(parts):
        for message in part:
            if isinstance(message, ToolMessage):
                results.setdefault(message.tool_call_id, []).append(position)
    joined: list[list[AnyMessage]] = []
    until = -1
    for position, part in enumerate(parts):
        if position <= until:
            joined[-1].extend(part)
        else:
            joined.append(list(part))
        calls = [call["id"] or "" for m in part if isinstance(m, AIMessage) for call in m.tool_calls]
        # the nearest result: some servers count their calls from zero in every answer
        nearest = (next((at for at in results.get(call, ()) if at >= position), -1) for call in calls)
        until = max([until, *nearest])
    return joined


def leaving(
    messages: Sequence[AnyMessage], most: int, tokens: int, count: Callable[[BaseMessage], int]
) -> list[list[AnyMessage]]:
    """Choose the exchanges that leave.

    Args:
        messages: The window, oldest first.
        most: Messages it may hold.
        tokens: Tokens it may hold.
        count: Tokens of a message.

    Returns:
        The oldest exchanges; empty while both limits are kept. The last exchange always stays, whatever its size:
        it is the turn that is running.
    """
    parts = exchanges(messages)
    sizes = [(len(part), sum(count(message) for message in part)) for part in parts]
    held, cost = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if held <= most and cost <= tokens:
        return []
    gone = 0
    while gone < len(parts) - 1 and (held > most * KEEP_SHARE or cost > tokens * KEEP_SHARE):
        held -= sizes[gone][0]
        cost -= sizes[gone][1]
        gone += 1
    return parts[:gone]
