"""Between the cache and the stages: what a kept answer rests on now, whether one may be kept, who asks the models."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.graph.answers import CACHE, Ask, Kept
from frontdesk.graph.deps import Completion, Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.graph.state import DeskState, Passage, Recall, Usage
from frontdesk.nodes.cached.alone import alone
from frontdesk.nodes.cached.eligible import is_cacheable
from frontdesk.nodes.cached.place import asked_of, day_of
from frontdesk.nodes.respond.context import passages_for
from frontdesk.nodes.review.evidence import evidence
from frontdesk.nodes.review.turn import TurnFacts
from frontdesk.nodes.texts import final_answer, latest_human, text_of
from frontdesk.nodes.usage import added, no_usage


async def answered(deps: Deps, state: DeskState, caller: Caller, seconds: float, ask: Ask) -> Completion:
    """Ask the models; where the answer may be shared, one asks for all who ask the same now.

    Args:
        deps: The cache, if there is one.
        state: At respond.
        caller: Who asks.
        seconds: Time that the turn has for it.
        ask: Asks the models.
    """
    if deps.cache is None or not is_cacheable(state) or state.get("repair"):
        return await ask(seconds=seconds)
    return await deps.cache.once(asked_of(deps, state, caller.principal), seconds, ask)


def spent_on(usage: Usage | None, completion: Completion) -> Usage:
    """Return a turn's usage with the call that answered in it; an answer of the cache's, or shared, was none."""
    return from_cache(usage) if completion.model == CACHE else added(usage, completion, answered=True)


def from_cache(usage: Usage | None) -> Usage:
    """Return a turn's usage with the cache as what answered: no call, no token."""
    return Usage(**{**(usage or no_usage()), "model": CACHE})


def passages_now(deps: Deps, state: DeskState, caller: Caller, kept: Kept) -> list[Passage]:
    """Return this turn's passages, and the pages of a kept answer's that are not among them, whole, as they are now."""
    found = passages_for(deps, state, caller.principal)
    names = {passage["page"] for passage in found}
    missing = [page for name in kept.pages if name not in names and (page := deps.desk.pages.get(name))]
    return [*found, *(Passage(page=p.id, title=p.title, url=p.url, text=p.body.strip(), score=0.0) for p in missing)]


async def stands(deps: Deps, state: DeskState, text: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the pages that a text cites, where the output guards would send it to anybody as it is; else nothing.

    They see the customer's question and the pages, and nothing that is known of the customer.
    """
    bare = alone(DeskState(**{**state, "recall": Recall(passages=list(passages), episodes=[])}))
    facts = evidence(bare, deps.desk, deps.clock())
    turn = TurnFacts(asked=text_of(latest_human(bare["messages"])))
    reviewed = await deps.reviewer.review(text, facts, {}, turn=turn)
    fine = not reviewed.blocked and not reviewed.findings and reviewed.text == text
    return reviewed.citations if fine and not PLACEHOLDER.search(text) else ()


async def settle(deps: Deps, state: DeskState, caller: Caller) -> None:
    """Keep the answer of the turn that is ending, where it may be, and let the next one ask."""
    if deps.cache is None or not is_cacheable(state) or (state.get("usage") or no_usage())["model"] == CACHE:
        return
    asked = asked_of(deps, state, caller.principal)
    try:
        answer = final_answer(state["messages"])
        if answer is not None and _at_first_try(deps, state) and _of_today(deps):
            text = text_of(answer)
            recall = state.get("recall")
            cited = await stands(deps, state, text, recall["passages"] if recall else [])
            if cited:
                await deps.cache.keep(asked, text, cited)
    finally:
        await deps.cache.over(asked)


def _of_today(deps: Deps) -> bool:
    """Whether the turn began on the day on which it ends: the prompt named that day, and its answer may.

    A turn takes what the desk allows, and as much again at most: what waits in a queue has not begun.
    """
    now = deps.clock()
    return day_of(now) == day_of(now - 2 * deps.desk.config.budgets.turn_seconds)


def _at_first_try(deps: Deps, state: DeskState) -> bool:
    """Whether the model that the desk names first answered in one call, and the output guards changed nothing."""
    usage = state.get("usage") or no_usage()
    path = state.get("path") or []
    ran = [step["stage"] for step in path]
    one = ran.count("respond") == 1 and ran.count("review") == 1 and usage["calls"] == 1 and not usage["failures"]
    first = usage["model"] == deps.models.describe("reasoning" if state["decision"]["tier"] == "reasoning" else "fast")
    clean = [step["note"] for step in path if step["stage"] == "review"] == ["clean"]
    return one and first and clean and state.get("status") == "answered"


__all__ = ["answered", "from_cache", "passages_now", "settle", "spent_on", "stands"]
