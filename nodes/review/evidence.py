"""What a reply of this turn may rest on besides the retrieved pages, and what was said before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from frontdesk.graph.deps import DeskView
from frontdesk.graph.state import DeskState, Passage
from frontdesk.nodes.forms.schema import contracts_of
from frontdesk.nodes.forms.task import open_question
from frontdesk.nodes.remember.details import CUSTOMERS, parse
from frontdesk.nodes.requests import earlier_pages
from frontdesk.nodes.respond.notes import holding
from frontdesk.nodes.review.contracts import desk_words
from frontdesk.nodes.review.draft import CUSTOMER, DESK, EARLIER, MEMORY, TODAY, TOOL
from frontdesk.nodes.texts import final_answer, since_human, text_of
from frontdesk.nodes.wording import language_notice, texts_for


def _texts(state: DeskState, desk: DeskView) -> Iterator[tuple[str, str]]:
    messages = state.get("messages", [])
    answer = final_answer(messages)
    for message in messages:
        if isinstance(message, HumanMessage):
            yield CUSTOMER, text_of(message)
        elif isinstance(message, ToolMessage):
            yield TOOL, text_of(message)
        elif isinstance(message, AIMessage) and message is not answer:
            yield EARLIER, text_of(message)
    yield from _remembered(state)
    yield from ((DESK, words) for words in _own(state, desk))


def _remembered(state: DeskState) -> Iterator[tuple[str, str]]:
    for line in state.get("summary", "").splitlines():
        yield from _summed(line)
    yield from map(_kept, state.get("details", []))
    recall = state.get("recall")
    for episode in recall["episodes"] if recall else ():
        yield MEMORY, episode
    for memory in holding(recall.get("memories") or ()) if recall else ():
        yield MEMORY if memory["source"] == "desk" else CUSTOMER, memory["text"]
    ticket, proposal = state.get("ticket"), state.get("proposal")
    if ticket:
        yield MEMORY, ticket["id"]
    if proposal:
        yield MEMORY, proposal["question"]


def _summed(line: str) -> Iterator[tuple[str, str]]:
    """Yield what a line of the summary says, by whose word it is: a claim is no evidence once it left the window."""
    said, _, told = line.partition(" | Desk: ")
    if line.startswith("- Done: "):
        yield MEMORY, line
    elif line.startswith("- Promised: "):
        yield EARLIER, line
    else:
        yield CUSTOMER, said
        yield MEMORY, told


def _kept(entry: str) -> tuple[str, str]:
    """Return a key detail by whose word it is, without the number of its turn, which is nobody's figure.

    What the customer said grounds no more behind the window than in it, and what we promised is no evidence.
    """
    detail = parse(entry)
    if detail is None:
        return MEMORY, entry
    source = EARLIER if detail.kind == "promised" else CUSTOMER if detail.kind in CUSTOMERS else MEMORY
    return source, f"{detail.kind}: {detail.text}{f', was {detail.was}' if detail.was else ''}"


def _own(state: DeskState, desk: DeskView) -> Iterator[str]:
    """Yield the desk's own words for the turn."""
    config = desk.config
    yield config.business
    yield config.handoff.hours
    yield from texts_for(config, state).model_dump().values()
    yield language_notice(config, state)
    yield from (topic.say for topic in config.review.topics.values())
    decision = state.get("decision")
    intent = desk.intents.get(decision["intent"]) if decision else None
    now = since_human(state.get("messages", []))
    ran = [one.name or "" for one in now if isinstance(one, ToolMessage) and one.status != "error"]
    yield from desk_words(intent, desk.tools, ran)
    if task := state.get("task"):
        # a question in between is answered, and then this is asked again
        yield open_question(task, contracts_of(task["intent"], desk))


def evidence(state: DeskState, desk: DeskView, now: float | None = None) -> list[Passage]:
    """Return the turn's passages, followed by what cannot be cited (with an empty page id and its source as ``url``).

    That is: the customer's words and the tool results in the window, the memory, the ticket, the pending question,
    the desk's fixed wordings, the words of the contracts that the turn may speak, today's date, and our own earlier
    replies (which are no evidence). All of it is masked or the desk's own.

    Args:
        state: The turn's state.
        desk: Its wordings, intents and contracts.
        now: Unix time in seconds; None leaves today's date out.
    """
    recall = state.get("recall")
    found = [*(recall["passages"] if recall else ()), *earlier_pages(state, desk)]
    texts = [(source, text) for source, text in _texts(state, desk) if text]
    if now is not None:
        today = datetime.fromtimestamp(now, tz=UTC)
        texts.append((TODAY, f"{today:%A}, {today:%Y-%m-%d}"))
    return [*found, *(Passage(page="", title="", url=source, text=text, score=0.0) for source, text in texts)]


__all__ = ["evidence"]
