"""Plays conversations over a failing summary model and looks, after every turn, whether anything is lost.

Nothing is lost means: whatever leaves the window in a turn leaves it from the front and in whole exchanges, and either
the new summary is word for word what a *good* answer of the model comes to, an answer to a request that held the old
summary and every one of these exchanges; or the new summary is the old one with a line for each of these requests. A
turn in which nothing leaves changes no word of the summary. Nothing of a bad answer ever stands in the summary, and
every id that the customer named stands in the ledger.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AnyMessage, HumanMessage

from frontdesk.desk.load import Desk
from frontdesk.desk.modelling import Breaker, Link
from frontdesk.evals.summary.faults import POISON, Said, SummaryServer
from frontdesk.evals.summary.world import WINDOW, Talk, small_desk, talk
from frontdesk.models.chain import ModelRoster
from frontdesk.models.hosted import Factory, hosted_factory
from frontdesk.models.keyless.model import KeylessChatModel
from frontdesk.nodes.remember.notes import read, render
from frontdesk.nodes.remember.rolling import CAP, LAST
from frontdesk.nodes.remember.summary import source_of, spoken
from frontdesk.nodes.remember.window import exchanges

TURNS = 16
"""Turns of a trial: with lines of this length an extracted summary keeps every one of them."""
TIMEOUT = 0.15
"""Seconds that a call may take; a slow answer takes 30."""
HEALTH = (0.0, 0.0, 0.2, 0.5, 1.0)
"""Shares of good answers, one per trial in turn."""


@dataclass
class Figures:
    """What the trials came to."""

    trials: int = 0
    turns: int = 0
    lost: list[str] = field(default_factory=list)
    """Trial, turn and what was wrong."""
    ways: Counter[str] = field(default_factory=Counter)
    """Answers of the model by kind."""
    rolls: Counter[str] = field(default_factory=Counter)
    """Turns in which something left, by who wrote the summary."""
    longest: int = 0
    """Messages of the longest window."""

    def record(self) -> dict[str, Any]:
        """Return them for JSON."""
        return {
            "trials": self.trials,
            "turns": self.turns,
            "lost": len(self.lost),
            "first_lost": self.lost[:5],
            "rolls": dict(sorted(self.rolls.items())),
            "longest_window": self.longest,
            "window": WINDOW,
            "model_calls": self.ways.total(),
            "answers": dict(sorted(self.ways.items())),
        }


async def evaluate(trials: int, seed: int = 6) -> Figures:
    """Run the trials."""
    figures, desk = Figures(), small_desk()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(SummaryServer(seed, 1.0))
        build = hosted_factory(server.url, 30.0)
        made: dict[str, Any] = {}

        def factory(link: Link) -> Any:
            return made.setdefault(link.model, None) or made.update({link.model: build(link)}) or made[link.model]

        for number in range(trials):
            server.begin(seed + number, HEALTH[number % len(HEALTH)])
            await _trial(figures, desk, factory, server, seed + number)
    return figures


async def _trial(figures: Figures, desk: Desk, factory: Factory, server: SummaryServer, seed: int) -> None:
    never = Breaker(failures=10_000)  # of the breakers there are tests of their own: here the model is to be asked
    keyless = KeylessChatModel(desk.tools, business="Shop", topics=[])
    models = ModelRoster({"summary": ["openai:any"]}, keyless, factory, timeout=TIMEOUT, rule=never, sleep=_at_once)
    conversation, chance = talk(models, desk, seed), random.Random(seed)  # noqa: S311 - trials, no secret
    await models.warm()
    for turn in range(TURNS):
        before = str(conversation.state["summary"])
        window, update = await conversation.step()
        wrong = check(conversation, before, window, update, server.said, figures.rolls)
        if wrong:
            figures.lost.append(f"{seed}/{turn}: {wrong}")
        figures.longest = max(figures.longest, len(conversation.state["messages"]))
        if chance.random() < 0.8:  # else the next message comes while the model still writes
            await conversation.later.drain()
    await conversation.later.drain()
    figures.trials += 1
    figures.turns += TURNS
    figures.ways.update(said.way for said in server.said)


async def _at_once(seconds: float) -> None:
    """Stand in for the wait before a retry."""


def check(
    conversation: Talk,
    before: str,
    window: Sequence[AnyMessage],
    update: dict[str, Any],
    said: Sequence[Said],
    rolls: Counter[str],
) -> str:
    """Return what was lost or let in by a turn; empty where nothing was."""
    left, summary = conversation.state["messages"], str(update["summary"])
    gone = window[: len(window) - len(left)]
    if [message.id for message in window[len(gone) :]] != [message.id for message in left]:
        return "the window lost something from its middle"
    if left and not isinstance(left[0], HumanMessage):
        return "an exchange was torn apart"
    if any(word in summary for word in POISON):
        return "a bad answer came into the summary"
    ledger = "\n".join(update["details"])
    missing = [turn for turn in range(conversation.turn) if str(20_000 + turn) not in ledger]
    if missing:
        return f"the ledger lacks {len(missing)} ids"
    if len(left) > WINDOW * CAP * LAST:
        return "the window outgrew its last limit"
    if not gone:
        return "" if summary == before else "the summary changed though nothing left"
    return _covered(before, gone, summary, said, rolls)


def _covered(before: str, gone: Sequence[AnyMessage], summary: str, said: Sequence[Said], rolls: Counter[str]) -> str:
    pairs = spoken(exchanges(gone))
    source = source_of(before, pairs)
    for answer in said:
        notes = read(answer.text) if answer.way == "good" else None
        if notes and render(notes) == summary and answer.source == source:
            rolls["model"] += 1
            return ""
    lines = summary.splitlines()
    requests = [request.split(". ", 1)[0] for request, _ in pairs]
    if not all(line in lines for line in before.splitlines()):
        return "a line of the old summary is lost"
    if not all(any(request in line for line in lines) for request in requests):
        return "a request is lost"
    rolls["extracted"] += 1
    return ""


def printed(figures: Figures) -> str:
    """Return the figures as JSON."""
    return json.dumps(figures.record(), indent=1)


__all__ = ["Figures", "check", "evaluate", "printed"]
