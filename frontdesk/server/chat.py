"""The chat as a typed runnable: what LangServe serves under ``/chat``.

A bare graph would drop the client's thread id and show its state (docs/design.md, "Doors"); this shows ``ChatInput``
and ``ChatOutput``, and streams events.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

from langchain_core.callbacks.manager import AsyncCallbackManagerForChainRun
from langchain_core.runnables import ConfigurableFieldSpec, Runnable, RunnableConfig
from pydantic import BaseModel, ConfigDict, Field, create_model, field_validator

from frontdesk.errors import FrontdeskError, MessageError
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import Status
from frontdesk.messages import check_turn_id, clean_message
from frontdesk.reply import Reply, RetractEvent, StageEvent
from frontdesk.service import FrontDesk

BATCH = 20
"""Messages of one ``/chat/batch`` request at most."""


class ChatOutput(BaseModel):
    """The reply, see ``frontdesk.Reply``."""

    model_config = ConfigDict(extra="forbid")

    text: str
    status: Status
    thread_id: str
    turn_id: str
    intent: str
    confidence: float
    tier: str
    citations: list[dict[str, str]]
    proposal: dict[str, Any] | None
    ticket: str | None
    usage: dict[str, Any]
    timings: list[dict[str, Any]]
    capsule: str
    failed: bool
    verify: str = Field(default="", description="Sign-in level that is needed (acr_values, RFC 9470), or empty.")


class ChatInput(BaseModel):
    """One message."""

    model_config = ConfigDict(extra="forbid", title="ChatInput")

    message: str = Field(description="The customer's words.")
    turn_id: str = Field(
        # empty and not null: LangServe's playground shows a blank page for a schema with a null in it
        default="",
        description="The client's id of this message; sent again, it returns the first answer. Empty: a new one.",
    )


def input_model(limit: int) -> type[ChatInput]:
    """Return the input model of a desk: a bad message is a 422 on every route, before a stream begins."""

    def message(cls: type[BaseModel], value: str) -> str:
        try:
            return clean_message(value, limit)
        except MessageError as error:
            raise ValueError(str(error)) from None

    def turn(cls: type[BaseModel], value: str) -> str:
        try:
            return check_turn_id(value) if value else value
        except MessageError as error:
            raise ValueError(str(error)) from None

    validators: dict[str, Any] = {
        "check_message": field_validator("message")(message),
        "check_turn": field_validator("turn_id")(turn),
    }
    return create_model("ChatInput", __base__=ChatInput, __validators__=validators)


class Chat(Runnable[Any, Any]):
    """Answers over a :class:`FrontDesk` that opens when the server starts."""

    def __init__(self, desk: Callable[[], FrontDesk], limit: int) -> None:
        """Take a function that returns the open desk, and the longest message in characters."""
        self.name = "chat"
        self._desk = desk
        self._input = input_model(limit)

    @property
    def InputType(self) -> type[ChatInput]:
        """The input model."""
        return self._input

    @property
    def OutputType(self) -> type[ChatOutput]:
        """The output model."""
        return ChatOutput

    @property
    def config_specs(self) -> list[ConfigurableFieldSpec]:
        """Only the thread may be configured by a client."""
        return [ConfigurableFieldSpec(id="thread_id", annotation=str, default="", name="Thread")]

    def get_input_schema(self, config: RunnableConfig | None = None) -> type[BaseModel]:
        """Return the input model."""
        return self._input

    def get_output_schema(self, config: RunnableConfig | None = None) -> type[BaseModel]:
        """Return the output model."""
        return ChatOutput

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> dict[str, Any]:
        """Answer from synchronous code, outside a running event loop."""
        return asyncio.run(self.ainvoke(input, config))

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> dict[str, Any]:
        """Answer one message; see ``ChatInput`` and ``ChatOutput``."""
        answer: dict[str, Any] = await self._acall_with_config(self._answer, input, config, run_type="chain")
        return answer

    async def _answer(
        self, input: Any, run_manager: AsyncCallbackManagerForChainRun, config: RunnableConfig
    ) -> dict[str, Any]:
        given = self._input.model_validate(input)
        thread, principal = _who(config)
        turn = given.turn_id or None
        reply = await self._desk().chat(given.message, thread_id=thread, principal=principal, turn_id=turn)
        return ChatOutput.model_validate(reply.as_dict()).model_dump()

    async def abatch(
        self,
        inputs: list[Any],
        config: Any = None,
        *,
        return_exceptions: bool = False,
        **kwargs: Any,
    ) -> list[Any]:
        """Answer up to ``BATCH`` messages.

        Raises:
            MessageError: There are more: one small request must not start thousands of turns.
        """
        if len(inputs) > BATCH:
            raise MessageError(f"a batch may hold at most {BATCH} messages")
        return await super().abatch(inputs, config, return_exceptions=return_exceptions, **kwargs)

    async def astream(
        self, input: Any, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[dict[str, Any]]:
        """Yield ``{"event": "stage" | "text" | "retract" | "reply" | "error", …}``; the reply is last.

        ``retract``: the text so far does not stand, what follows comes in its place.
        """

        async def given() -> AsyncIterator[Any]:
            yield input

        # Through the callbacks of the door's own run, which stream_events and the playground read.
        async for chunk in self._atransform_stream_with_config(given(), self._events, config, run_type="chain"):
            yield chunk

    async def _events(
        self, inputs: AsyncIterator[Any], run_manager: AsyncCallbackManagerForChainRun, config: RunnableConfig
    ) -> AsyncIterator[dict[str, Any]]:
        given = self._input.model_validate([input async for input in inputs][-1])
        thread, principal = _who(config)
        turn = given.turn_id or None
        try:
            stream = self._desk().stream(given.message, thread_id=thread, principal=principal, turn_id=turn)
            async for event in stream:
                yield _as_data(event)
        except FrontdeskError as error:
            # The stream has begun with 200: the client is told in the stream itself.
            yield {"event": "error", "error": type(error).__name__, "message": str(error)}


def _who(config: RunnableConfig | None) -> tuple[str, Principal | None]:
    given = (config or {}).get("configurable") or {}
    principal = given.get("principal")
    thread = str(given.get("thread_id") or "") or uuid.uuid4().hex
    return thread, principal if isinstance(principal, Principal) else None


def _as_data(event: Any) -> dict[str, Any]:
    if isinstance(event, Reply):
        return {"event": "reply", "reply": ChatOutput.model_validate(event.as_dict()).model_dump()}
    if isinstance(event, StageEvent):
        return {"event": "stage", "stage": event.stage, "phase": event.phase, "ms": event.ms, "note": event.note}
    if isinstance(event, RetractEvent):
        return {"event": "retract"}
    return {"event": "text", "text": event.text}
