"""Clarify: one question, or what this desk can help with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import RunnableConfig

from frontdesk.desk.languages import is_listed, main_language, name_of, texts_in
from frontdesk.graph.deps import Deps, DeskView
from frontdesk.graph.identity import Caller, caller_of
from frontdesk.graph.state import DeskState, Route
from frontdesk.nodes.decide.queue import RESUMED
from frontdesk.nodes.decide.serving import PAIR, TOLD, UNCLEAR
from frontdesk.nodes.decide.uncovered import NOTHING, near_page
from frontdesk.nodes.forms.schema import contracts_of
from frontdesk.nodes.forms.task import open_question
from frontdesk.nodes.marks import ACKNOWLEDGED
from frontdesk.nodes.remember.learning.telling import told
from frontdesk.nodes.remember.recollecting import RECOLLECTED, recollected
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
    """Return the question that the request which is taken up again, or goes on, still has to ask; empty for none."""
    task = state.get("task")
    if task is None or not {RESUMED, RECOLLECTED} & {*state["decision"]["reasons"]}:
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
        if TOLD in decision["reasons"]:
            return await self._acknowledged(state, caller_of(config, self.deps.principal))
        if RECOLLECTED in decision["reasons"] and (known := recollected(state, desk.pages)):
            text = getattr(texts_for(desk.config, state), known.wording).replace("{what}", known.what)
            return {"messages": [say(f"{text}\n\n{_still_open(desk, state)}".strip())], "status": "answered"}
        if NOTHING in decision["reasons"]:
            return {"messages": [say(self._nothing(state))], "status": "answered"}
        if decision["reasons"][:1] == ["task:dropped"] and state.get("waiting"):
            # "what else can I do" would ask for what is known: the next request follows
            text = texts_for(desk.config, state).rejected.format(business=desk.config.business)
        else:
            text = question(desk, decision["reasons"], state["route"], language_of(state), decision["intent"])
            text = f"{text} {_still_open(desk, state)}".strip()
        return {"messages": [say(text)], "status": "clarify"}

    def _nothing(self, state: DeskState) -> str:
        """Word that no page covers the question; the nearest one is something to read, never the answer."""
        texts, near = texts_for(self.deps.desk.config, state), near_page(state)
        said = [texts.uncovered, texts.person]
        if near is not None:
            link = f"“{near['title']}”" + (f" ({near['url']})" if near["url"] else "")
            said.insert(1, texts.nearest.replace("{page}", link))
        return " ".join(said).replace("{business}", self.deps.desk.config.business)

    async def _acknowledged(self, state: DeskState, caller: Caller) -> dict[str, Any]:
        """Thank for what was told, and say how long it counts. Remember then has nothing left to learn."""
        names, config = await told(self.deps, state, caller), self.deps.desk.config
        texts = texts_for(config, state)
        main = main_language(config)
        spoken = language_of(state) if is_listed(config, language_of(state)) else main
        only = texts.language.format(language=name_of(main, spoken or main))
        said = [only if name == "language" else getattr(texts, name) for name in names]
        text = " ".join(said).replace("{business}", config.business)
        return {"messages": [say(text)], "status": "answered", "note": ACKNOWLEDGED}
