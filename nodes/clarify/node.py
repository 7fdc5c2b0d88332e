"""Clarify: one question, or what this desk can help with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.desk.languages import is_listed, main_language, texts_in
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.state import DeskState, Route
from frontdesk.nodes.decide.queue import RESUMED
from frontdesk.nodes.decide.serving import PAIR, UNCLEAR
from frontdesk.nodes.forms.schema import contracts_of
from frontdesk.nodes.forms.task import open_question
from frontdesk.nodes.texts import say
from frontdesk.nodes.wording import language_of, texts_for

TOPICS = 6
"""How many topics the out-of-scope answer names: enough to orient, few enough to read."""
OPTIONS = 2
"""Candidate intents a clarifying question names (design.md: ask with the top two)."""
_OR = {"en": "or", "de": "oder", "fr": "ou", "es": "o", "it": "o", "nl": "of", "pt": "ou"}


def question(desk: DeskView, reasons: list[str], route: Route, language: str = "", intent: str = "") -> str:
    """Word the reply for the decision's reasons.

    Args:
        desk: Wordings and intents.
        reasons: The decision's closed codes.
        route: The router's candidates.
        language: Of the customer; empty for the desk's own.
        intent: The decision's.

    Returns:
        The text for the customer.
    """
    texts, business = texts_in(desk.config, language), desk.config.business
    if "proposal:expired" in reasons:
        return texts.expired.format(business=business)
    if "task:dropped" in reasons:
        return texts.dropped.format(business=business)
    if RESUMED in reasons and intent in desk.intents:
        return texts.resume.format(business=business, title=desk.intents[intent].title)
    if UNCLEAR in reasons or PAIR in reasons:
        likely = desk.intents[intent or route["intent"]]
        if likely.clarify and PAIR not in reasons:
            return likely.clarify
        # of one request of several, the others are no alternatives
        others = route["alternatives"] if likely.name == route["intent"] else []
        names = [likely.name, *(name for name, _ in others if name in desk.intents)]
        titles = [f"“{desk.intents[name].title}”" for name in dict.fromkeys(names)][:OPTIONS]
        return texts.clarify.format(business=business, options=_or(desk, language).join(titles))
    own = [each for each in desk.intents.values() if not each.handoff]
    named = [each for each in own if each.tools] or own  # a desk of pages only has no tools
    topics = ", ".join(each.title for each in named[:TOPICS])
    return texts.out_of_scope.format(business=business, topics=topics)


def _still_open(desk: DeskView, state: DeskState) -> str:
    """Return the question that the request which is taken up again still has to ask; empty for none."""
    task = state.get("task")
    if task is None or RESUMED not in state["decision"]["reasons"]:
        return ""
    return open_question(task, contracts_of(task["intent"], desk))


def _or(desk: DeskView, language: str) -> str:
    known = language if language and is_listed(desk.config, language) else main_language(desk.config)
    return f" {_OR.get(known, '/')} "


@dataclass(frozen=True)
class ClarifyNode:
    """Asks."""

    deps: Deps

    async def __call__(self, state: DeskState, config: RunnableConfig) -> dict[str, Any]:
        """Write the question and the status."""
        desk, decision = self.deps.desk, state["decision"]
        if decision["reasons"][:1] == ["task:dropped"] and state.get("waiting"):
            # "what else can I do" would ask for what is known: the next request follows
            text = texts_for(desk.config, state).rejected.format(business=desk.config.business)
        else:
            text = question(desk, decision["reasons"], state["route"], language_of(state), decision["intent"])
            text = f"{text} {_still_open(desk, state)}".strip()
        return {"messages": [say(text)], "status": "clarify"}
