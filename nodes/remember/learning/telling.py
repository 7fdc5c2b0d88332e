"""What becomes of a message that only tells something: it is learnt at once, so that the reply says what is true."""

from __future__ import annotations

import logging
from typing import Final, Literal

from frontdesk.desk.languages import is_listed, language_named
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.identity import Caller
from frontdesk.graph.memories import Memory, Note
from frontdesk.graph.state import DeskState
from frontdesk.nodes.remember.learning.lesson import by_rule, lesson_of
from frontdesk.nodes.remember.learning.notes import kept
from frontdesk.nodes.remember.learning.stating import states_only
from frontdesk.nodes.texts import latest_human, text_of
from frontdesk.tools.owndata import CONNECTOR as OWN_DATA

_log = logging.getLogger(__name__)

MEMORY: Final = "memory"
"""The purpose under which a desk remembers."""
LANGUAGE: Final = "reply.language"
"""Key of the wish to be answered in a language."""
Told = Literal["noted", "noted_here", "noted_allow", "noted_sign_in", "noted_only", "language"]
"""Name of a wording of the desk (``frontdesk.desk.texts``)."""
LIKE_A_CHANGE: Final = frozenset({"address", "contact", "delivery", "payment"})
"""First words of the keys of what the business keeps, too: a note changes nothing there."""


async def told(deps: Deps, state: DeskState, caller: Caller) -> list[Told]:
    """Learn what this turn's message tells, and return what may be said of it, in order.

    By rule only, as the customer waits for it. What is said to be kept was looked up after it was: a customer without
    consent, a note that a guard flags, a kind that the desk does not keep, or an archive that fails keep nothing.
    """
    said = states_only(text_of(latest_human(state["messages"])))
    more: list[Told] = ["noted_only"] if any(_area(note) in LIKE_A_CHANGE for note in said) else []
    if any(_is_not_spoken(note, deps.desk) for note in said):
        more.append("language")
    return [*await _learnt(deps, state, caller, said), *more]


async def _learnt(deps: Deps, state: DeskState, caller: Caller, said: list[Note]) -> list[Told]:
    desk = deps.desk
    lesson = lesson_of(state, caller, desk, deps.clock())
    if lesson is None:
        return ["noted_here", "noted_sign_in"] if _would_keep(caller, desk, said) else ["noted_here"]
    try:
        notes = await by_rule(deps, lesson)
        if not notes:
            return ["noted_here"]
        await deps.archive.learn(lesson.principal, lesson.thread, lesson.turn, notes)
        held = await deps.archive.held(lesson.principal)
    except Exception as error:  # noqa: BLE001 - whatever the store's fault, the customer hears that nothing was kept
        _log.error("memory failed: turn=%s error=%s", caller.turn_id, type(error).__name__)
        return ["noted_here"]
    if all(_is_kept(note, held, lesson.at) for note in said):
        return ["noted"]
    some = any(note.get("ended") or _is_kept(note, held, lesson.at) for note in notes)
    return ["noted_here"] if some or not _can_allow(desk) else ["noted_here", "noted_allow"]


def _is_not_spoken(note: Note, desk: DeskView) -> bool:
    language = language_named(note["text"]) if note["about"] == LANGUAGE else ""
    return bool(language) and not is_listed(desk.config, language)


def _area(note: Note) -> str:
    return note["about"].partition(".")[0]


def _is_kept(note: Note, held: list[Memory], at: float) -> bool:
    """Whether a note is among what is held, as said or ended in this turn, and not merely from an earlier one."""
    same = [memory for memory in held if memory["about"] == note["about"]]
    if note.get("ended"):
        return any(memory.get("ended", 0.0) >= at for memory in same)
    return any(memory["text"] == note["text"] and memory["at"] >= at for memory in same if not memory.get("ended"))


def _would_keep(caller: Caller, desk: DeskView, said: list[Note]) -> bool:
    """Whether signing in is what is missing."""
    config = desk.config
    purpose = config.consent.get(MEMORY)
    learns = config.memory.learn != "off" and purpose is not None and purpose.default != "denied"
    return learns and bool(kept(said, config.memory)) and caller.stateful and not caller.principal.signed_in


def _can_allow(desk: DeskView) -> bool:
    """Whether a customer can give their consent in the conversation."""
    purpose = desk.config.consent.get(MEMORY)
    yes = {"operation": "consent", "purpose": MEMORY, "granted": True}
    tools = (tool.connector for tool in desk.tools.values() if tool.connector.kind == OWN_DATA)
    return purpose is not None and purpose.default != "denied" and any(each.options == yes for each in tools)


__all__ = ["Told", "told"]
