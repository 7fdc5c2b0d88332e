"""Questions about what was said or done before: "what budget did I give you?". Answered from what is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from langchain_core.messages import AIMessage, HumanMessage

from frontdesk.desk.pages import Page
from frontdesk.graph.state import DeskState
from frontdesk.models.keyless.words import stem
from frontdesk.nodes.marks import is_refused
from frontdesk.nodes.remember.asked_back import DID, GOES_ON, LAST_TIME, MINE, OF_ME, QUESTION, SAID, SOURCE
from frontdesk.nodes.remember.details import VALUES, Detail, cut, parse
from frontdesk.nodes.remember.labels import MANY, head
from frontdesk.nodes.texts import brought, text_of

RECOLLECTED: Final = "memory:recollected"
"""Reason of a turn that asks for what was said or done before."""
LONGEST: Final = 200
"""Characters of the customer's words that are quoted."""
_SHOWN = 3
"""Entries that an answer names at most."""

_TOKEN = re.compile(r"<[A-Z_]+_\d+>|[^\W_]+(?:['’-][^\W_]+)*")
_EMPTY_WORDS = (
    "a an the and or so ok hi i we you me us my our your it its that this those of in on at for from to with about as "
    "what which who whom when where why how much many was were is are be been did do does have has had say said tell "
    "told give gave given mention mentioned name named write wrote written ask asked asking talk talked talking want "
    "wanted need needed remind explain explained again now earlier before beginning start first just already "
    "here there still please more id reason turn number's by all right great"
)
_EMPTY: Final = frozenset(stem(word) for word in _EMPTY_WORDS.split())
_SAME: Final = {stem("change"): stem("update"), stem("changed"): stem("update")}
"""Words of customers and those of the tools that do it, stemmed."""
_FIELD = re.compile(r"(?<=[a-z])_(?=[a-z])")
_CITED = re.compile(r"\[([a-z][a-z0-9-]*)\]")
_SUMMARY_LINE = re.compile(r"^- Customer: (.+?)(?: \| Desk: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Recollection:
    """An answer to such a question."""

    wording: Literal["recalled", "recalled_done", "recalled_before", "recalled_source", "recalled_memory"]
    """Name of the desk's wording; what follows fills its ``{what}``."""
    what: str = field(repr=False)
    """Masked."""


def recollected(state: DeskState, pages: Mapping[str, Page]) -> Recollection | None:
    """Return what is known of what this turn's message asks back; None where it asks nothing back, or nothing is known.

    Args:
        state: The turn's.
        pages: The desk's, for "where can I read that?".

    Only the customer's own words and what was done for them in this conversation are told: no message that a guard
    refused, and nothing that a page, a tool or a colleague said. Of an earlier visit the newest episode.
    """
    text = " ".join(text_of(message) for message in brought(state))
    details = [detail for entry in state.get("details") or () if (detail := parse(entry))]
    if LAST_TIME.search(text):
        episodes = (state.get("recall") or {"episodes": []})["episodes"]
        return Recollection("recalled_before", _without_results(episodes[0])) if episodes else None
    if OF_ME.search(text) and (known := _of_memories(state)):
        return known
    if SOURCE.search(text):
        return _source(state, pages)
    if mine := MINE.match(text):
        return _of_values(_labelled(details, mine["label"]))
    if DID.search(text):
        return _of_calls(_fitting(text, (each for each in details if each.kind == "done")))
    if SAID.search(text) or (_before(state) and GOES_ON.match(text)):
        return _said(text, state, details)
    return None


def _of_memories(state: DeskState) -> Recollection | None:
    """Return what was remembered before this conversation and matters to the message; no episode, that is no fact."""
    recall = state.get("recall")
    texts = [
        memory["text"] for memory in (recall.get("memories", []) if recall else []) if memory["kind"] != "episode"
    ][:_SHOWN]
    return Recollection("recalled_memory", "; ".join(texts)) if texts else None


def _source(state: DeskState, pages: Mapping[str, Page]) -> Recollection | None:
    """Return title and link of the page that our last answer cited."""
    said = next((text_of(message) for message in reversed(state["messages"]) if isinstance(message, AIMessage)), "")
    page = next((pages[name] for name in _CITED.findall(said) if name in pages), None)
    return Recollection("recalled_source", f"{page.title}, {page.url}") if page and page.url else None


def _before(state: DeskState) -> bool:
    """Whether the turn before was such a question."""
    previous = state.get("decision")
    return previous is not None and RECOLLECTED in previous["reasons"]


def _said(text: str, state: DeskState, details: Sequence[Detail]) -> Recollection | None:
    wanted = _content(text)
    values = _fitting(text, (each for each in details if each.kind in VALUES))
    quotes = [(len(wanted & _content(said)), said) for said in _own_words(state)]
    most, quote = max(reversed(quotes), key=lambda each: each[0], default=(0, ""))
    if values and len(wanted & _words_of(values[-1])) >= most:
        return _of_values(values)
    if most:
        return Recollection("recalled", f"“{cut(quote, LONGEST)}”")
    return _of_calls(_fitting(text, (each for each in details if each.kind == "done")))


def _own_words(state: DeskState) -> list[str]:
    """Return what the customer stated in earlier messages, oldest first; what they asked is no statement."""
    now = {message.id for message in brought(state)}
    kept = (m for m in state["messages"] if isinstance(m, HumanMessage) and m.id not in now and not is_refused(m))
    said = [*_SUMMARY_LINE.findall(state.get("summary") or ""), *(text_of(message) for message in kept)]
    return [each for each in said if not QUESTION.search(each)]


def _labelled(details: Iterable[Detail], label: str) -> list[Detail]:
    """Return the newest value of which a customer has one and that they called so."""
    name = head(label)
    known = [each for each in details if each.kind in VALUES and name in _words(each.text)] if name not in MANY else []
    return known[-1:]


def _fitting(text: str, details: Iterable[Detail]) -> list[Detail]:
    """Return the entries that share most words with a text, oldest first."""
    wanted = _content(text)
    scored = [(len(wanted & _words_of(each)), each) for each in details]
    most = max((score for score, _ in scored), default=0)
    return [each for score, each in scored if most and score == most][-_SHOWN:]


def _of_values(values: Sequence[Detail]) -> Recollection | None:
    return Recollection("recalled", "; ".join(each.text for each in values)) if values else None


def _of_calls(calls: Sequence[Detail]) -> Recollection | None:
    texts = [_without_results(each.text) for each in calls]
    return Recollection("recalled_done", "; ".join(texts)) if texts else None


def _without_results(text: str) -> str:
    """Return calls by what was asked for; what they gave back are fields and ids for models, no words for customers."""
    return "; ".join(_plain(part.split(" = ", 1)[0]) for part in text.split("; "))


def _words_of(detail: Detail) -> frozenset[str]:
    text = _plain(detail.text.split(" = ", 1)[0])
    return _content(f"{detail.kind} {text}" if detail.kind in VALUES else text)


def _plain(text: str) -> str:
    """Return names of fields as words; a placeholder keeps its own signs."""
    return _FIELD.sub(" ", text)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _TOKEN.findall(text)]


def _content(text: str) -> frozenset[str]:
    stems = (word if word.startswith("<") else stem(word) for word in _words(text))
    return frozenset(_SAME.get(each, each) for each in stems) - _EMPTY


__all__ = ["LONGEST", "RECOLLECTED", "Recollection", "recollected"]
