"""What is remembered of a customer, for the person who takes over: what matters, and how they want to be reached."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import DeskState
from frontdesk.nodes.guard.quarantine import sift

_log = logging.getLogger(__name__)

CHANNEL: Final = "contact.channel"
"""Key of the memory of how a customer wants to be reached."""
_CONTACT: Final = "contact."
_QUERY: Final = "prefers contact by email phone post chat whatsapp sms, no telephone calls, call before after time"
"""What the memories of how to be reached have words of."""
_MOST: Final = 6


async def known(deps: Deps, state: DeskState, caller: Caller) -> list[Memory]:
    """Return the memories for a ticket: those of this turn, and those of how the customer wants to be reached.

    Those of this turn were sifted when they were recalled; of the others none that a guard flags. An archive that fails
    adds none: the ticket is filed all the same.
    """
    recall = state.get("recall")
    found = [memory for memory in (recall.get("memories") or ()) if not memory.get("ended")] if recall else []
    seen = {memory["id"] for memory in found}
    try:
        contact = await deps.archive.search(caller.principal, _QUERY, limit=_MOST)
    except Exception as error:  # noqa: BLE001 - memory is a comfort: a person is needed more than what they may know
        _log.error("memory failed: turn=%s error=%s", caller.turn_id, type(error).__name__)
        return found
    new = [memory for memory in contact if memory["about"].startswith(_CONTACT) and memory["id"] not in seen]
    return found + [memory for memory in new if not (await sift(deps.guard, memory["text"], "document")).hit]


def lines_of(memories: Sequence[Memory]) -> list[dict[str, str]]:
    """Return memories as a ticket shows them: ``{"kind", "said_on", "text"}``, the day in UTC."""
    return [
        {
            "kind": memory["kind"],
            "said_on": datetime.fromtimestamp(memory["at"], UTC).date().isoformat(),
            "text": memory["text"],
        }
        for memory in memories
    ]


def channel_in(memories: Sequence[Memory]) -> str:
    """Return how the customer wants to be reached, such as ``email``; empty where that is not known."""
    said = next((memory["text"] for memory in memories if memory["about"] == CHANNEL), "")
    return said.removeprefix("prefers ") if said.startswith("prefers ") else ""


__all__ = ["channel_in", "known", "lines_of"]
