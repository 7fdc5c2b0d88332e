"""What is said to a customer who told something of themselves: no more than what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.memories import Note
from frontdesk.graph.persistence.life.consent_memory import MemoryConsents
from frontdesk.graph.state import Channel, Decision, DeskState, Turn, Verdict
from frontdesk.nodes.recall.memory import MemoryArchive
from frontdesk.nodes.remember.learning.telling import told
from frontdesk.tools.contract import ToolContract
from tests.support.deps import deps_with, tiny_desk

ANNA, NOBODY = Principal("C-1", "shop"), Principal(tenant="shop")
GRANTED = {"memory": {"default": "granted", "text": "We remember."}}
ASK = {"memory": {"default": "ask", "text": "May we remember?"}}
DENIED = {"memory": {"default": "denied", "text": "We do not remember."}}
ALLOW = ToolContract.model_validate(
    {
        "name": "allow",
        "description": "Remembers from now on.",
        "effect": "write",
        "input": {"type": "object"},
        "output": {"type": "object"},
        "connector": {"kind": "desk", "options": {"operation": "consent", "purpose": "memory", "granted": True}},
    }
)


class Suspicious:
    """A guard that flags every text."""

    async def check(self, text: str, channel: Channel, past: Any = None) -> Verdict:
        return Verdict(outcome="refuse", rules=["test"], score=1.0)


@dataclass
class Broken:
    """An archive that cannot write."""

    async def learn(self, principal: Principal, thread_id: str, turn: int, notes: Sequence[Note]) -> int:
        raise OSError


def state(text: str) -> DeskState:
    return DeskState(
        messages=[HumanMessage(text, id="u")],
        turn=Turn(id="t", index=0, placeholders={}, messages=["u"]),
        verdict=Verdict(outcome="allow", rules=[], score=0.0),
        decision=Decision(stage="clarify", intent="", tier="deterministic", reasons=["memory:told"], answer=""),
    )


def deps(consent: dict[str, Any], *, tools: Sequence[ToolContract] = (), **more: Any) -> Deps:
    desk = tiny_desk(tools=list(tools), consent=consent, **more)
    archive = MemoryArchive(MemoryConsents(desk.config.consent), rules=desk.config.memory)
    return deps_with(desk=desk, archive=archive)


def by(principal: Principal = ANNA, thread: str = "0" * 32) -> Caller:
    return Caller(principal, thread, "t")


@pytest.mark.parametrize(
    ("why", "text", "consent", "tools", "who", "said"),
    [
        ("kept", "I live in a flat", GRANTED, [], ANNA, ["noted"]),
        ("kept, and no change", "I moved to Leeds", GRANTED, [], ANNA, ["noted", "noted_only"]),
        ("ended, and never known", "I'm no longer vegetarian", GRANTED, [ALLOW], ANNA, ["noted_here"]),
        ("consent is missing", "I live in a flat", ASK, [ALLOW], ANNA, ["noted_here", "noted_allow"]),
        ("and cannot be given here", "I live in a flat", ASK, [], ANNA, ["noted_here"]),
        ("the desk remembers nobody", "I live in a flat", DENIED, [ALLOW], ANNA, ["noted_here"]),
        ("no such purpose", "I live in a flat", {}, [ALLOW], ANNA, ["noted_here"]),
        ("special", "I'm allergic to nuts", GRANTED, [ALLOW], ANNA, ["noted_here"]),
        ("special in part", "I'm vegetarian and I'm allergic to nuts", GRANTED, [ALLOW], ANNA, ["noted_here"]),
        ("not signed in", "I live in a flat", GRANTED, [ALLOW], NOBODY, ["noted_here", "noted_sign_in"]),
        ("not signed in, special", "I'm allergic to nuts", GRANTED, [ALLOW], NOBODY, ["noted_here"]),
        ("not signed in, and no memory", "I live in a flat", DENIED, [ALLOW], NOBODY, ["noted_here"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_said(
    why: str, text: str, consent: dict[str, Any], tools: list[ToolContract], who: Principal, said: list[str]
) -> None:
    bound = deps(consent, tools=tools)
    assert await told(bound, state(text), by(who)) == said
    held = [memory for memory in await bound.archive.held(who) if not memory.get("ended")]
    assert bool(held) is (("noted" in said and "no longer" not in text) or "in part" in why)


async def test_a_desk_that_learns_nothing_says_so() -> None:
    bound = deps(GRANTED, memory={"learn": "off"})
    assert await told(bound, state("I live in a flat"), by()) == ["noted_here"]
    assert await told(bound, state("I live in a flat"), by(NOBODY)) == ["noted_here"]


async def test_a_turn_without_a_thread_keeps_nothing() -> None:
    bound = deps(GRANTED)
    assert await told(bound, state("I live in a flat"), by(thread="")) == ["noted_here"]
    assert await bound.archive.held(ANNA) == []


async def test_what_a_guard_flags_is_not_said_to_be_kept() -> None:
    desk = tiny_desk(consent=GRANTED)
    archive = MemoryArchive(MemoryConsents(desk.config.consent))
    bound = deps_with(desk=desk, archive=archive, guard=Suspicious())
    assert await told(bound, state("I live in a flat"), by()) == ["noted_here"]


async def test_an_archive_that_fails_keeps_nothing() -> None:
    bound = deps_with(desk=tiny_desk(consent=GRANTED), archive=Broken())
    assert await told(bound, state("I live in a flat"), by()) == ["noted_here"]


async def test_the_same_again_is_said_to_be_kept() -> None:
    bound = deps(GRANTED)
    assert await told(bound, state("I live in a flat"), by()) == ["noted"]
    assert await told(bound, state("I live in a flat"), by()) == ["noted"]
    assert len(await bound.archive.held(ANNA)) == 1


async def test_what_was_known_and_has_ended_is_said_to_be_noted() -> None:
    bound = deps(GRANTED)
    assert await told(bound, state("I'm vegetarian"), by()) == ["noted"]
    assert await told(bound, state("I'm no longer vegetarian"), by()) == ["noted"]
    assert all(memory.get("ended") for memory in await bound.archive.held(ANNA))
