"""Several requests in one message: what each is shown of the conversation, and the one reply that they get.

A request is served as if it had been a message of its own. The state keeps the message as it was sent; only what a
model and the rules of authority read is put together anew, by :func:`as_asked`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from frontdesk.desk.texts import Texts
from frontdesk.graph.deps import DeskView
from frontdesk.graph.state import DeskState, Part, Passage, Task
from frontdesk.models.keyless.conversation import asks
from frontdesk.nodes.texts import final_answer, text_of

SETTLED = "topic"
"""Note of respond in a turn in which the desk's own words are said, whatever a model would write."""
RESERVED = 3
"""Model calls that the next request may need: a look-up, a proposal, words."""
_GAP = "\n\n"
_JOINT = r"(?:and|also|plus|oh|then|btw|by the way)\b"
_LOOSE = re.compile(rf"^[\s,;.!]*(?:{_JOINT}[\s,;]*)+|[\s,;]+(?:{_JOINT}[\s,;]*)*\Z", re.I)
"""What is left over of a message's joints when a part of it is taken out."""


def as_asked(state: DeskState) -> list[AnyMessage]:
    """Return the window as if each request of a message had been a message of its own.

    What still waits is not in it; the requests of this turn that were served stand before the one in hand, each with
    our answer.
    """
    parts = state.get("parts") or []
    cut = [_place(task) for task in state.get("waiting") or ()]
    cut += [(part.get("message", ""), part["then"]) for part in parts]
    task = state.get("task")
    own = _place(task) if task else ("", "")
    found: list[AnyMessage] = []
    for message in state["messages"]:
        if isinstance(message, HumanMessage):
            pieces = [text for where, text in cut if text and where == message.id]
            whole = own[1] if own[0] == message.id and own not in cut else ""
            found.append(_without(message, pieces, whole))
        else:
            found.append(message)
        for part in parts:
            if part["after"] == message.id:
                found += [AIMessage(content=part["said"]), HumanMessage(content=part["then"])]
    return found


def _place(task: Task) -> tuple[str, str]:
    """Return the id of the message in which a task's words stand, and the words."""
    return task.get("message", ""), task.get("text", "")


def _without(message: HumanMessage, cut: Sequence[str], whole: str) -> HumanMessage:
    """Return a message with ``whole`` alone, or without the pieces; a piece is never a part of a word or a number."""
    text = text_of(message)
    if whole and whole in text:
        return message.model_copy(update={"content": whole})
    left = text
    for piece in cut:
        places = list(re.finditer(rf"(?<!\w){re.escape(piece)}(?!\w)", left))
        if places and left.strip() != piece:
            # what waits was said last
            left = _LOOSE.sub("", f"{left[: places[-1].start()]} {left[places[-1].end() :]}").strip()
    return message.model_copy(update={"content": left}) if left != text and left else message


def request_in_hand(state: DeskState) -> str:
    """Return the customer's words for what is served now, where it is one request of several; else an empty string."""
    parts = state.get("parts") or []
    if parts:
        return parts[-1]["then"]
    task = state.get("task")
    return task.get("text", "") if task else ""


def goes_on(state: DeskState, calls: int) -> bool:
    """Tell whether the request in hand is settled, so that the next one is due in this turn.

    Args:
        state: After a stage that spoke.
        calls: The desk's bound on model calls of a turn.

    Returns:
        False while something is asked of the customer, while a person owns the conversation, and where the calls that
        are left would not do.
    """
    waiting = state.get("waiting")
    if not waiting or state.get("ticket") or state.get("proposal"):
        return False
    answer = final_answer(state["messages"])
    # what was interrupted is only offered, which takes no call
    needed = RESERVED if waiting[0].get("text") else 0
    if answer is None or state.get("attempts", 0) + needed > calls:
        return False
    decision = state.get("decision")
    given_up = decision is not None and decision["reasons"][:1] == ["task:dropped"]
    return given_up or (state["status"] == "answered" and not asks(text_of(answer)))


def checked_first(state: DeskState, calls: int) -> bool:
    """Tell whether the answer is a hosted model's to one request of several, and the next one is due.

    Such a draft passes the output guards before anything follows it: a fault that is found at the end would cost the
    answers to all requests, and no draft of the last one could mend it.

    Args:
        state: After respond, or after the review of its draft.
        calls: The desk's bound on model calls of a turn.
    """
    path = state.get("path") or []
    if path and path[-1]["stage"] == "review":
        path = path[:-1]
    spoken = bool(path) and path[-1]["stage"] == "respond" and path[-1]["note"] not in {SETTLED, "keyless"}
    return spoken and goes_on(state, calls)


def said_so_far(state: DeskState, opening: str) -> tuple[list[Part], str]:
    """Return the parts before the request in hand, and the answer to this one.

    Args:
        state: At the end of the request.
        opening: What the turn's reply begins with.
    """
    parts = list(state.get("parts") or ())
    text = text_of(final_answer(state["messages"]))
    path = state.get("path") or []
    if not path or path[-1]["stage"] != "review":
        return parts, text
    # what was reviewed is the reply as far as it goes
    text = text.removeprefix(opening)
    if text.startswith(before(state)):
        return parts, text.removeprefix(before(state))
    return [Part(**{**part, "said": ""}) for part in parts], text


def served_part(state: DeskState, then: Task, lead: str, text: str) -> tuple[Part, AIMessage | None]:
    """Return the record of the request that was just settled, and the message that held its answer.

    Args:
        state: At the end of it.
        then: The next one.
        lead: The desk's words that lead over to it; empty for none.
        text: The answer.
    """
    answer = final_answer(state["messages"])
    ids = [message.id or "" for message in state["messages"]]
    at = ids.index(answer.id or "") if answer is not None else len(ids)
    recall = state.get("recall")
    said = _GAP.join(filter(None, (text.strip(), lead)))
    decision = state["decision"]
    return Part(
        said=said,
        then=then.get("text", ""),
        message=then.get("message", ""),
        after=ids[at - 1] if at else "",
        intent=decision["intent"],
        pages=list(dict.fromkeys(passage["page"] for passage in recall["passages"])) if recall else [],
    ), answer


def before(state: DeskState) -> str:
    """Return what this turn's reply says before the answer to the request in hand, with a gap behind it."""
    return "".join(f"{part['said']}{_GAP}" for part in state.get("parts") or () if part["said"])


def joined(state: DeskState, text: str, texts: Texts, *, stateful: bool = True) -> str:
    """Return the whole reply of a turn: what was answered before, this answer, and that the rest is not forgotten.

    Without a thread (``stateful`` false) the rest cannot be kept, so nothing is said of it.
    """
    turn = state.get("turn")
    put_off = [task for task in state.get("waiting") or () if turn and task["started"] == turn["index"]]
    later = (
        f"{_GAP}{texts.later}"
        if stateful and put_off and state.get("status") in {"answered", "confirm", "clarify"}
        else ""
    )
    return f"{before(state)}{text}{later}"


def earlier_pages(state: DeskState, desk: DeskView) -> Iterator[Passage]:
    """Yield the pages that the answers before may cite, whole."""
    for part in state.get("parts") or ():
        for name in part["pages"]:
            page = desk.pages.get(name)
            if page is not None:
                yield Passage(page=name, title=page.title, url=page.url, text=page.body, score=0.0)
