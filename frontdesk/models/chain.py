"""Chat models per role: a chain of hosted models that always ends in the keyless one, inside one time budget."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from frontdesk.desk.modelling import Breaker, Chain, Link
from frontdesk.graph.counting import Calibration
from frontdesk.graph.deps import AnswerForm, Completion, OnText, Role
from frontdesk.graph.metering import Meter, NoMeter, SpentError
from frontdesk.models.attempt import Caller, Question, Sleep, Span
from frontdesk.models.breakers import Breakers
from frontdesk.models.caching import PromptCache
from frontdesk.models.causes import LinkError
from frontdesk.models.hosted import Factory
from frontdesk.models.links import KEYLESS, chain_of, links_of, share
from frontdesk.models.metered import Gate
from frontdesk.models.pool import Pool

logger = logging.getLogger(__name__)


@dataclass
class _Tally:
    """What one completion came to so far, over all links."""

    failures: list[str] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    spent: str = ""

    def completion(self, message: AIMessage, model: str) -> Completion:
        took = [gate.taken for gate in self.gates]
        return Completion(
            message=message,
            model=model,
            input_tokens=sum(tokens.input for tokens in took),
            output_tokens=sum(tokens.output for tokens in took),
            cached_tokens=sum(tokens.cached for tokens in took),
            cost=round(sum(gate.cost for gate in self.gates), 9),
            failures=tuple(self.failures),
            spent=self.spent,
        )


@dataclass(frozen=True)
class ModelRoster:
    """Implements :class:`frontdesk.graph.deps.Models`. Hosted models are built when first used, in a thread."""

    specs: Mapping[str, Chain]
    """Role to its models; a missing or empty one means the keyless model."""
    keyless: BaseChatModel
    factory: Factory
    timeout: float = 15.0
    """Seconds that one link may take, its whole stream included, where it says nothing else."""
    sleep: Sleep = asyncio.sleep
    meter: Meter = field(default_factory=NoMeter)
    """Lets calls through, and counts them."""
    calibration: Calibration = field(default_factory=Calibration)
    """Is told what providers report of prompts."""
    cache: PromptCache = field(default_factory=PromptCache)
    rule: Breaker = field(default_factory=Breaker)
    """When a failing link is left alone."""
    first_token: float | None = None
    """Part of a link's time within which its answer must begin."""
    clock: Callable[[], float] = time.monotonic
    """Seconds, for the breakers."""
    _pool: Pool = field(init=False, repr=False)
    _breakers: Breakers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make what the links of all roles share."""
        object.__setattr__(self, "_pool", Pool(self.factory))
        object.__setattr__(self, "_breakers", Breakers(self.rule, self.clock))

    def chain(self, role: Role) -> tuple[tuple[Role, Link], ...]:
        """Return the role's hosted links in order, each with the role that names it; equal ones once."""
        return chain_of(self.specs, role)

    def describe(self, role: Role) -> str:
        """Return the first link of the role's chain, ``provider:name`` or ``keyless``."""
        chain = self.chain(role)
        return chain[0][1].model if chain else KEYLESS

    def states(self) -> list[dict[str, str]]:
        """Return how every link fares, by role and in order.

        Returns:
            Records of ``role``, ``model`` and ``state``: ``closed`` (it is asked), ``open`` (it is left alone),
            ``half_open`` (one call tries it), ``unusable`` (no key, no package, an unknown provider).
        """
        return [
            {"role": role, "model": link.model, "state": self._state(link)}
            for role in get_args(Role)
            for link in links_of(self.specs.get(role))
        ]

    def _ready(self, link: Link) -> bool:
        """Whether a link would be asked now: one that cannot be built needs no time of the others."""
        return self._pool.usable(link) and self._breakers.ready(link)

    def _state(self, link: Link) -> str:
        return self._breakers.state(link) if self._pool.usable(link) else "unusable"

    async def warm(self) -> None:
        """Build every configured model now, so that no customer waits for an import; one that cannot be is logged."""
        for chain in self.specs.values():
            for link in links_of(chain):
                with contextlib.suppress(LinkError):  # a turn goes on without it, and so does the start
                    await self._pool.get(link)

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

        For the roles ``guard`` and ``summary`` the keyless model has nothing to say: the message is empty then. Tokens
        and cost are those of all links that were asked, the failed ones included.
        """
        deadline = time.monotonic() + (self.timeout if seconds is None else seconds)
        question, tally = Question(messages, tools, on_text, form), _Tally()
        chain = self.chain(role)
        for index, (name, link) in enumerate(chain):
            followers = sum(self._ready(other) for _, other in chain[index + 1 :])
            try:
                message = await self._try(role, link, question, self._span(link, deadline, followers), tally)
            except SpentError as error:
                # another link would spend from the same budget
                tally.failures.append(f"{name}/spent")
                tally.spent = error.level
                break
            except LinkError as error:
                tally.failures.append(f"{name}/{error.cause}")
                logger.warning("model role %s: link %d of %d failed: %s", role, index + 1, len(chain), error.cause)
            else:
                return tally.completion(message, link.model)
        return tally.completion(await self._answer_keyless(role, messages, tools), KEYLESS)

    async def _try(self, role: Role, link: Link, question: Question, span: Span, tally: _Tally) -> AIMessage:
        if span.seconds <= 0:
            raise LinkError("timeout", counts=False)
        gate = Gate(self.meter, role, link.model, question.form, span.seconds, link.price, self.calibration)
        tally.gates.append(gate)
        caller = Caller(self._pool, self.cache, self.sleep)
        with self._breakers.watching(link):
            return await caller.call(link, question, span, gate)

    def _span(self, link: Link, deadline: float, followers: int) -> Span:
        timeout = link.timeout or self.timeout
        part = link.first_token or self.first_token
        first = None if part is None else part * timeout
        return Span(min(timeout, share(deadline - time.monotonic(), followers)), timeout, first)

    async def _answer_keyless(
        self, role: Role, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]]
    ) -> AIMessage:
        if role in {"guard", "summary"}:
            return AIMessage(content="")
        bound = self.keyless.bind_tools([dict(tool) for tool in tools]) if tools else self.keyless
        return await bound.ainvoke(list(messages))
