"""What a turn leaves in the ledger: from slots, arguments and effects first, then from the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from langchain_core.messages import AnyMessage, HumanMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import Deps
from frontdesk.graph.state import DeskState
from frontdesk.nodes.guard.quarantine import sift
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.quoted import own_words
from frontdesk.nodes.remember.correcting import by_slot, names_in, reworded, swaps
from frontdesk.nodes.remember.decisions import decided
from frontdesk.nodes.remember.details import Detail
from frontdesk.nodes.remember.effects import of_cancelled, of_news, of_proposals, of_tasks, of_tools, slots_of
from frontdesk.nodes.remember.forgetting import forgotten_in, without, without_own
from frontdesk.nodes.remember.ledger import News, read, update
from frontdesk.nodes.remember.mentions import mentioned
from frontdesk.nodes.remember.overruling import overruled
from frontdesk.nodes.remember.promises import promised
from frontdesk.nodes.texts import brought, latest_human, since_human, text_of
from frontdesk.tools.owndata import CONNECTOR as OWN_DATA

_NOUNS_HAVE_CAPITALS = "de"


@dataclass(frozen=True)
class Noting:
    """Brings a thread's ledger up to date."""

    deps: Deps
    state: DeskState
    messages: Sequence[AnyMessage]
    """The window, marked."""

    async def __call__(self) -> list[str]:
        """Return the ledger after the turn; as it was where a guard refused the message."""
        old, turn = self.state.get("details", []), self.state["turn"]["index"] + 1
        said = latest_human(self.messages)
        if said is not None and is_refused(said):
            return list(old)
        words = self._said(turn, old)
        details = [*self._asked(turn), *words.details, *self._done(old, turn), *await self._promised(turn)]
        tokens = self.deps.desk.config.memory.details_tokens
        return self._left(update(old, News(details, words.swapped), turn, tokens), turn)

    def _left(self, details: list[str], turn: int) -> list[str]:
        """Return the ledger without what the customer had forgotten in this turn."""
        desk = self.deps.desk
        gone = None if self.state.get("proposal") else forgotten_in(since_human(self.messages), desk.tools)
        left = without(details, gone, turn) if gone else details
        return without_own(left, desk.tools, desk.intents.values())

    def _said(self, turn: int, old: Sequence[str]) -> News:
        """Return what the customer's own words of this turn say, and what they correct.

        Of a message that a guard raised its values count, and no free text.
        """
        texts = [own_words(text_of(each)) for each in self._brought()]
        raised = self.state.get("verdict", {}).get("outcome", "allow") != "allow"
        names = not raised and self.state.get("route", {}).get("language") != _NOUNS_HAVE_CAPITALS
        details: list[Detail] = []
        swapped: list[tuple[Detail, Detail | None]] = []
        ledger = read(old)
        for text in texts:
            changes = [*by_slot(self._corrected(), slots_of(old, [*self._corrected()]), ledger, turn)]
            changes += [
                each for each in swaps(text, ledger, turn, names=names) if each.old not in [one.old for one in changes]
            ]
            known = {each.value.casefold() for change in changes for each in (change.old, change.new)}
            swapped += [(each.old, each.new) for each in changes]
            swapped += [(each.old, each.new) for each in reworded(changes, ledger)]
            details += [
                each
                for each in mentioned(text, turn, names=names, known=names_in(ledger))
                if each.value.casefold() not in known
            ]
            choices = [] if raised else decided(text, turn, () if changes else ledger)
            # "I take size 35" is in the ledger as the value that it is
            choices = [each for each in choices if each.text.casefold() not in {one.text.casefold() for one in details}]
            overrules = overruled(text, choices, ledger)
            swapped += [(before, None) for before, _ in overrules]
            history = {after.text: before.text for before, after in overrules if after}
            details += [_after(each, history.get(each.text, "")) for each in choices]
        return News(details, swapped)

    def _brought(self) -> list[HumanMessage]:
        state = DeskState(**{**self.state, "messages": list(self.messages)})
        return [each for each in brought(state) if not is_refused(each)]

    def _corrected(self) -> dict[str, str]:
        """Return the slots that the form machinery saw corrected in this turn."""
        if not self._decided:
            return {}
        commands = (each for each in self.state.get("commands") or () if each["kind"] == "correct")
        return {each["slot"]: str(each["value"]) for each in commands if "slot" in each and "value" in each}

    @property
    def _decided(self) -> bool:
        """Whether what decide wrote is of this turn."""
        return any(step["stage"] == "decide" for step in self.state.get("path") or ())

    def _done(self, old: Sequence[str], turn: int) -> list[Detail]:
        """Return what tools did, and what is open."""
        state, intents = self.state, self.deps.desk.intents
        tools = self.deps.desk.tools.items()
        writes = {name for name, tool in tools if tool.effect == "write" and tool.connector.kind != OWN_DATA}
        pending = state.get("proposal")
        rejected = any(step["stage"] == "confirm" and step["note"] == "rejected" for step in state.get("path") or ())
        commands = (state.get("commands") or ()) if self._decided and not rejected else ()
        return [
            *of_news(state.get("news") or (), turn),
            *of_tools(since_human(self.messages), writes, pending, turn),
            *of_proposals(old, pending, rejected, turn),
            *of_cancelled(old, commands, intents, turn),
            *of_tasks(state.get("task"), state.get("waiting") or (), intents, turn, proposed=bool(pending)),
        ]

    async def _promised(self, turn: int) -> list[Detail]:
        """Return what we promised, colleagues included; none that looks like an instruction from a tool or a page."""
        people = [at for at, each in enumerate(self.messages) if isinstance(each, HumanMessage)]
        first = min((at for at in people if self.messages[at] in self._brought()), default=0)
        before = max((at for at in people if at < first), default=-1)
        found = promised(self.messages[before + 1 : first], self.messages[first:], turn)
        return [each for each in found if not (await sift(self.deps.guard, each.text, "document")).hit]

    def _asked(self, turn: int) -> list[Detail]:
        """Return the topics of the turn; small talk, which no tool serves, is none unless a person takes it over.

        Nor is a request about one's own data: to remember that somebody asked not to be remembered would mock them.
        """
        decided_ = self.state.get("decision")
        if not decided_ or self.state.get("status") == "human":
            return []  # a relayed message has the decision of an earlier turn
        intents: Mapping[str, Intent] = self.deps.desk.intents
        before = [intents.get(part["intent"]) for part in self.state.get("parts") or ()]
        topics = [intent.title for intent in before if intent and self._tells(intent)]
        last = intents.get(decided_["intent"])
        if last and (self._tells(last) or self.state.get("status") == "handoff"):
            topics.append(last.title)
        return [Detail("asked", title, turn) for title in dict.fromkeys(topics)]

    def _tells(self, intent: Intent) -> bool:
        tools = self.deps.desk.tools
        return any(name not in tools or tools[name].connector.kind != OWN_DATA for name in intent.tools)


def _after(detail: Detail, was: str) -> Detail:
    return Detail(detail.kind, detail.text, detail.turn, was=was)


__all__ = ["Noting"]
