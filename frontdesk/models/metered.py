"""One provider call on the meter: reserved before it is sent, held to what it may write, settled whatever happens.

    async with Gate(meter, role, spec, form, seconds).call(messages, tools) as running:
        bound = running.bound(model)
        running.sending()
        async for chunk in bound.astream(...):
            running.take(chunk)          # SpentError: the answer is longer than what is left
        running.check(ended=...)         # the same where the provider stopped it there

``Gate`` is what a chain hands to a link; ``Running`` is one call. ``SpentError`` passes through, and no other link is
asked after it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata, add_usage

from frontdesk.desk.modelling import Price
from frontdesk.graph.counting import Calibration
from frontdesk.graph.deps import AnswerForm, Role
from frontdesk.graph.metering import Call, Meter, NoMeter, Reservation, SpentError, Tokens
from frontdesk.models.schema import in_form
from frontdesk.nodes.remember.tokens import count_message, count_text

TOOL = 16
"""Tokens that a provider adds to a tool's definition for its own notation of it, beside the text of its JSON."""
OPENING = 8
"""Tokens that every request has beside its messages."""


def reads(messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]], form: AnswerForm | None = None) -> int:
    """Return what a request costs to read at most, in tokens: messages, tools and the schema of the answer."""
    total = OPENING + sum(map(count_message, messages))
    total += sum(TOOL + count_text(json.dumps(tool, ensure_ascii=False)) for tool in tools)
    return total + (count_text(json.dumps(dict(form.schema), ensure_ascii=False)) if form and form.enforced else 0)


@dataclass
class Written:
    """Counts what a model writes, never under, without counting every piece again."""

    text: str = ""
    _bytes: int = 0
    _counted: int = 0
    _since: int = 0

    def add(self, piece: str) -> None:
        """Take the next piece."""
        self.text += piece
        size = len(piece.encode("utf-8", "surrogatepass"))
        self._bytes += size
        self._since += size

    def beyond(self, bound: int) -> bool:
        """Tell whether what was written is more than ``bound`` tokens."""
        # no encoding needs more tokens than bytes, so most pieces need no count at all
        if self._counted + self._since <= bound:
            return False
        return self.tokens() > bound

    def tokens(self) -> int:
        """Return the tokens so far, never under."""
        if self._since:
            self._counted, self._since = min(count_text(self.text), self._bytes), 0
        return self._counted


@dataclass
class Running:
    """A call that was let through."""

    reservation: Reservation
    form: AnswerForm | None
    reading: int
    written: Written = field(default_factory=Written)
    sent: bool = False
    started: bool = False
    whole: bool = False
    usage: UsageMetadata | None = None

    def bound(self, model: BaseChatModel, tools: Sequence[Mapping[str, Any]] = (), **said: Any) -> BaseChatModel:
        """Return ``model`` offered ``tools``, told the form of its answer and how many tokens it may write."""
        most = self.reservation.answer
        if most is None:
            return in_form(model, self.form, tools, **said)
        form = self.form or AnswerForm("text", {}, enforced=False)
        return in_form(model, replace(form, max_tokens=min(most, form.max_tokens or most)), tools, **said)

    def sending(self) -> None:
        """Note that the request goes out now: from here on it costs something, whatever becomes of it."""
        self.sent = True

    def take(self, chunk: AIMessageChunk) -> None:
        """Take the next chunk: its words, its calls, its usage.

        Raises:
            SpentError: With it the answer is longer than what a budget left for it.
        """
        self.started = True
        self.written.add(str(chunk.text))
        for part in getattr(chunk, "tool_call_chunks", ()):
            self.written.add((part["name"] or "") + (part["args"] or ""))
        if chunk.usage_metadata:
            self.usage = _together(self.usage, chunk.usage_metadata)
        self.check()

    def check(self, *, ended: bool = False) -> None:
        """Hold the answer to its bound; ``ended``: the provider stopped it there (finish reason ``length``).

        Raises:
            SpentError: A budget made the bound, and it is reached.
        """
        most, level = self.reservation.answer, self.reservation.level
        if level and most is not None and (ended or self.written.beyond(most)):
            raise SpentError(level)

    def reported(self) -> int:
        """Return what the provider says that the prompt took; 0 where it says nothing, or the answer did not end."""
        return int(self.usage["input_tokens"] or 0) if self.usage and self.whole else 0

    def tokens(self) -> Tokens:
        """Return what the call took: as the provider says, else estimated, never under; nothing where nothing went."""
        if not self.sent:
            return Tokens()
        said: Mapping[str, Any] = self.usage or {}
        read, wrote = int(said.get("input_tokens") or 0), int(said.get("output_tokens") or 0)
        cached = int((said.get("input_token_details") or {}).get("cache_read") or 0)
        # a server that says nothing of a part, or what cannot be, does not make that part free
        if wrote <= 0 or not self.whole:
            wrote = max(wrote, self.written.tokens())
        return Tokens(read if read > 0 else self.reading, wrote, max(cached, 0))


def _together(before: UsageMetadata | None, told: UsageMetadata) -> UsageMetadata:
    """Add up: some providers tell what was read first, and what was written in the end. Others tell with every piece
    what it is by then, and what was read never comes in pieces."""
    if (
        before
        and told["input_tokens"] >= before["input_tokens"] > 0
        and told["output_tokens"] >= before["output_tokens"]
    ):
        return told
    return add_usage(before, told)


@dataclass
class Gate:
    """The meter as one link of a chain sees it; adds up what its calls took."""

    meter: Meter = field(default_factory=NoMeter)
    role: Role = "fast"
    spec: str = ""
    form: AnswerForm | None = None
    seconds: float = 60.0
    price: Price | None = None
    """The link's own."""
    calibration: Calibration = field(default_factory=Calibration)
    """Is told what the provider reports of the prompt."""
    taken: Tokens = field(default_factory=Tokens)
    cost: float = 0.0

    @asynccontextmanager
    async def call(
        self, messages: Sequence[BaseMessage], tools: Sequence[Mapping[str, Any]] = ()
    ) -> AsyncIterator[Running]:
        """Reserve, run, settle.

        Raises:
            SpentError: Some budget has no room for the call.
        """
        reading = reads(messages, tools, self.form)
        wanted = self.form.max_tokens if self.form else None
        call = Call(self.role, self.spec, reading, wanted, self.seconds, self.price)
        reservation = await self.meter.reserve(call)
        running = Running(reservation, self.form, reading)
        try:
            yield running
            running.whole = True
        finally:
            took = running.tokens()
            self.calibration.learn(self.spec, reading, running.reported())
            before = self.taken
            self.taken = Tokens(before.input + took.input, before.output + took.output, before.cached + took.cached)
            # a call that is cancelled, at its time limit for one, is settled all the same
            self.cost += await asyncio.shield(asyncio.ensure_future(reservation.settle(took)))
            self.cost = round(self.cost, 9)


__all__ = ["Gate", "Running", "Written", "reads"]
