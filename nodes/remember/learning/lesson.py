"""Learning from a turn, after it: what may be learnt from at all, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from langchain_core.messages import AnyMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.identity import Caller, Principal
from frontdesk.graph.memories import Note
from frontdesk.graph.metering import RUNNING, Running
from frontdesk.graph.state import DeskState
from frontdesk.nodes.guard.quarantine import sift
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.remember.learning.asking import read_by_model
from frontdesk.nodes.remember.learning.keeping_out import is_order
from frontdesk.nodes.remember.learning.notes import kept, notes_of
from frontdesk.nodes.texts import brought, text_of
from frontdesk.tools.owndata import CONNECTOR as OWN_DATA

SECONDS: Final = 20.0
"""A model may take so long: nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A turn that something may be learnt from. It brings what is needed: the turn is over when it is read."""

    principal: Principal
    thread: str
    turn: int
    """1 for the first."""
    text: str = field(repr=False)
    """The customer's own words of the turn, masked."""
    at: float
    """Unix time in seconds."""
    running: Running | None
    """Whose budget a model's reading counts against."""


def lesson_of(state: DeskState, caller: Caller, desk: DeskView, now: float) -> Lesson | None:
    """Return what a turn gives to learn from; None where nothing may be learnt.

    That is so without a signed-in customer or a store, where the desk learns nothing, for a message that a guard
    refused or raised, while a person has the conversation, and where the customer is asking about what is kept of them.
    """
    turn, verdict = state.get("turn"), state.get("verdict")
    if turn is None or verdict is None or not caller.stateful or not caller.principal.signed_in:
        return None
    if desk.config.memory.learn == "off" or verdict["outcome"] != "allow" or verdict.get("spans"):
        return None
    if state.get("status") in {"human", "refused"} or _about_own_data(state, desk):
        return None
    text = _words(brought(state))
    return Lesson(caller.principal, caller.thread_id, turn["index"] + 1, text, now, RUNNING.get()) if text else None


async def learn(deps: Deps, lesson: Lesson) -> None:
    """Read a lesson and keep what it teaches. Without consent the archive keeps nothing."""
    running = RUNNING.set(lesson.running)
    try:
        notes = await noticed(deps, lesson)
    finally:
        RUNNING.reset(running)
    if notes:
        await deps.archive.learn(lesson.principal, lesson.thread, lesson.turn, notes)


async def noticed(deps: Deps, lesson: Lesson) -> list[Note]:
    """Return the notes of a lesson: of the kinds that are kept, certain enough, and none that looks like an order."""
    rules = deps.desk.config.memory
    notes = notes_of(lesson.text, rules)
    if rules.learn == "model" and deps.models.describe("summary") != "keyless":
        read = await read_by_model(deps.models, deps.prompts, lesson.text, SECONDS)
        known = {note["about"] for note in notes}
        # what the rules read is the customer's word for word; a model adds what they have no rule for
        notes += kept((note for note in read or () if note["about"] not in known), rules)
    return await _harmless(deps, lesson, notes)


async def by_rule(deps: Deps, lesson: Lesson) -> list[Note]:
    """Return what rules read in a lesson, as :func:`noticed` does; no model is asked."""
    return await _harmless(deps, lesson, notes_of(lesson.text, deps.desk.config.memory))


async def _harmless(deps: Deps, lesson: Lesson, notes: Iterable[Note]) -> list[Note]:
    return [Note(**{**note, "at": lesson.at}) for note in notes if not await _looks_like_an_order(deps, note)]


async def _looks_like_an_order(deps: Deps, note: Note) -> bool:
    if note.get("ended"):
        return False
    return is_order(note["text"]) or (await sift(deps.guard, note["text"], "document")).hit


def _words(messages: Sequence[AnyMessage]) -> str:
    return "\n".join(text_of(message) for message in messages if not is_refused(message)).strip()


def _about_own_data(state: DeskState, desk: DeskView) -> bool:
    """Whether a request of this turn is about what the desk holds on the customer: "forget that …" teaches nothing."""
    decision = state.get("decision")
    names = [part["intent"] for part in state.get("parts") or ()] + ([decision["intent"]] if decision else [])
    return any(_is_own(desk.intents.get(name), desk) for name in names)


def _is_own(intent: Intent | None, desk: DeskView) -> bool:
    tools = desk.tools
    return intent is not None and any(n in tools and tools[n].connector.kind == OWN_DATA for n in intent.tools)


__all__ = ["Lesson", "by_rule", "learn", "lesson_of", "noticed"]
