"""Chat models per role: a chain of hosted models that always ends in the keyless one, inside one time budget."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from frontdesk.graph.deps import AnswerForm, Completion, OnText, Role
from frontdesk.models.bounded import bounded
from frontdesk.models.causes import RETRYABLE, LinkError, link_error
from frontdesk.models.hosted import Factory
from frontdesk.models.link import ask
from frontdesk.models.schema import in_form

logger = logging.getLogger(__name__)

KEYLESS = "keyless"
PAUSE = 0.5
"""Seconds before the one retry where the provider does not say how long: a blip is over, the customer still waits."""
SHARE = 0.6
"""Part of the remaining time that a link may take while another hosted link follows it."""

_BEHIND: dict[Role, tuple[Role, ...]] = {"fast": ("reasoning",), "reasoning": ("fast",)}
"""Roles whose model stands in for another's."""


@dataclass(frozen=True)
class ModelRoster:
    """Implements :class:`frontdesk.graph.deps.Models`. Hosted models are built when first used, in a thread."""

    specs: Mapping[str, str | None]
    """Role to ``init_chat_model`` string; a missing or empty one means the keyless model."""
    keyless: BaseChatModel
    factory: Factory
    timeout: float = 15.0
    """Seconds that one link may take, its whole stream included."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _built: dict[str, BaseChatModel | LinkError] = field(default_factory=dict, repr=False)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    def chain(self, role: Role) -> tuple[tuple[str, str], ...]:
        """Return the role's hosted links in order, as ``(role, spec)``; equal specs once."""
        links: dict[str, str] = {}
        for name in (role, *_BEHIND.get(role, ())):
            spec = self.specs.get(name)
            if spec:
                links.setdefault(spec, name)
        return tuple((name, spec) for spec, name in links.items())

    def describe(self, role: Role) -> str:
        """Return the first link of the role's chain, ``provider:name`` or ``keyless``."""
        chain = self.chain(role)
        return chain[0][1] if chain else KEYLESS

    async def warm(self) -> None:
        """Build every configured model now, so that no customer waits for an import; one that cannot be is logged."""
        for spec in {spec for spec in self.specs.values() if spec}:
            with contextlib.suppress(LinkError):  # a turn goes on without it, and so does the start
                await self._model(spec)

    async def complete(
        self,
        role: Role,
        messages: Sequence[BaseMessage],
        *,
        tools: Sequence[Mapping[str, Any]] = (),
        seconds: float | None = None,
        on_text: OnText | None = None,
        form: AnswerForm | None = None,
    ) -> Completion:
        """Answer within ``seconds`` (default: the roster's timeout); the keyless model answers when no link does.

        For the roles ``guard`` and ``summary`` the keyless model has nothing to say: the message is empty then.
        """
        deadline = time.monotonic() + (self.timeout if seconds is None else seconds)
        failures: list[str] = []
        chain = self.chain(role)
        for index, (name, spec) in enumerate(chain):
            last = index == len(chain) - 1
            try:
                message = await self._try(spec, messages, tools, deadline, 1.0 if last else SHARE, on_text, form)
            except LinkError as error:
                failures.append(f"{name}/{error.cause}")
                logger.warning("model role %s: link %d of %d failed: %s", role, index + 1, len(chain), error.cause)
                continue
            return _completion(message, spec, failures)
        return _completion(await self._answer_keyless(role, messages, tools), KEYLESS, failures)

    async def _answer_keyless(
        self, role: Role, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]]
    ) -> AIMessage:
        if role in {"guard", "summary"}:
            return AIMessage(content="")
        bound = self.keyless.bind_tools([dict(tool) for tool in tools]) if tools else self.keyless
        return await bound.ainvoke(list(messages))

    async def _try(
        self,
        spec: str,
        messages: Sequence[BaseMessage],
        tools: Sequence[Mapping[str, Any]],
        deadline: float,
        share: float,
        on_text: OnText | None,
        form: AnswerForm | None,
    ) -> AIMessage:
        """Ask one link; once more after a passing fault, when the wait leaves at least half of its time."""
        limit = time.monotonic() + min(self.timeout, (deadline - time.monotonic()) * share)
        for attempt in (1, 2):
            try:
                return await bounded(self._ask(spec, messages, tools, on_text, form), limit - time.monotonic())
            except TimeoutError:
                raise LinkError("timeout") from None
            except LinkError as error:
                wait = PAUSE if error.retry_after is None else error.retry_after
                if attempt == 2 or error.cause not in RETRYABLE or wait > (limit - time.monotonic()) / 2:
                    raise
            await self.sleep(wait)
        raise AssertionError("unreachable: the second attempt returns or raises")

    async def _ask(
        self,
        spec: str,
        messages: Sequence[BaseMessage],
        tools: Sequence[Mapping[str, Any]],
        on_text: OnText | None,
        form: AnswerForm | None,
    ) -> AIMessage:
        return await ask(in_form(await self._model(spec), form), messages, tools, on_text)

    async def _model(self, spec: str) -> BaseChatModel:
        if spec not in self._built:
            async with self._lock:
                if spec not in self._built:
                    self._built[spec] = await self._build(spec)
        built = self._built[spec]
        if isinstance(built, LinkError):
            raise LinkError(built.cause)
        return built

    async def _build(self, spec: str) -> BaseChatModel | LinkError:
        try:
            # seconds of imports and of certificate loading must not stop the event loop
            return await asyncio.to_thread(self.factory, spec)
        # no key, no library, an unknown provider: each library has its own exception, and the chain goes on
        except Exception as error:  # noqa: BLE001
            logger.error("model %s cannot be built: %s; check its name, key, package", spec, type(error).__name__)
            return LinkError("auth" if not isinstance(error, OSError) else link_error(error, started=False).cause)


def _completion(message: AIMessage, model: str, failures: Sequence[str]) -> Completion:
    usage = message.usage_metadata
    return Completion(
        message=message,
        model=model,
        input_tokens=usage["input_tokens"] if usage else 0,
        output_tokens=usage["output_tokens"] if usage else 0,
        failures=tuple(failures),
    )
