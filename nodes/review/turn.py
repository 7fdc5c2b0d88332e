"""What a reply of this turn is judged by besides what it may repeat: who asked what, and what was really done."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from langchain_core.messages import AnyMessage, ToolMessage

from frontdesk.graph.state import DeskState
from frontdesk.nodes.remember.details import parse
from frontdesk.nodes.texts import brought, since_human, text_of
from frontdesk.tools.contract import ToolContract

KEYLESS = "keyless"
"""The model that says the same again."""
MODEL = "respond"
"""The stage whose words a model wrote; those of the others are the desk's own."""
CACHED = "cached"
"""The stage that gives such words again: they are judged as if they were new."""


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """One turn, as the steps see it. All texts are masked."""

    asked: str = ""
    """The customer's words of this turn."""
    done: tuple[tuple[str, str], ...] = ()
    """Writing tools that succeeded in this turn: name and result."""
    results: tuple[str, ...] = ()
    """Results of reading tools in the window."""
    before: tuple[str, ...] = ()
    """What earlier turns did, as the ledger of key details has it: ``cancel order (order id 10482)``."""
    stage: str = MODEL
    """Whose words the reply is: ``respond`` for a model's."""
    ticket: bool = False
    """Whether a person was called."""

    @property
    def written(self) -> bool:
        """Whether a model wrote the reply; the desk's own wordings are not asked to be written again."""
        return self.stage == MODEL


def turn_facts(state: DeskState, tools: Mapping[str, ToolContract]) -> TurnFacts:
    """Read the facts of the turn from the state.

    Args:
        state: The state of a turn, at ``review`` or, for a reply that is still being written, at ``respond``.
        tools: Contracts by name.
    """
    path = state.get("path") or []
    last = path[-1]["stage"] if path and path[-1]["stage"] != CACHED else MODEL
    messages = state.get("messages", [])
    succeeded, read = list(_succeeded(since_human(messages))), list(_succeeded(messages))
    writes = {name for name, contract in tools.items() if contract.effect == "write"}
    details = (parse(entry) for entry in state.get("details", []))
    return TurnFacts(
        asked="\n".join(text_of(message) for message in brought(state)),
        done=tuple((name, text) for name, text in succeeded if name in writes),
        results=tuple(text for name, text in read if name not in writes),
        before=tuple(detail.text for detail in details if detail and detail.kind == "done"),
        # the words of one model call make all of it a model's, whatever the last request was answered with
        stage=MODEL if state.get("parts") else last,
        ticket=bool(state.get("ticket")),
    )


def _succeeded(messages: Sequence[AnyMessage]) -> Iterator[tuple[str, str]]:
    for message in messages:
        if isinstance(message, ToolMessage) and message.status != "error" and _is_json(text_of(message)):
            yield message.name or "", text_of(message)


def _is_json(text: str) -> bool:
    """Whether a tool answered; a sentence means that it has not run: the gateway asks, or says why not."""
    try:
        return isinstance(json.loads(text), dict | list)
    except ValueError:
        return False


__all__ = ["CACHED", "KEYLESS", "MODEL", "TurnFacts", "turn_facts"]
