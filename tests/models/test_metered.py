"""One provider call on the meter."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
from langchain_core.messages.ai import UsageMetadata

from frontdesk.graph.deps import AnswerForm
from frontdesk.graph.identity import Caller
from frontdesk.graph.metering import Call, Level, NoMeter, SpentError, Tokens
from frontdesk.graph.records import Usage
from frontdesk.models.metered import Gate, Written, reads
from frontdesk.nodes.remember.tokens import count_text

TALK = [SystemMessage("Be kind."), HumanMessage("Is a broken switch covered by the warranty?")]


@dataclass
class Counting:
    """A meter that grants what it is told to, and remembers."""

    answer: int | None = None
    level: Level | None = None
    spent: bool = False
    asked: list[Call] = field(default_factory=list)
    settled: list[Tokens] = field(default_factory=list)

    async def reserve(self, call: Call) -> Any:
        self.asked.append(call)
        if self.spent:
            raise SpentError("thread")
        return self

    async def settle(self, tokens: Tokens) -> float:
        self.settled.append(tokens)
        return 0.5

    def aside(self, caller: Caller) -> Usage | None:
        return None


def chunk(text: str, usage: tuple[int, int] | None = None, cached: int = 0) -> AIMessageChunk:
    told = None
    if usage:
        read, wrote = usage
        told = UsageMetadata(
            input_tokens=read,
            output_tokens=wrote,
            total_tokens=read + wrote,
            input_token_details={"cache_read": cached},
        )
    return AIMessageChunk(text, usage_metadata=told)


async def played(gate: Gate, chunks: Sequence[AIMessageChunk], error: Exception | None = None) -> None:
    async with gate.call(TALK) as running:
        running.sending()
        for one in chunks:
            running.take(one)
        if error:
            raise error


WORDS = "It is covered for two years, from the day of delivery on. "
ESTIMATED = Tokens(reads(TALK, []), count_text("It is."))
ENDS: list[tuple[str, list[AIMessageChunk], Exception | None, Tokens]] = [
    ("as the provider says", [chunk("It is."), chunk("", (90, 3), 40)], None, Tokens(90, 3, 40)),
    ("read first, written last", [chunk("", (90, 1)), chunk("It is."), chunk("", (0, 2))], None, Tokens(90, 3)),
    ("told with every piece", [chunk("It ", (90, 1)), chunk("is.", (90, 2)), chunk("", (90, 3))], None, Tokens(90, 3)),
    ("the provider says nothing", [chunk("It is.")], None, ESTIMATED),
    ("the provider says that it took nothing", [chunk("It is."), chunk("", (0, 0))], None, ESTIMATED),
    ("the provider says what cannot be", [chunk("It is."), chunk("", (-9, -9), -9)], None, ESTIMATED),
    ("cut before a word", [], ConnectionError(), Tokens(reads(TALK, []))),
    (
        "cut after what was read was told",
        [chunk("", (90, 1)), chunk(WORDS)],
        ConnectionError(),
        Tokens(90, count_text(WORDS)),
    ),
]


@pytest.mark.parametrize(("chunks", "error", "tokens"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
async def test_a_call_is_settled_once_whatever_becomes_of_it(
    chunks: list[AIMessageChunk], error: Exception | None, tokens: Tokens
) -> None:
    meter = Counting()
    gate = Gate(meter, "fast", "openai:mini", seconds=7.0)
    if error:
        with pytest.raises(ConnectionError):
            await played(gate, chunks, error)
    else:
        await played(gate, chunks)
    assert meter.settled == [tokens]
    assert (gate.taken, gate.cost) == (tokens, 0.5)
    assert meter.asked == [Call("fast", "openai:mini", reads(TALK, []), None, 7.0)]


async def test_a_cancelled_call_is_settled() -> None:
    meter, reached = Counting(), asyncio.Event()

    async def hang() -> None:
        async with Gate(meter).call(TALK) as running:
            running.sending()
            reached.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert meter.settled == [Tokens(reads(TALK, []))]


async def test_a_request_that_was_not_sent_costs_nothing() -> None:
    meter = Counting()
    with pytest.raises(ValueError, match="no key"):
        async with Gate(meter).call(TALK):
            raise ValueError("no key")
    assert meter.settled == [Tokens()]


async def test_without_room_nothing_runs_and_nothing_is_settled() -> None:
    meter = Counting(spent=True)
    with pytest.raises(SpentError):
        await played(Gate(meter), [chunk("never")])
    assert meter.settled == []


async def test_an_answer_is_stopped_where_it_passes_what_is_left() -> None:
    meter = Counting(answer=20, level="turn")
    taken = 0
    with pytest.raises(SpentError) as caught:
        async with Gate(meter).call(TALK) as running:
            running.sending()
            for word in ["word "] * 100:
                running.take(chunk(word))
                taken += 1
    assert caught.value.level == "turn"
    assert count_text("word " * taken) <= 20 < count_text("word " * (taken + 1))


async def test_the_arguments_of_tools_are_words_as_well() -> None:
    meter = Counting(answer=20, level="thread")
    part = AIMessageChunk("", tool_call_chunks=[{"name": "note", "args": '{"text": "' + "word " * 40, "id": "1", "index": 0}])  # fmt: skip
    with pytest.raises(SpentError):
        await played(Gate(meter), [part])


@pytest.mark.parametrize(("level", "stops"), [("tenant", True), (None, False)])
async def test_an_answer_that_the_provider_stopped_is_a_budgets_only_where_one_made_the_bound(
    level: Level | None, stops: bool
) -> None:
    async def run() -> None:
        async with Gate(Counting(answer=50, level=level)).call(TALK) as running:
            running.sending()
            running.take(chunk("It is"))
            running.check(ended=True)

    if stops:
        with pytest.raises(SpentError):
            await run()
    else:
        await run()


async def test_no_bound_stops_nothing() -> None:
    gate = Gate(NoMeter())
    await played(gate, [chunk("word " * 5000)])
    assert gate.cost == 0.0


TEXTS = ["word " * 300, "Überraschungsschokolade ist lecker. " * 30, "订单号是多少" * 40, "a1B2-" * 200, "🙂" * 50]


@pytest.mark.parametrize("text", TEXTS, ids=["english", "german", "chinese", "codes", "emoji"])
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_what_is_counted_piece_by_piece_is_what_the_whole_costs(text: str, size: int) -> None:
    written, bound = Written(), count_text(text) // 2
    reached = None
    for start in range(0, len(text), size):
        written.add(text[start : start + size])
        if reached is None and written.beyond(bound):
            reached = start
    assert reached is not None
    # neither late nor early: a piece, and the little by which an estimate for characters passes their bytes
    assert count_text(text[:reached]) <= bound * 1.05
    assert count_text(text[: reached + size]) > bound * 0.95
    assert written.tokens() == min(count_text(text), len(text.encode()))


def test_tools_and_the_schema_of_an_answer_are_read_as_well() -> None:
    tool = {"type": "function", "function": {"name": "get_order", "parameters": {"type": "object"}}}
    form = AnswerForm("verdict", {"type": "object", "properties": {"verdict": {"type": "string"}}}, 50)
    plain = reads(TALK, [])
    assert plain > count_text("Be kind.") + count_text(str(TALK[1].content))
    assert reads(TALK, [tool]) > plain + 16
    assert reads(TALK, [], form) > plain
