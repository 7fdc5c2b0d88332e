"""The stage: which message it judges, and what it writes."""

from __future__ import annotations

from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from frontdesk.graph.deps import Deps, Past
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.journal import LogJournal
from frontdesk.graph.state import Channel, Verdict
from frontdesk.nodes.guard.node import GuardNode


class Listening:
    """A guard that notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Channel]] = []

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        self.asked.append((text, channel))
        return Verdict(outcome="raise", rules=["x.rule"], score=0.4)


class Bound:
    """Just the collaborator that this stage uses."""

    def __init__(self) -> None:
        self.guard = Listening()
        self.journal = LogJournal()
        self.principal = Principal()

    def clock(self) -> float:
        return 1000.0


@pytest.mark.parametrize(
    ("messages", "asked"),
    [
        ([HumanMessage("one")], "one"),
        ([HumanMessage("one"), AIMessage("answer"), HumanMessage("two")], "two"),
        ([HumanMessage([{"type": "text", "text": "in "}, {"type": "text", "text": "blocks"}])], "in blocks"),
    ],
    ids=["first turn", "later turn", "content blocks"],
)
async def test_the_newest_human_message_is_judged(messages: list[AnyMessage], asked: str) -> None:
    bound = Bound()

    update: dict[str, Any] = await GuardNode(cast(Deps, bound))({"messages": messages}, {})

    assert bound.guard.asked == [(asked, "user")]
    assert update == {"verdict": Verdict(outcome="raise", rules=["x.rule"], score=0.4), "note": "raise"}


async def test_without_a_human_message_nobody_is_asked() -> None:
    bound = Bound()

    update = await GuardNode(cast(Deps, bound))({"messages": [AIMessage("hello")]}, {})

    assert (bound.guard.asked, update["note"]) == ([], "allow")


class Masking:
    """A guard that takes places out, and hears of the past."""

    def __init__(self, *spans: list[int]) -> None:
        self.spans = [list(span) for span in spans]
        self.pasts: list[Past | None] = []

    async def check(self, text: str, channel: Channel, past: Past | None = None) -> Verdict:
        self.pasts.append(past)
        return Verdict(outcome="raise", rules=["x.rule"], score=0.6, spans=self.spans, evidence=0.6)


class Noting:
    """A journal that notes what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[Channel, str]] = []

    async def judged(self, caller: Caller, at: float, channel: Channel, verdict: Verdict) -> None:
        self.told.append((channel, verdict["outcome"]))


THREAD: Any = {"configurable": {"thread_id": "t-1", "turn_id": "m-3"}}


@pytest.mark.parametrize(
    ("spans", "texts", "outcome"),
    [
        ([[7, 12]], ["Hello. [withheld] Bye.", None], "raise"),
        ([[7, 12], [18, 24]], ["Hello. [withheld] Bye.", "[withheld]"], "raise"),
        ([[14, 22]], ["Hello. Evil. B[withheld]", "[withheld]nd"], "raise"),
        ([[0, 99]], ["[withheld]", "[withheld]"], "refuse"),
    ],
    ids=["one of two messages", "both", "across the border", "nothing is left"],
)
async def test_masked_sentences_leave_the_message_under_its_id(
    spans: list[list[int]], texts: list[str | None], outcome: str
) -> None:
    bound = Bound()
    bound.guard = Masking(*spans)  # type: ignore[assignment]
    said = [HumanMessage("Hello. Evil. Bye.", id="m-1"), HumanMessage("Behind", id="m-2")]
    state: Any = {"messages": said, "turn": {"id": "t", "index": 0, "placeholders": {}, "messages": ["m-1", "m-2"]}}

    update = await GuardNode(cast(Deps, bound))(state, {})

    changed = {message.id: message.content for message in update["messages"]}
    assert changed == {f"m-{index}": text for index, text in enumerate(texts, 1) if text is not None}
    assert (update["verdict"]["outcome"], update["note"]) == (outcome, outcome)


async def test_the_thread_has_a_session_of_numbers() -> None:
    bound = Bound()
    bound.guard = Masking()  # type: ignore[assignment]
    evil = HumanMessage("three", id="m-0", additional_kwargs={"frontdesk_refused": True})
    state: Any = {"messages": [HumanMessage("one", id="m-1"), AIMessage("ok"), evil, HumanMessage("two", id="m-2")]}

    update = await GuardNode(cast(Deps, bound))(state, THREAD)

    (past,) = bound.guard.pasts  # type: ignore[attr-defined]
    assert (past.earlier, past.now) == (("one",), 1000.0), "what was refused is not read again"
    assert update["session"] == {"sum": 0.6, "scores": [0.6], "pace": 1.0, "at": 1000.0}


async def test_without_a_thread_there_is_no_past() -> None:
    bound = Bound()
    bound.guard = Masking()  # type: ignore[assignment]

    update = await GuardNode(cast(Deps, bound))({"messages": [HumanMessage("one")]}, {})

    assert bound.guard.pasts == [None]  # type: ignore[attr-defined]
    assert "session" not in update


async def test_every_verdict_goes_to_the_journal() -> None:
    bound = Bound()
    bound.journal = Noting()  # type: ignore[assignment]

    await GuardNode(cast(Deps, bound))({"messages": [HumanMessage("one")]}, THREAD)

    assert bound.journal.told == [("user", "raise")]  # type: ignore[attr-defined]
