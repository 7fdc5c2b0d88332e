"""Which turns the cache may serve: questions that stand for themselves, alike for everybody, from nobody suspicious."""

from __future__ import annotations

import re

from frontdesk.desk.config import Intent
from frontdesk.desk.languages import is_listed
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Caller
from frontdesk.graph.placeholders import PLACEHOLDER
from frontdesk.graph.state import Decision, DeskState, Recall
from frontdesk.nodes.cached.plain import is_plain
from frontdesk.nodes.decide.ellipsis import continues, has_pronoun_only, is_fragment, points_back
from frontdesk.nodes.decide.facts import Outcome
from frontdesk.nodes.recall.finding import STANDING
from frontdesk.nodes.texts import brought, text_of
from frontdesk.nodes.wording import language_of

CACHEABLE = "cache:may"
"""Reason of a decision whose answer may come from the cache, or go into it."""
ACCEPTED = "route:accepted"
_OWN = re.compile(r"tier:\w+")
"""Other reasons that say nothing of the conversation."""
_LONG_NUMBER = re.compile(r"\d(?:[\s./-]?\d){3,}")
"""Of an order, a telephone, a customer: what is asked about it is somebody's own."""

_POINTS = re.compile(
    r"\b(?:its?|they|them|their|those|these|that|this|ones?|he|she|him|her|other|another|same|such|above|former|latter"
    r"|earlier|before|previous|mentioned|said|told|else|instead|either|too|also|again|still|first|second|last)\b",
    re.IGNORECASE,
)
"""What may name something that was said earlier, however long the message is: "… how long they are valid for?"."""


def is_cacheable(state: DeskState) -> bool:
    """Tell whether decide found that this turn may be served from the cache."""
    decision = state.get("decision")
    return decision is not None and decision["stage"] == "respond" and CACHEABLE in decision["reasons"]


def with_cache(deps: Deps, state: DeskState, caller: Caller, outcome: Outcome) -> Decision:
    """Return decide's decision, with :data:`CACHEABLE` among its reasons where that is so.

    Args:
        deps: The desk, its models and its cache.
        state: As decide reads it.
        caller: Who asks; the stateless mode reads and writes no store.
        outcome: What decide says.
    """
    decision = outcome.decision
    if why_not(deps, state, caller, outcome):
        return decision
    return Decision(**{**decision, "reasons": [*decision["reasons"], CACHEABLE]})


def why_not(deps: Deps, state: DeskState, caller: Caller, outcome: Outcome) -> str:
    """Return why a turn is not for the cache, as a closed code; empty where it is. Arguments as above."""
    decision = outcome.decision
    intent = deps.desk.intents.get(decision["intent"])
    if deps.cache is None or not caller.stateful:
        return "off"
    if not _served_by_a_model(deps, decision, intent):
        return "intent"
    if not _for_itself(state, outcome):
        return "conversation"
    if not is_listed(deps.desk.config, language_of(state)):
        return "language"  # such a reply may begin with a notice of its own
    if _wishes(state):
        return "memory"
    return _said(state) or _suspected(state)


def _wishes(state: DeskState) -> bool:
    """Whether the customer once said how they want to be answered: an answer that suits everybody is not theirs."""
    memories = (state.get("recall") or Recall(passages=[], episodes=[])).get("memories") or ()
    return any(each["kind"] == "preference" and each["about"].partition(".")[0] in STANDING for each in memories)


def _served_by_a_model(deps: Deps, decision: Decision, intent: Intent | None) -> bool:
    """A deterministic answer costs nothing; nor does one of the keyless model, which answers where none is named."""
    tier = decision["tier"]
    if intent is None or not intent.cacheable or intent.tools or intent.handoff or decision["stage"] != "respond":
        return False
    return tier != "deterministic" and deps.models.describe(tier) != "keyless"


def _for_itself(state: DeskState, outcome: Outcome) -> bool:
    """Whether the message was understood without what was said before, and nothing of that goes on."""
    reasons = outcome.decision["reasons"]
    goes_on = outcome.task or outcome.waiting or outcome.words or outcome.proposal
    in_hand = goes_on or state.get("task") or state.get("proposal") or state.get("waiting")
    alone = ACCEPTED in reasons and all(reason == ACCEPTED or _OWN.fullmatch(reason) for reason in reasons)
    route = state.get("route")
    several = len(route.get("segments") or () if route else ()) > 1
    return alone and not in_hand and not several and not state.get("ticket")


def _said(state: DeskState) -> str:
    messages = brought(state)
    text = text_of(messages[0]) if len(messages) == 1 else ""
    if not is_plain(text):
        return "form"
    if state["turn"]["placeholders"] or PLACEHOLDER.search(text) or _LONG_NUMBER.search(text):
        return "personal"
    leans = continues(text) or points_back(text) or has_pronoun_only(text) or is_fragment(text)
    # in a thread's first message there is nothing that it could mean
    leans = leans or (state["turn"]["index"] > 0 and bool(_POINTS.search(text)))
    return "conversation" if leans else ""


def _suspected(state: DeskState) -> str:
    """Whoever once looked like an attacker in this thread neither fills the cache nor is served from it."""
    verdict, session, withheld = state.get("verdict"), state.get("session"), state.get("withheld")
    if verdict is None or verdict["outcome"] != "allow" or verdict["rules"]:
        return "guard"
    if session and (session["sum"] > 0):
        return "guard"
    return "guard" if withheld and withheld["turn"] == state["turn"]["id"] else ""


__all__ = ["CACHEABLE", "is_cacheable", "why_not", "with_cache"]
