"""The keyless chat model: LangChain's interface around the planner."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolCall
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

from frontdesk.models.keyless.conversation import Conversation, read
from frontdesk.models.keyless.plan import Planner, Step
from frontdesk.tools.contract import ToolContract

CHARACTERS_PER_TOKEN = 4
"""Rough figure for English, good enough for a model that costs nothing."""


class KeylessChatModel(BaseChatModel):
    """Answers from the pages, fills tool arguments, asks for what is missing; the same messages, the same answer.

    It needs no key and no network, and keeps nothing between calls: all it knows stands in the messages that a hosted
    model would be given, and in the desk's contracts.
    """

    _planner: Planner = PrivateAttr()

    def __init__(
        self,
        tools: Mapping[str, ToolContract] | None = None,
        *,
        business: str = "this shop",
        topics: Sequence[str] = (),
    ) -> None:
        """Take the desk's contracts by name, the business's name, and what it can help with in customers' words."""
        super().__init__()
        self._planner = Planner(contracts=dict(tools or {}), business=business, topics=tuple(topics))

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        """Bind OpenAI tool definitions (dicts), our ``x-`` keywords included."""
        return self.bind(tools=list(tools), **kwargs)

    @property
    def _llm_type(self) -> str:
        return "frontdesk-keyless"

    def _answer(self, messages: Sequence[BaseMessage], kwargs: Mapping[str, Any]) -> AIMessage:
        conversation = read(messages)
        step = self._planner.step(conversation, list(kwargs.get("tools") or ()))
        calls = [_call(step, conversation)] if step.tool else []
        return AIMessage(
            content=step.text,
            tool_calls=calls,
            usage_metadata=_usage(messages, step),
            response_metadata={"finish_reason": "tool_calls" if calls else "stop", "model_name": "keyless"},
        )

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._answer(messages, kwargs))])

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        # a millisecond of work: a thread would cost more
        return self._generate(messages, stop, **kwargs)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        answer = self._answer(messages, kwargs)
        for word in re.findall(r"\s*\S+|\s+$", str(answer.content)):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=word))
            if run_manager:
                run_manager.on_llm_new_token(word, chunk=chunk)
            yield chunk
        yield ChatGenerationChunk(message=_last(answer))

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for chunk in self._stream(messages, stop, **kwargs):
            if run_manager and chunk.message.content:
                await run_manager.on_llm_new_token(str(chunk.message.content), chunk=chunk)
            yield chunk


def _last(answer: AIMessage) -> AIMessageChunk:
    return AIMessageChunk(
        content="",
        tool_calls=answer.tool_calls,
        usage_metadata=answer.usage_metadata,
        response_metadata=answer.response_metadata,
        chunk_position="last",
    )


def _call(step: Step, conversation: Conversation) -> ToolCall:
    """Return the call; its id is a digest, so the same messages give the same call, and another turn another one."""
    told = json.dumps(
        [step.tool, step.arguments, conversation.customer, len(conversation.earlier), len(conversation.results)],
        sort_keys=True,
        default=str,
    )
    return ToolCall(name=step.tool, args=step.arguments, id=f"call_{hashlib.sha256(told.encode()).hexdigest()[:24]}")


def _usage(messages: Sequence[BaseMessage], step: Step) -> UsageMetadata:
    given = sum(len(str(message.text)) for message in messages) // CHARACTERS_PER_TOKEN + 4 * len(messages)
    made = len(step.text or json.dumps(step.arguments, default=str)) // CHARACTERS_PER_TOKEN + 1
    return UsageMetadata(input_tokens=given, output_tokens=made, total_tokens=given + made)
