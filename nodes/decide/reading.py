"""What decide reads out of the state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.state import DeskState, Route, Verdict
from frontdesk.nodes.decide.facts import Facts
from frontdesk.nodes.decide.forming import gives_value, gives_value_to, row_pointed_at
from frontdesk.nodes.decide.policy import COVERED
from frontdesk.nodes.decide.queue import RESUMED
from frontdesk.nodes.decide.serving import TOLD
from frontdesk.nodes.decide.uncovered import NOTHING, asks_of_us, asks_uncovered, near_page
from frontdesk.nodes.remember.learning.stating import states_only
from frontdesk.nodes.remember.recollecting import RECOLLECTED, recollected
from frontdesk.nodes.texts import latest_human, text_of

_CITED = re.compile(r"\[[a-z][a-z0-9_-]*\]")
_TOLD = {TOLD, RECOLLECTED, NOTHING}
"""Reasons of turns that end in the desk's words and ask nothing."""
_NO_VERDICT = Verdict(outcome="unsure", rules=["guard:missing"], score=1.0)
_NO_ROUTE = Route(intent="", confidence=0.0, accepted=False, alternatives=[])


def facts_of(state: DeskState, deps: Deps) -> Facts:
    """Return what decide looks at. A missing verdict counts as unsure."""
    desk = deps.desk
    said = latest_human(state["messages"])
    text = text_of(said)
    route = state.get("route") or _NO_ROUTE
    segments = tuple(route.get("segments") or ())
    previous = state.get("decision")
    asked = previous is not None and previous["stage"] == "clarify" and not _TOLD & {*previous["reasons"]}
    return Facts(
        text=text,
        verdict=state.get("verdict") or _NO_VERDICT,
        route=route,
        covered=bool((state.get("recall") or {"passages": []})["passages"]),
        task=state.get("task"),
        proposal=state.get("proposal"),
        misses=misses_before(state),
        turn=state["turn"]["index"],
        now=deps.clock(),
        asked=asked,
        pending=asked_before(state["messages"]),
        words_asked=asked_for_words(state, desk),
        given=gives_value(state, desk),
        reads=frozenset(name for name, intent in desk.intents.items() if reads_only(intent, desk)),
        meant=lookup_of(text, desk),
        previous=served_before(state),
        suits=gives_value_to(served_before(state), state, desk),
        pointed=next((name for value in row_pointed_at(state, desk) if (name := lookup_of(value, desk))), ""),
        offered=offered_before(state) if asked else (),
        resumed=previous is not None and RESUMED in previous["reasons"],
        segments=segments,
        message=str(said.id or "") if said else "",
        meant_first=lookup_of(segments[0]["text"], desk) if segments else "",
        waiting=tuple(state.get("waiting") or ()),
        states=bool(states_only(text)),
        recollects=recollected(state, desk.pages) is not None,
        uncovered=asks_uncovered(state, text),
        near=near_page(state) is not None or asks_of_us(text),
    )


def offered_before(state: DeskState) -> tuple[str, ...]:
    """Return the intents that the clarifying question of the turn before named, in its order."""
    found = (command for command in state.get("commands") or () if command["kind"] == "clarify")
    return tuple(command["intent"] for command in found if "intent" in command)


def asked_before(messages: Sequence[AnyMessage]) -> bool:
    """Tell whether our last words before the customer's message hold a question."""
    return "?" in _said_before(messages)


def asked_for_words(state: DeskState, desk: DeskView) -> bool:
    """Tell whether our last words asked for a value of the task that is no number: a reason, the name of an item."""
    task = state.get("task")
    intent = desk.intents.get(task["intent"]) if task else None
    said = _said_before(state["messages"])
    for name in intent.tools if intent and "?" in said else ():
        contract = desk.tools.get(name)
        for spec in (contract.input.get("properties", {}) if contract else {}).values():
            ask = str(spec.get("x-ask") or "").strip()
            if ask and ask in said and (spec.get("enum") or re.search(spec.get("pattern", ""), "some words")):
                return True
    return False


def reads_only(intent: Intent, desk: DeskView) -> bool:
    """Tell whether an intent has tools, and all of them only read."""
    contracts = [desk.tools.get(name) for name in intent.tools]
    return bool(contracts) and all(contract is not None and contract.effect == "read" for contract in contracts)


def lookup_of(text: str, desk: DeskView) -> str:
    """Return the first intent whose tools only read and that needs no more than a value of the message: a number."""
    values = set(re.findall(r"(?<![\w-])[\w-]*\d[\w-]*", text))
    if len(values) != 1:
        return ""
    value = values.pop()
    for intent in desk.intents.values():
        schema = desk.tools[intent.tools[0]].input if reads_only(intent, desk) else {}
        patterns = [schema["properties"][name].get("pattern") for name in schema.get("required", ())]
        if any(pattern and re.search(pattern, value) for pattern in patterns):
            return intent.name
    return ""


def _said_before(messages: Sequence[AnyMessage]) -> str:
    position = next((i for i in range(len(messages) - 1, -1, -1) if isinstance(messages[i], HumanMessage)), 0)
    before = messages[position - 1] if position else None
    return str(before.text) if isinstance(before, AIMessage) else ""


def misses_before(state: DeskState) -> int:
    """Return the misses up to this turn: one that a page did answer in the end, with a citation, was none."""
    previous = state.get("decision")
    if previous and COVERED in previous["reasons"] and _CITED.search(_said_before(state["messages"])):
        return 0
    return state.get("misses", 0)


def served_before(state: DeskState) -> str:
    """Return the intent that the turn before served; a refused or handed over turn served none."""
    previous = state.get("decision")
    return previous["intent"] if previous and previous["stage"] in {"respond", "confirm"} else ""
