"""What could be shown in a turn, in pieces with their tokens; and the state with the pieces that are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from langchain_core.messages import AnyMessage, BaseMessage

from frontdesk.desk.remembering import ContextPart
from frontdesk.graph.memories import Memory
from frontdesk.graph.state import DeskState, Passage, Recall
from frontdesk.nodes.remember.details import parse
from frontdesk.nodes.remember.ledger import by_importance
from frontdesk.nodes.remember.window import exchanges
from frontdesk.nodes.remember.wording import NOTED, item
from frontdesk.nodes.respond.fitting.choosing import Pieces
from frontdesk.nodes.respond.fitting.counting import count, count_of
from frontdesk.nodes.respond.notes import holding, memory_line, page_element
from frontdesk.nodes.respond.windowing import window

STEP: Final = 4
"""Turns between the beginnings of a window that is cut."""
AROUND: Final = 60
"""Tokens of the tags around notes at most, the line ends beside them included: twelve words, and two marks of 8 hex
digits."""


@dataclass(frozen=True)
class Material:
    """Everything that may be left out; each list in the order in which it is shown."""

    summary: tuple[str, ...] = ()
    """Lines."""
    details: tuple[str, ...] = ()
    episodes: tuple[str, ...] = ()
    """Earlier visits, newest first."""
    memories: tuple[Memory, ...] = ()
    """Best first."""
    pages: tuple[Passage, ...] = ()
    """Best first."""
    earlier: tuple[tuple[BaseMessage, ...], ...] = ()
    """The exchanges before this turn's."""
    number: int = 0
    """Turns of the conversation before this one."""

    def pieces(self, own: Sequence[str]) -> dict[ContextPart, Pieces]:
        """Return the tokens of every piece, what matters most first. ``own``: pages of the recognised intent."""
        known = [count(memory_line(memory)) + 1 for memory in self.memories]
        known += [count(episode) + 1 for episode in self.episodes]
        return {
            "details": self._details(),
            "pages": Pieces([count(page_element(passage, own)) + 1 for passage in self.pages]),
            "window": Pieces([sum(map(count_of, part)) for part in reversed(self.earlier)], joined=True),
            "summary": Pieces([count(line) + 1 for line in reversed(self.summary)], AROUND, joined=True),
            "memories": Pieces(known, 2 * AROUND),
        }

    @cached_property
    def _order(self) -> list[int]:
        """The places of the key details, the most important first."""
        return by_importance(self.details, self.number + 1)

    def _details(self) -> Pieces:
        """Return the ledger's entries with their separators; the kinds that head its lines count as around them."""
        parsed = {at: parse(entry) for at, entry in enumerate(self.details)}
        heads = sum(count(f"{kind}: ") + 1 for kind in {detail.kind for detail in parsed.values() if detail})
        costs = [count(f"; {item(detail)}" if (detail := parsed[at]) else self.details[at]) + 1 for at in self._order]
        return Pieces(costs, AROUND + count(NOTED) + heads)

    def kept(self, places: Mapping[ContextPart, Sequence[int]]) -> Material:
        """Return what stands at the places that were chosen of :meth:`pieces`; of a window that is cut a little less.

        Then it begins at every fourth turn only: a window that began elsewhere in every turn would be new to the
        provider's cache in every turn.
        """
        details = self._order
        memories = len(self.memories)
        return replace(
            self,
            details=tuple(self.details[at] for at in sorted(details[place] for place in places["details"])),
            pages=tuple(self.pages[place] for place in places["pages"]),
            earlier=self.earlier[len(self.earlier) - self._steady(len(places["window"])) :],
            summary=self.summary[len(self.summary) - len(places["summary"]) :],
            memories=tuple(self.memories[place] for place in places["memories"] if place < memories),
            episodes=tuple(self.episodes[place - memories] for place in places["memories"] if place >= memories),
        )

    def _steady(self, exchanges: int) -> int:
        if exchanges == len(self.earlier):
            return exchanges
        begins = max(self.number, len(self.earlier)) - exchanges
        return exchanges - min(-begins % STEP, max(0, exchanges - 1))

    def left_out(self, kept: Material) -> list[str]:
        """Return what ``kept`` lacks, as the codes of ``ContextReport.left_out``."""
        here, there = self._sizes(), kept._sizes()
        return [f"{name}:{size - there[name]}" for name, size in here.items() if size > there[name]]

    def _sizes(self) -> dict[str, int]:
        messages = sum(len(part) for part in self.earlier)
        known = len(self.memories) + len(self.episodes)
        sizes = {"window": messages, "pages": len(self.pages), "memories": known}
        return {**sizes, "summary": len(self.summary), "details": len(self.details)}

    def within(self, state: DeskState) -> DeskState:
        """Return a state whose summary, details and recall are these."""
        recall = Recall(passages=list(self.pages), episodes=list(self.episodes), memories=list(self.memories))
        told: dict[str, Any] = {"summary": "\n".join(self.summary), "details": list(self.details), "recall": recall}
        return DeskState(**{**state, **told})  # type: ignore[typeddict-item]


def material_of(state: DeskState, passages: Sequence[Passage]) -> tuple[Material, list[AnyMessage]]:
    """Return what may be left out of a turn's prompt, and the messages of this turn, which never are.

    Args:
        state: Masked; its messages as the request in hand has them.
        passages: Pages of this turn, best first.
    """
    recall = state.get("recall") or Recall(passages=[], episodes=[])
    earlier, now = _parted(state)
    shown = (tuple(window(part, marked=True)) for part in earlier)
    material = Material(
        summary=tuple(line for line in state.get("summary", "").splitlines() if line.strip()),
        details=tuple(state.get("details") or ()),
        episodes=tuple(recall["episodes"]),
        memories=tuple(holding(recall.get("memories") or ())),
        pages=tuple(passages),
        earlier=tuple(part for part in shown if part),
        number=turn["index"] if (turn := state.get("turn")) else 0,
    )
    return material, now


def _parted(state: DeskState) -> tuple[list[list[AnyMessage]], list[AnyMessage]]:
    """Split the window into the exchanges before this turn, and this turn with what a call of its own joins to it."""
    parts = exchanges(state["messages"])
    turn = state.get("turn")
    named = frozenset(turn.get("messages", ())) if turn else frozenset()
    mine = (at for at, part in enumerate(parts) if any(message.id in named for message in part if message.id))
    first = min(next(mine, len(parts)), max(len(parts) - 1, 0))
    return parts[:first], [message for part in parts[first:] for message in part]


__all__ = ["Material", "material_of"]
