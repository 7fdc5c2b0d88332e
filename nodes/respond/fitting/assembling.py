"""The one place where a prompt is put together: within its budget, by the desk's priorities, saying what is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from langchain_core.messages import ToolMessage

from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.graph.memories import ContextReport
from frontdesk.graph.state import DeskState, Passage
from frontdesk.models.shown import Shown
from frontdesk.nodes.remember.counting import counter_of
from frontdesk.nodes.respond.context import composed, intent_of, system_prompt
from frontdesk.nodes.respond.fitting.choosing import chosen
from frontdesk.nodes.respond.fitting.counting import count, count_of, count_tools
from frontdesk.nodes.respond.fitting.material import Material, material_of
from frontdesk.nodes.respond.fitting.shortening import shortened
from frontdesk.nodes.respond.redraft import with_reasons
from frontdesk.nodes.respond.windowing import window

SIGNS: Final = 64
"""Tokens for the tags around the customer's newest words, the sentence on what is missing, and the system message's
own frame."""
RESULTS: Final = 0.5
"""Part of the budget that the results of this turn's tools may take together; longer ones are shortened."""
CALLED: Final = (
    ("window", "older messages"),
    ("pages", "pages"),
    ("memories", "notes of earlier visits"),
    ("summary", "lines of the summary"),
    ("details", "key details"),
)
"""What a model is told of each part."""


@dataclass(frozen=True)
class Turn:
    """What a prompt is made of."""

    deps: Deps
    state: DeskState
    """Masked; its messages as the request in hand has them."""
    principal: Principal
    passages: Sequence[Passage]
    tools: Sequence[Mapping[str, Any]]
    """Definitions of the tools that this call offers."""
    offered: Sequence[str]
    """Names of the tools that this turn offers."""


@dataclass(frozen=True)
class Assembled:
    """What a model is shown."""

    messages: Shown
    report: ContextReport
    fits: bool
    """False: even what must not be left out takes more than the budget, and no hosted model may be asked."""


def assembled(turn: Turn) -> Assembled:
    """Put a turn's prompt together, within ``context.tokens`` less ``context.answer``."""
    context = turn.deps.desk.config.context
    return _within(turn, max(0, context.tokens - context.answer), counter_of(turn.deps).factor)


def _within(turn: Turn, tokens: int, factor: float) -> Assembled:
    """Fit into so many tokens; ``factor``: what an estimate is multiplied with."""
    config, state, budget = turn.deps.desk.config, turn.state, int(tokens / factor)
    material, messages = material_of(state, turn.passages)
    bare = _prompt(turn, Material(), "")
    now = window(messages, marked=True)
    tools, rules = count_tools(turn.tools), count(bare) + SIGNS
    results = [message for message in now if isinstance(message, ToolMessage)]
    if sum(map(count_of, results)) > RESULTS * budget:
        now = window(messages, marked=True, shorten=partial(shortened, most=int(RESULTS * budget / len(results))))
    said = sum(map(count_of, now))
    room = budget - rules - tools - said
    intent = intent_of(turn.deps, state)
    pieces = material.pieces(intent.pages if intent else ())
    places = chosen(pieces, room, config.context.first)
    kept = material.kept(places)
    left_out = material.left_out(kept)
    shown = composed(_prompt(turn, kept, _told(left_out)), [*(m for part in kept.earlier for m in part), *now])
    parts: dict[str, int] = {"rules": rules, "tools": tools, "turn": said}
    for name, found in places.items():
        found = found[: len(kept.earlier)] if name == "window" else found
        parts[name] = sum(pieces[name].costs[place] for place in found) + (pieces[name].around if found else 0)
    scaled = {name: math.ceil(cost * factor) for name, cost in parts.items()}
    report = ContextReport(tokens=sum(scaled.values()), budget=tokens, parts=scaled, left_out=left_out)
    return Assembled(Shown(shown, report["tokens"], partial(_smaller, turn, factor)), report, fits=room >= 0)


def _smaller(turn: Turn, factor: float, tokens: int) -> Shown | None:
    again = _within(turn, tokens, factor)
    return again.messages if again.fits else None


def _prompt(turn: Turn, kept: Material, left_out: str) -> str:
    """Return the filled prompt with what is kept, and with the reasons for which a draft was sent back."""
    state = kept.within(turn.state)
    prompt = system_prompt(turn.deps, state, turn.principal, kept.pages, turn.offered, left_out)
    return with_reasons(turn.deps.prompts, prompt, turn.state.get("repair") or ())


def _told(left_out: Sequence[str]) -> str:
    """Return what the model is told of what is missing; empty where nothing is."""
    named = dict(code.split(":") for code in left_out)
    words = [f"{named[part]} {called}" for part, called in CALLED if part in named]
    return f"Left out here for lack of room: {', '.join(words)}." if words else ""


__all__ = ["Assembled", "Turn", "assembled"]
