"""One link's chance: asked within its time, once more after a passing fault."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage

from frontdesk.desk.modelling import Link
from frontdesk.graph.deps import AnswerForm, OnText
from frontdesk.models.bounded import bounded
from frontdesk.models.caching import PromptCache
from frontdesk.models.causes import RETRYABLE, LinkError
from frontdesk.models.hearing import Hearing
from frontdesk.models.link import Terms, ask
from frontdesk.models.links import fair
from frontdesk.models.metered import Gate
from frontdesk.models.pool import Pool
from frontdesk.models.shown import Shown

PAUSE = 0.5
"""Seconds before the one retry where the provider does not say how long: a blip is over, the customer still waits."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True)
class Question:
    """What every link of a chain is asked."""

    messages: Sequence[BaseMessage]
    tools: Sequence[Mapping[str, Any]] = ()
    on_text: OnText | None = None
    form: AnswerForm | None = None

    def within(self, tokens: int | None) -> Question:
        """Return the question with a prompt of at most so many tokens; None: any.

        Raises:
            LinkError: ``too_long``: what must be said takes more.
        """
        if tokens is None or not isinstance(self.messages, Shown):
            return self
        shown = self.messages.within(tokens)
        if shown is None:
            raise LinkError("too_long", counts=False)
        return replace(self, messages=shown)

    def less(self) -> Question | None:
        """Return the question with a clearly shorter prompt; None where there is none."""
        shown = self.messages.less() if isinstance(self.messages, Shown) else None
        return None if shown is None else replace(self, messages=shown)


@dataclass(frozen=True)
class Span:
    """The time of one link, in seconds."""

    seconds: float
    """What it may take now."""
    timeout: float
    """What it may take when nothing else presses."""
    first: float | None = None
    """Within which its answer must begin; None: any time."""


@dataclass(frozen=True)
class Caller:
    """Asks links."""

    pool: Pool
    cache: PromptCache = field(default_factory=PromptCache)
    sleep: Sleep = asyncio.sleep

    async def call(self, link: Link, question: Question, span: Span, gate: Gate) -> AIMessage:
        """Return a link's whole answer, within its time; the retry's wait takes half of that at most.

        A prompt that the provider calls too long is sent once more, shorter.

        Raises:
            LinkError: It failed. Its words were taken back.
            SpentError: A budget is used up.
        """
        limit = time.monotonic() + span.seconds
        question = question.within(link.window)
        for last in (False, True):
            try:
                return await self._once(link, question, span, limit - time.monotonic(), gate)
            except LinkError as error:
                if error.cause == "too_long" and not last and (less := question.less()) is not None:
                    question = less
                    continue
                wait = PAUSE if error.retry_after is None else error.retry_after
                if last or error.cause not in RETRYABLE or wait > (limit - time.monotonic()) / 2:
                    raise
            await self.sleep(wait)
        raise AssertionError("unreachable: the second attempt returns or raises")

    async def _once(self, link: Link, question: Question, span: Span, seconds: float, gate: Gate) -> AIMessage:
        hearing = Hearing(question.on_text)
        failed = True
        try:
            asked = self._ask(link, question, Terms(hearing, gate, self.cache))
            message = await bounded(asked, seconds, hearing.first, span.first)
            failed = False
        except TimeoutError:
            silent = span.first is not None and not hearing.first.is_set()
            had = min(seconds, span.first or seconds) if silent else seconds
            raise LinkError("timeout", counts=fair(had, span.timeout)) from None
        finally:
            await hearing.close(failed=failed)
        return message

    async def _ask(self, link: Link, question: Question, terms: Terms) -> AIMessage:
        return await ask(await self.pool.get(link), question.messages, question.tools, terms)


__all__ = ["PAUSE", "Caller", "Question", "Sleep", "Span"]
