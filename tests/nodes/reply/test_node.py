"""The reply stage: what leaves is what was reviewed."""

from __future__ import annotations

from typing import Any, cast

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.runnables import RunnableConfig

from frontdesk.graph.state import DeskState, Proposal
from frontdesk.nodes.confirm.node import request_of
from frontdesk.nodes.reply.node import ReplyNode
from frontdesk.nodes.scrub.vault import MemoryVault
from tests.support.deps import deps_with
from tests.support.gateways import Lenient

CONFIG: RunnableConfig = {"configurable": {"thread_id": "t", "turn_id": "turn-1"}}
WRITTEN = "Shall I return the lamp (see https://evil.example)?"
SENT = "Shall I return the lamp (see (link removed))?"


def proposal(**more: Any) -> Proposal:
    given = {"id": "p1", "tool": "return_order", "arguments": {}, "question": WRITTEN, "turn_id": "turn-1"}
    return cast(Proposal, {**given, "expires_at": 9e9, **more})


async def replied(waiting: Proposal | None, answer: str) -> dict[str, Any]:
    state: dict[str, Any] = {
        "messages": [HumanMessage("return it", id="h"), AIMessage(answer, id="a")],
        "status": "confirm",
        "turn": {"id": "turn-1", "index": 0, "placeholders": {}},
        "decision": {"stage": "respond", "intent": "return", "tier": "fast", "reasons": [], "answer": ""},
        "proposal": waiting,
    }
    deps = deps_with(vault=MemoryVault(), clock=lambda: 7.0, gateway=Lenient())
    return await ReplyNode(deps)(cast(DeskState, state), CONFIG)


async def test_a_question_leaves_as_it_was_reviewed() -> None:
    update = await replied(proposal(), SENT)

    assert update["reply"]["proposal"]["question"] == update["reply"]["text"] == SENT
    assert (update["proposal"]["question"], update["proposal"]["shown_at"]) == (SENT, 7.0)
    assert request_of(update["proposal"])["action_requests"][0]["description"] == SENT


@pytest.mark.parametrize("waiting", [proposal(shown_at=3.0, question=SENT), None], ids=["shown before", "none"])
async def test_what_was_shown_before_stays(waiting: Proposal | None) -> None:
    update = await replied(waiting, "Anything else?")

    assert "proposal" not in update
    assert (update["reply"]["proposal"] or {}).get("question") == (SENT if waiting else None)
