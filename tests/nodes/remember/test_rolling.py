"""A roll: at once without a model, else prepared after the turn and taken up by a later one that it still fits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage

from frontdesk.graph.deps import Completion, Deps
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.later import Background
from frontdesk.graph.metering import RUNNING
from frontdesk.graph.rolling import MemoryPrepared, Prepared
from frontdesk.nodes.remember.rolling import CAP, LAST, LONGEST_WAIT, Roll, Rolled
from frontdesk.prompts.book import PromptBook
from tests.support.deps import deps_with, tiny_desk

ANNA = Caller(Principal("C-1", "shop"), "0" * 32, "t")
WINDOW = 8
GOOD = json.dumps(
    {"goal": "question about a lamp", "facts": [], "done": ["answer"], "promised": [], "refused": [], "open": []}
)
LINES = "- Goal: question about a lamp\n- Done: answer"


@dataclass
class Model:
    """The summary role."""

    texts: list[str] = field(default_factory=lambda: [GOOD])
    """Its answers in turn; the last one for ever."""
    asked: int = 0
    payers: list[tuple[str, str]] = field(default_factory=list)

    def describe(self, role: str) -> str:
        return "openai:any"

    async def complete(self, role: str, messages: Sequence[BaseMessage], **_: Any) -> Completion:
        assert role == "summary"
        self.asked += 1
        running = RUNNING.get()
        assert running is not None
        given = running.config["configurable"]
        self.payers.append((given["thread_id"], given["turn_id"]))
        text = self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]
        return Completion(AIMessage(text), "openai:any", input_tokens=100, output_tokens=10)


class Keyless(Model):
    """No model is configured."""

    def describe(self, role: str) -> str:
        return "keyless"


class Broken(MemoryPrepared):
    """Cannot be reached."""

    async def read(self, caller: Caller) -> Prepared | None:
        raise ConnectionError("down")


class Clock:
    """Unix time that passes when told to."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Thread:
    """A conversation that goes through rolls only."""

    model: Model
    later: Background | None = None
    deps: Deps = field(init=False)
    clock: Clock = field(default_factory=Clock)
    prepared: MemoryPrepared = field(default_factory=MemoryPrepared)
    messages: list[AnyMessage] = field(default_factory=list)
    summary: str = ""
    turn: int = 0

    def __post_init__(self) -> None:
        more: dict[str, Any] = {"later": self.later} if self.later else {}
        desk = tiny_desk(budgets={"window_messages": WINDOW})
        self.deps = deps_with(
            desk, models=self.model, prompts=PromptBook(), clock=self.clock, prepared=self.prepared, **more
        )

    async def step(self, count: int = 1) -> Rolled:
        """Exchange so many requests and answers, and roll after the last."""
        for _ in range(count):
            number = self.turn
            self.messages += [HumanMessage(f"question {number} about a lamp", id=f"h{number}")]
            self.messages += [AIMessage(f"answer {number}.", id=f"a{number}")]
            self.turn += 1
        rolled = await Roll(self.deps, ANNA, self.messages, self.summary, [], self.turn - 1)()
        self.messages = [message for message in self.messages if message.id not in rolled.gone]
        self.summary = rolled.summary
        return rolled


async def test_within_the_window_nothing_happens() -> None:
    thread = Thread(Model())
    assert await thread.step(WINDOW // 2) == Rolled("")
    assert thread.model.asked == 0


async def test_without_a_model_it_is_extracted_at_once() -> None:
    thread = Thread(Keyless())
    rolled = await thread.step(6)
    assert rolled.gone == {f"{kind}{n}" for kind in "ha" for n in range(4)}
    assert rolled.summary.splitlines()[0] == "- Customer: question 0 about a lamp | Desk: answer 0."
    assert rolled.usage is None


async def test_inline_it_is_taken_up_at_once_and_paid() -> None:
    thread = Thread(Model())
    rolled = await thread.step(6)
    assert rolled.summary == LINES
    assert rolled.usage is not None
    assert (rolled.usage["calls"], rolled.usage["input_tokens"]) == (1, 100)
    assert thread.model.payers == [(ANNA.thread_id, ANNA.turn_id)]
    assert await thread.prepared.read(ANNA) is None


async def test_in_the_background_nobody_waits_and_the_next_turn_takes_it_up() -> None:
    later = Background()
    thread = Thread(Model(), later)
    first = await thread.step(6)
    assert first == Rolled("")
    assert await later.drain() == 0
    second = await thread.step()
    assert second.summary == LINES
    assert second.usage is not None
    # what came meanwhile stays, word for word
    assert [m.id for m in thread.messages] == ["h4", "a4", "h5", "a5", "h6", "a6"]
    assert (await thread.step()).usage is None


async def test_while_one_runs_no_second_one_is_asked() -> None:
    later = Background()
    thread = Thread(Model(), later)
    await thread.step(6)
    await thread.step()
    await later.drain()
    assert thread.model.asked == 1


async def test_a_prepared_summary_of_another_state_is_dropped() -> None:
    later = Background()
    thread = Thread(Model(), later)
    await thread.step(6)
    await later.drain()
    thread.summary = "- somebody wrote another one"
    assert (await thread.step()).summary == "- somebody wrote another one"
    await later.drain()
    thread.messages[0] = HumanMessage("other words", id="h0")
    assert not (await thread.step()).gone


@pytest.mark.parametrize("text", ["", "I'm sorry.", GOOD[:-5], GOOD.replace("lamp", "lamp 99999")])
async def test_a_failure_changes_nothing_and_is_tried_again_with_longer_and_longer_breaks(text: str) -> None:
    later = Background()
    thread = Thread(Model([text]), later)
    thread.summary = "- earlier"
    asked = []
    await thread.step(4)
    for _ in range(4):
        rolled = await thread.step()
        assert rolled.gone == frozenset()
        assert rolled.summary == "- earlier"
        await later.drain()
        asked.append(thread.model.asked)
    # turns 0 and 1 (next turn), then 3 (two turns later)
    assert asked == [1, 2, 2, 3]


async def test_at_the_cap_extraction_takes_over_and_every_attempt_is_paid_once() -> None:
    thread = Thread(Model(["nonsense"]))
    paid = 0
    longest = 0
    for _ in range(80):
        rolled = await thread.step()
        paid += rolled.usage["calls"] if rolled.usage else 0
        longest = max(longest, len(thread.messages))
    held = await thread.prepared.read(ANNA)
    assert held is not None
    waiting = held.usage["calls"] if held.usage else 0
    assert paid + waiting == thread.model.asked
    assert longest <= WINDOW * CAP
    # a dead model is left alone nearly always
    assert thread.model.asked <= 5 + 80 / LONGEST_WAIT
    assert "question 0 about a lamp" in thread.summary


async def test_a_model_that_recovers_is_used_again() -> None:
    thread = Thread(Model(["", "", GOOD]))
    for _ in range(16):
        await thread.step()
    assert thread.summary == LINES


async def test_a_process_that_died_counts_as_a_failure_once_its_time_is_over() -> None:
    thread = Thread(Model())
    lost = Prepared(digest="x", covered=("h0",), turn=3, tries=1, until=thread.clock.now + 12)
    await thread.prepared.write(ANNA, lost)
    assert not (await thread.step(6)).gone
    thread.clock.now += 13
    assert (await thread.step()).summary == LINES


async def test_a_window_that_a_stuck_model_lets_grow_has_a_last_limit() -> None:
    thread = Thread(Model())
    stuck = Prepared(digest="x", covered=("h0",), turn=0, tries=1, until=thread.clock.now + 1e9)
    await thread.prepared.write(ANNA, stuck)
    for _ in range(40):
        await thread.step()
        assert len(thread.messages) <= WINDOW * CAP * LAST
    assert thread.summary.startswith("- Customer: question 0")


async def test_a_summary_of_an_erased_thread_is_not_kept() -> None:
    later = Background()
    thread = Thread(Model(), later)
    await thread.step(6)
    thread.prepared.forget(None, [ANNA.thread_id])
    await later.drain()
    assert thread.model.asked == 1
    assert await thread.prepared.read(ANNA) is None


async def test_an_attempt_that_was_overtaken_keeps_nothing() -> None:
    later = Background()
    thread = Thread(Model(), later)
    await thread.step(6)
    newer = Prepared(digest="newer", covered=(), turn=9, tries=2, until=0.0)
    await thread.prepared.write(ANNA, newer)
    await later.drain()
    assert await thread.prepared.read(ANNA) == newer


async def test_a_store_that_is_down_loses_nothing() -> None:
    thread = Thread(Model(), prepared=Broken())
    for _ in range(WINDOW):
        rolled = await thread.step()
        assert not rolled.gone
    assert thread.model.asked == 0
    assert "question 0" in (await thread.step()).summary
