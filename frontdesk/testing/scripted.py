"""A chat model that plays a script: the double to use wherever a test needs a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

from frontdesk.desk.modelling import Link
from frontdesk.models.chain import ModelRoster

Step = AIMessage | str | Exception
"""What one call does: answer with a message, answer with a text, or raise."""


class ScriptError(AssertionError):
    """The script and the calls do not agree: one call too many, or steps that were never played."""


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One recorded call."""

    messages: tuple[BaseMessage, ...]
    tools: tuple[str, ...]
    """Names of the tools that were bound."""


class ScriptedModel(BaseChatModel):
    """Plays ``steps`` in order, one per call, and records each call in ``calls``."""

    _steps: list[Step] = PrivateAttr(default_factory=list)
    _calls: list[ModelCall] = PrivateAttr(default_factory=list)

    def __init__(self, *steps: Step) -> None:
        """Take the steps: messages, texts (short for a message) or exceptions to raise."""
        super().__init__()
        self._steps = list(steps)

    @property
    def calls(self) -> tuple[ModelCall, ...]:
        """The calls so far, oldest first."""
        return tuple(self._calls)

    def assert_complete(self) -> None:
        """Raise :class:`ScriptError` when steps are left over."""
        left = len(self._steps) - len(self._calls)
        if left > 0:
            msg = f"{left} of {len(self._steps)} scripted steps were never played"
            raise ScriptError(msg)

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        """Bind OpenAI tool definitions (dicts); their names are recorded with each call."""
        return self.bind(tools=list(tools), **kwargs)

    @property
    def _llm_type(self) -> str:
        return "frontdesk-scripted"

    def _play(self, messages: list[BaseMessage], kwargs: dict[str, Any]) -> AIMessage:
        index = len(self._calls)
        names = tuple(tool["function"]["name"] for tool in kwargs.get("tools", ()))
        self._calls.append(ModelCall(messages=tuple(messages), tools=names))
        if index >= len(self._steps):
            msg = f"call {index + 1} of a script with {len(self._steps)} steps"
            raise ScriptError(msg)
        step = self._steps[index]
        if isinstance(step, Exception):
            raise step
        return AIMessage(content=step) if isinstance(step, str) else step

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._play(messages, kwargs))])

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self._play(messages, kwargs))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        played = self._play(messages, kwargs)
        chunk = AIMessageChunk(
            content=played.content,
            tool_calls=played.tool_calls,
            invalid_tool_calls=played.invalid_tool_calls,
            additional_kwargs=played.additional_kwargs,
            # a played message is a finished one unless the script says otherwise
            response_metadata={"finish_reason": "stop", **played.response_metadata},
            usage_metadata=played.usage_metadata,
            id=played.id,
        )
        yield ChatGenerationChunk(message=chunk)


def scripted_models(model: ScriptedModel) -> ModelRoster:
    """Return the models of a desk, for ``open_desk(models=…)``: every answer to a customer comes from ``model``.

    Summaries are extracted and the guard has no second tier, as without a hosted model.
    """
    return ModelRoster({}, model, _nothing_hosted)


def _nothing_hosted(link: Link) -> BaseChatModel:
    raise ScriptError("no role names a hosted model")
