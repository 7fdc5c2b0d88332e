"""What is kept of a turn that ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.desk.config import Intent, Page
from frontdesk.graph.answers import Asked
from frontdesk.graph.deps import Reviewed
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.state import Decision, DeskState, Passage, Recall, Step, Turn, Usage
from frontdesk.nodes.cached.eligible import CACHEABLE
from frontdesk.nodes.cached.serving import settle
from tests.support.deps import deps_with, tiny_desk

TEXT = "Two years [warranty]."
PAGE = Page(id="warranty", title="Warranty", body="Two years.", audience="public")
INTENT = Intent(
    name="warranty", title="use it", description="For tests.", utterances=["a", "b"], pages=["warranty"], cacheable=True
)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()
MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC).timestamp()


class Kept:
    """A cache that remembers what it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.ended = 0

    async def keep(self, asked: Asked, text: str, pages: Any) -> str:
        self.texts.append(text)
        return "kept"

    async def over(self, asked: Asked) -> None:
        self.ended += 1


class Fine:
    """Output guards that find nothing."""

    async def review(self, text: str, *given: Any, **more: Any) -> Reviewed:
        return Reviewed(text=text, findings=(), citations=("warranty",))


class Named:
    """Models and prompts as far as they have names."""

    def describe(self, role: str) -> str:
        return "openai:one"

    def digest(self, name: str) -> str:
        return "d"


def ended(**more: Any) -> DeskState:
    used = {"model": "openai:one", "calls": 1, "input_tokens": 1, "output_tokens": 1, "failures": []}
    made: dict[str, Any] = {
        "messages": [HumanMessage("how long is the warranty?", id="m1"), AIMessage(TEXT, id="m2")],
        "turn": Turn(id="t", index=0, placeholders={}, messages=["m1"]),
        "decision": Decision(stage="respond", intent="warranty", tier="fast", reasons=[CACHEABLE], answer=""),
        "recall": Recall(
            passages=[Passage(page="warranty", title="", url="", text="Two years.", score=1.0)], episodes=[]
        ),
        "usage": Usage(**used),  # type: ignore[typeddict-item]
        "path": [Step(stage="respond", ms=1.0, note="openai:one"), Step(stage="review", ms=1.0, note="clean")],
        "status": "answered",
    }
    return DeskState(**{**made, **more})  # type: ignore[typeddict-item]


@pytest.mark.parametrize(
    ("word", "now", "kept"),
    [
        ("in the middle of the day", NOON, True),
        ("just before midnight", MIDNIGHT - 1, True),
        ("just after it: the prompt named the day before", MIDNIGHT + 1, False),
        ("later than any turn of the day before runs", MIDNIGHT + 600, True),
    ],
)
async def test_an_answer_of_yesterday_is_not_kept_for_today(word: str, now: float, kept: bool) -> None:
    cache = Kept()
    deps = deps_with(
        tiny_desk(intents=[INTENT], pages=[PAGE]),
        models=Named(),
        prompts=Named(),
        reviewer=Fine(),
        cache=cache,
        clock=lambda: now,
    )
    await settle(deps, ended(), Caller(Principal("C-1", "shop"), "0" * 32, "t"))
    assert (bool(cache.texts), cache.ended) == (kept, 1), word
