"""What a model is shown: the prompt and the messages, put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from langchain_core.messages import AnyMessage, BaseMessage, HumanMessage, SystemMessage

from frontdesk.desk.config import Intent
from frontdesk.desk.pages import usable
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import DeskState, Passage, Recall
from frontdesk.nodes.remember.wording import shown as worded
from frontdesk.nodes.respond.access import access
from frontdesk.nodes.respond.delimiting import EXPLAINED, element
from frontdesk.nodes.respond.form import form_of_request
from frontdesk.nodes.respond.notes import (
    DETAILS,
    EPISODES,
    NO_PAGE,
    ONLY_LIKE,
    SUMMARY,
    holding,
    memories_note,
    note,
    page_element,
)
from frontdesk.nodes.respond.windowing import window
from frontdesk.nodes.wording import answer_in
from frontdesk.prompts.parts import parted

PROMPT = "respond"
INTENT_PAGES = 2
"""Pages of the recognised intent that are shown whole."""


def system_prompt(
    deps: Deps,
    state: DeskState,
    principal: Principal,
    passages: Sequence[Passage],
    offered: Sequence[str],
    left_out: str = "",
) -> str:
    """Fill the prompt.

    Args:
        deps: Prompts, desk and clock.
        state: This turn's state; masked throughout.
        principal: Who asks.
        passages: What :func:`passages_for` returned.
        offered: Names of the tools that this call offers.
        left_out: A sentence on what the model is not shown, where there was no room for everything.

    Returns:
        The text of ``prompts/respond.md``, or of the prompt that the intent names.
    """
    intent = intent_of(deps, state)
    today = datetime.fromtimestamp(deps.clock(), tz=UTC)
    own = frozenset(intent.pages if intent else ())
    return deps.prompts.render(
        (intent.prompt if intent else None) or PROMPT,
        business=deps.desk.config.business,
        today=f"{today:%A}, {today.day} {today:%B %Y}",
        intent=_noted(_intent_line(intent), _language_line(deps, state)),
        access=f"{access(deps, principal, intent, offered)}\n{EXPLAINED}",
        memory=_noted(_memory(state), left_out, form_of_request(deps.desk, state)),
        pages=_pages(state, passages, own, asked=not (intent and intent.tools)),
    )


def _pages(state: DeskState, passages: Sequence[Passage], own: frozenset[str], *, asked: bool) -> str:
    """Return the pages' elements; ``asked``: the turn answers a question, and no tool serves it."""
    shown = "\n".join(page_element(passage, own) for passage in passages)
    uncovered = asked and "nearest" in (state.get("recall") or ())
    return _noted(ONLY_LIKE if uncovered else "", shown) if shown else NO_PAGE


def intent_of(deps: Deps, state: DeskState) -> Intent | None:
    """Return the intent that this turn serves."""
    return deps.desk.intents.get(state["decision"]["intent"])


def passages_for(deps: Deps, state: DeskState, principal: Principal) -> list[Passage]:
    """Return the intent's own pages, whole, then what the search found elsewhere.

    The search runs beside the router, so it cannot know the intent; and what a page says on the matter may stand in
    another section than the one that the words led to.
    """
    found = list((state.get("recall") or Recall(passages=[], episodes=[]))["passages"])
    intent = intent_of(deps, state)
    today = datetime.fromtimestamp(deps.clock(), tz=UTC).date()
    own: list[Passage] = []
    for name in intent.pages[:INTENT_PAGES] if intent else ():
        page = usable(deps.desk.pages, name, signed_in=principal.signed_in, today=today)
        if page is not None and page.id not in {passage["page"] for passage in own}:
            score = max((passage["score"] for passage in found if passage["page"] == page.id), default=0.0)
            own.append(Passage(page=page.id, title=page.title, url=page.url, text=page.body.strip(), score=score))
    names = {passage["page"] for passage in own}
    return [*own, *(passage for passage in found if passage["page"] not in names)]


def prompt_messages(prompt: str, messages: Sequence[AnyMessage]) -> list[BaseMessage]:
    """Return the whole input of a model call, nothing left out: what :func:`system_prompt` gave, and the window."""
    return composed(prompt, window(messages, marked=True))


def composed(prompt: str, shown: Sequence[BaseMessage]) -> list[BaseMessage]:
    """Return the messages of a model call: the rules, the conversation, what holds for this turn, the newest words.

    What changes from turn to turn stands behind what does not, so that a provider finds the beginning of the prompt,
    earlier messages included, in its cache.

    Args:
        prompt: Filled; parted as ``frontdesk.prompts.parts`` says, or not.
        shown: Messages as :func:`window` returns them, oldest first.
    """
    rules, turn = parted(prompt)
    at = next((place for place in range(len(shown) - 1, -1, -1) if isinstance(shown[place], HumanMessage)), None)
    if not turn or at is None:
        return [SystemMessage(content="\n\n".join(filter(None, (rules, turn)))), *shown]
    newest = HumanMessage(content=f"{turn}\n\n{element('customer', str(shown[at].text))}")
    return [SystemMessage(content=rules), *shown[:at], newest, *shown[at + 1 :]]


def _intent_line(intent: Intent | None) -> str:
    if intent is None:
        return "The request was not recognised."
    return f'The request looks like this: <intent name="{intent.name}">{intent.title}</intent>.'


def _language_line(deps: Deps, state: DeskState) -> str:
    language = answer_in(deps.desk.config, state)
    return f"Answer in {language}." if language else ""


def _noted(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _memory(state: DeskState) -> str:
    recall = state.get("recall") or Recall(passages=[], episodes=[])
    return _noted(
        note(SUMMARY, state.get("summary", "").splitlines()),
        note(DETAILS, worded(state.get("details") or ()).splitlines()),
        note(EPISODES, recall["episodes"]),
        memories_note(holding(recall.get("memories") or ())),
    )
