"""One link of a chain: ask one hosted model, take its stream whole or not at all."""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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

from frontdesk.graph.metering import SpentError
from frontdesk.models.caching import PromptCache
from frontdesk.models.causes import Cause, LinkError, link_error
from frontdesk.models.hearing import Hearing
from frontdesk.models.metered import Gate, Running

logger = logging.getLogger(__name__)

REASK = (
    "Your last tool call could not be read: its arguments were not valid JSON, or the tool is not offered. "
    "Send it again with one complete JSON object, or answer in words."
)

_UNSEEN: RunnableConfig = {"tags": ["nostream"]}
"""langgraph's tag (``langgraph.constants.TAG_NOSTREAM``): whoever reads a graph's ``messages`` stream, a front end over
Studio's server for one, must not get a model's words before they were reviewed."""
_COMPLETE = frozenset({"stop", "tool_calls", "end_turn", "tool_use", "stop_sequence", "function_call", "completed"})
_TOO_LONG = frozenset({"length", "max_tokens", "max_output_tokens", "incomplete"})
_AGAIN = re.compile(r"\A(.+?)\1+\Z", re.DOTALL)
_REFUSED = frozenset({"content_filter", "refusal", "safety", "recitation"})


UNREAD: frozenset[Cause] = frozenset({"rate_limited", "server_error", "connection", "auth", "refused", "too_long"})
"""Causes with which a request that brought nothing back was never read by a model, and costs nothing."""


@dataclass(frozen=True)
class Terms:
    """What goes along with every request to a link."""

    hearing: Hearing = field(default_factory=Hearing)
    """Hears the pieces of each answer as they come."""
    gate: Gate = field(default_factory=Gate)
    """The meter."""
    cache: PromptCache = field(default_factory=PromptCache)
    """What the provider is told to cache."""


async def ask(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    tools: Sequence[Mapping[str, Any]],
    terms: Terms | None = None,
) -> AIMessage:
    """Ask once, and once more when a tool call came malformed.

    Args:
        model: The link's model.
        messages: Its input.
        tools: OpenAI tool definitions.
        terms: What goes along with each request.

    Returns:
        A whole answer: plain text or valid calls of offered tools, with usage metadata where the provider sent it.

    Raises:
        LinkError: With the cause; also for a stream that ended early.
        SpentError: A budget has no room for the call, or for the whole answer.
    """
    given, terms = list(messages), terms or Terms()
    try:
        return _checked(await _collect(model, given, tools, terms), tools)
    except LinkError as error:
        # only a broken call is worth a second question; a broken stream goes to the next link
        if error.cause != "malformed" or not tools:
            raise
    return _checked(await _collect(model, _reasked(given), tools, terms), tools)


def _reasked(messages: list[BaseMessage]) -> list[BaseMessage]:
    """Say it in the one system message: many models take no second one, and none behind the customer's."""
    if messages and isinstance(messages[0], SystemMessage):
        return [SystemMessage(f"{messages[0].text}\n\n{REASK}"), *messages[1:]]
    return [SystemMessage(REASK), *messages]


async def _collect(
    model: BaseChatModel, messages: list[BaseMessage], tools: Sequence[Mapping[str, Any]], terms: Terms
) -> AIMessageChunk:
    await terms.hearing.begin()
    async with terms.gate.call(messages, tools) as running:
        try:
            whole = await _read(model, messages, tools, terms, running)
        except SpentError:
            raise
        # a provider's library may raise anything, and whatever it is, the next link must get its chance
        except Exception as error:  # noqa: BLE001
            failure = link_error(error, started=running.started)
            running.sent = running.started or failure.cause not in UNREAD
            logger.info("model call failed: %s (%s)", failure.cause, type(error).__name__)
            raise failure from None
        if whole is None:
            raise LinkError("cut")
        running.check(ended=_reason(whole) in _TOO_LONG)
    return whole


async def _read(
    model: BaseChatModel,
    messages: list[BaseMessage],
    tools: Sequence[Mapping[str, Any]],
    terms: Terms,
    running: Running,
) -> AIMessageChunk | None:
    shown, said = terms.cache.prepared(model, messages)
    bound = running.bound(model, tools, **said)
    running.sending()
    whole: AIMessageChunk | None = None
    # a generator by langchain's own implementation; closing it closes the connection on a timeout
    stream = bound.astream(shown, _UNSEEN)
    async with contextlib.aclosing(cast("Any", stream)):
        async for chunk in stream:
            whole = chunk if whole is None else whole + chunk
            running.take(chunk)
            await terms.hearing.take(chunk)
    return whole


def _reason(chunk: AIMessageChunk) -> str:
    """Return why the answer ended, in the provider's word; empty where it did not say.

    Of a server that says it in two chunks langchain makes one word, "stopstop".
    """
    said = chunk.response_metadata
    word = str(said.get("finish_reason") or said.get("stop_reason") or said.get("status") or "").lower()
    return _AGAIN.sub(r"\1", word)


def _checked(chunk: AIMessageChunk, tools: Sequence[Mapping[str, Any]]) -> AIMessage:
    reason = _reason(chunk)
    if reason in _REFUSED or chunk.additional_kwargs.get("refusal"):
        raise LinkError("refused")
    if reason not in _COMPLETE:
        # the longest answer that it may give is no fault of the provider's
        raise LinkError("cut", counts=reason not in _TOO_LONG)
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
