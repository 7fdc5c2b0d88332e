"""One link of a chain: ask one hosted model, take its stream whole or not at all."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, cast

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    SystemMessage,
    message_chunk_to_message,
)
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.deps import OnText
from frontdesk.models.causes import LinkError, link_error
from frontdesk.models.schema import hosted_tool

logger = logging.getLogger(__name__)

REASK = (
    "Your last tool call could not be read: its arguments were not valid JSON, or the tool is not offered. "
    "Send it again with one complete JSON object, or answer in words."
)

_UNSEEN: RunnableConfig = {"tags": ["nostream"]}
"""langgraph's tag (``langgraph.constants.TAG_NOSTREAM``): whoever reads a graph's ``messages`` stream, a front end over
Studio's server for one, must not get a model's words before they were reviewed."""
_COMPLETE = frozenset({"stop", "tool_calls", "end_turn", "tool_use", "stop_sequence", "function_call", "completed"})
_REFUSED = frozenset({"content_filter", "refusal", "safety", "recitation"})


async def ask(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    tools: Sequence[Mapping[str, Any]],
    on_text: OnText | None = None,
) -> AIMessage:
    """Ask once, and once more when a tool call came malformed.

    Args:
        model: The link's model.
        messages: Its input.
        tools: OpenAI tool definitions.
        on_text: Takes the words of each answer as they come.

    Returns:
        A whole answer: plain text or valid calls of offered tools, with usage metadata where the provider sent it.

    Raises:
        LinkError: With the cause; also for a stream that ended early.
    """
    given = list(messages)
    try:
        return _checked(await _collect(model, given, tools, on_text), tools)
    except LinkError as error:
        # only a broken call is worth a second question; a broken stream goes to the next link
        if error.cause != "malformed" or not tools:
            raise
    return _checked(await _collect(model, [*given, SystemMessage(REASK)], tools, on_text), tools)


async def _collect(
    model: BaseChatModel, messages: list[BaseMessage], tools: Sequence[Mapping[str, Any]], on_text: OnText | None
) -> AIMessageChunk:
    whole: AIMessageChunk | None = None
    if on_text:
        await on_text(None)
    try:
        bound = model.bind_tools([hosted_tool(tool) for tool in tools]) if tools else model
        # a generator by langchain's own implementation; closing it closes the connection on a timeout
        stream = cast("AsyncIterator[AIMessageChunk]", bound.astream(messages, _UNSEEN))
        async with contextlib.aclosing(cast("Any", stream)):
            async for chunk in stream:
                whole = chunk if whole is None else whole + chunk
                if on_text and (words := str(chunk.text)):
                    await on_text(words)
    # a provider's library may raise anything, and whatever it is, the next link must get its chance
    except Exception as error:  # noqa: BLE001
        failure = link_error(error, started=whole is not None)
        logger.info("model call failed: %s (%s)", failure.cause, type(error).__name__)
        raise failure from None
    if whole is None:
        raise LinkError("cut")
    return whole


def _checked(chunk: AIMessageChunk, tools: Sequence[Mapping[str, Any]]) -> AIMessage:
    reason = str(chunk.response_metadata.get("finish_reason") or chunk.response_metadata.get("stop_reason") or "")
    reason = reason.lower() or str(chunk.response_metadata.get("status") or "")
    if reason in _REFUSED or chunk.additional_kwargs.get("refusal"):
        raise LinkError("refused")
    if reason not in _COMPLETE:
        raise LinkError("cut")
    message = message_chunk_to_message(chunk)
    assert isinstance(message, AIMessage)
    offered = {tool["function"]["name"] for tool in tools}
    if not _strict(chunk) or any(call["name"] not in offered for call in message.tool_calls):
        raise LinkError("malformed")
    text = str(message.text)
    if not text.strip() and not message.tool_calls:
        raise LinkError("malformed")
    return AIMessage(
        content=text,
        tool_calls=[{**call, "id": call["id"] or f"call_{i}"} for i, call in enumerate(message.tool_calls)],
        usage_metadata=message.usage_metadata,
        id=message.id,
    )


def _strict(chunk: AIMessageChunk) -> bool:
    """Whether every call's arguments are one JSON object as sent: langchain completes a broken one silently."""
    if chunk.invalid_tool_calls:
        return False
    for part in getattr(chunk, "tool_call_chunks", ()):
        try:
            arguments = json.loads(part["args"] or "{}")
        except ValueError:
            return False
        if not isinstance(arguments, dict):
            return False
    return True
