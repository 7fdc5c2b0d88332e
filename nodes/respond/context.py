"""What a model is shown: the system prompt, and a window of messages that every provider accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from langchain_core.messages import (
    AIMessage,
    AnyMessage,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolCall,
    ToolMessage,
)

from frontdesk.desk.config import Intent
from frontdesk.graph.deps import Deps
from frontdesk.graph.identity import Principal
from frontdesk.graph.state import DeskState, Passage, Recall
from frontdesk.nodes.marks import colleagues_words, is_refused
from frontdesk.nodes.respond.access import access
from frontdesk.nodes.respond.delimiting import boundary, element, explained
from frontdesk.nodes.respond.form import form_of_request
from frontdesk.nodes.wording import answer_in

PROMPT = "respond"
INTENT_PAGES = 2
"""Pages of the recognised intent that are shown whole."""


def system_prompt(
    deps: Deps,
    state: DeskState,
    principal: Principal,
    passages: Sequence[Passage],
    offered: Sequence[str],
    mark: str = "",
) -> str:
    """Fill the system prompt.

    Args:
        deps: Prompts, desk and clock.
        state: This turn's state; masked throughout.
        principal: Who asks.
        passages: What :func:`passages_for` returned.
        offered: Names of the tools that this call offers.
        mark: Of the elements around what others wrote; a new one when none is given.

    Returns:
        The text of ``prompts/respond.md``, or of the prompt that the intent names.
    """
    intent = intent_of(deps, state)
    today = datetime.fromtimestamp(deps.clock(), tz=UTC)
    mark = mark or boundary()
    return deps.prompts.render(
        (intent.prompt if intent else None) or PROMPT,
        business=deps.desk.config.business,
        today=f"{today:%A}, {today.day} {today:%B %Y}",
        intent=_noted(_intent_line(intent), _language_line(deps, state)),
        access=f"{access(deps, principal, intent, offered)}\n{explained(mark)}",
        memory=_noted(_memory(state, mark), form_of_request(deps.desk, state, mark)),
        pages=_pages(passages, intent, mark),
    )


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
        page = deps.desk.pages.get(name)
        if page is None or (page.audience == "customer" and not principal.signed_in):
            continue
        if page.valid_from is None or page.valid_from <= today:
            score = max((passage["score"] for passage in found if passage["page"] == name), default=0.0)
            own.append(Passage(page=name, title=page.title, url=page.url, text=page.body.strip(), score=score))
    names = {passage["page"] for passage in own}
    return [*own, *(passage for passage in found if passage["page"] not in names)]


def window(messages: Sequence[AnyMessage], mark: str = "") -> list[BaseMessage]:
    """Return messages that every provider accepts: plain text, and each tool call with its answer right behind it.

    A message that a guard refused stays away from models in later turns too. A call without an answer (a turn that was
    cut off), an answer without a call (its call left the window) and an empty message are left out. With a ``mark``,
    results of tools and words of colleagues stand in elements.
    """
    answered = _answered(messages)
    kept: list[BaseMessage] = []
    for position, message in enumerate(messages):
        if is_refused(message):
            continue
        text = _shown(message, mark)
        if isinstance(message, HumanMessage) and text.strip():
            kept.append(HumanMessage(content=text))
        elif isinstance(message, AIMessage):
            pairs = answered[position]
            if text.strip() or pairs:
                kept.append(AIMessage(content=text, tool_calls=[call for call, _ in pairs]))
            kept.extend(
                ToolMessage(content=_shown(told, mark), tool_call_id=call["id"], name=call["name"], status=told.status)
                for call, told in pairs
            )
    return kept


def _answered(messages: Sequence[AnyMessage]) -> Mapping[int, list[tuple[ToolCall, ToolMessage]]]:
    """Return, by position of our message, its calls with the nearest answer behind it, each answer once.

    Ids alone do not tell: some servers count their calls from zero in every answer.
    """
    waiting: dict[str, ToolMessage] = {}
    found: dict[int, list[tuple[ToolCall, ToolMessage]]] = {}
    for position in range(len(messages) - 1, -1, -1):
        message = messages[position]
        if isinstance(message, ToolMessage):
            waiting[message.tool_call_id] = message
        elif isinstance(message, AIMessage):
            found[position] = [
                (call, waiting.pop(name)) for call in message.tool_calls if (name := str(call["id"])) in waiting
            ]
    return found


def _shown(message: AnyMessage, mark: str) -> str:
    """Return a message's text as a model may see it."""
    if isinstance(message, AIMessage) and (words := colleagues_words(message)):
        return element("colleague", words, mark) if mark else words
    text = str(message.text)
    # a refusal may quote a record, too
    return element("result", text, mark) if mark and isinstance(message, ToolMessage) else text


def prompt_messages(system: str, messages: Sequence[AnyMessage], mark: str = "") -> list[BaseMessage]:
    """Return the whole input of a model call; ``mark`` is that of the system prompt."""
    return [SystemMessage(content=system), *window(messages, mark)]


def _intent_line(intent: Intent | None) -> str:
    if intent is None:
        return "The request was not recognised."
    return f'The request looks like this: <intent name="{intent.name}">{intent.title}</intent>.'


def _language_line(deps: Deps, state: DeskState) -> str:
    language = answer_in(deps.desk.config, state)
    return f"Answer in {language}." if language else ""


def _noted(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _memory(state: DeskState, mark: str) -> str:
    recall = state.get("recall")
    parts = {
        "earlier in this conversation": state.get("summary", ""),
        "key details": "\n".join(state.get("details") or ()),
        "earlier visits": "\n".join(recall["episodes"] if recall else ()),
    }
    return "\n".join(element("notes", text, mark, about=about) for about, text in parts.items() if text.strip())


def _pages(passages: Sequence[Passage], intent: Intent | None, mark: str) -> str:
    own = set(intent.pages) if intent else set()
    shown = [
        element(
            "page",
            passage["text"],
            mark,
            id=passage["page"],
            title=passage["title"] or " ",
            match="intent" if passage["page"] in own else "",
        )
        for passage in passages
    ]
    return "\n".join(shown) or "No page covers this question."
