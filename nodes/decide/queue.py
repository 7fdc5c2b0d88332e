"""The requests that wait for their turn: the rest of a message that made several, and what a digression interrupted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from frontdesk.desk.config import Intent
from frontdesk.graph.state import Command, Route, Segment, Task
from frontdesk.nodes.decide.answers import bare_answer, is_drop_all
from frontdesk.nodes.decide.declining import declines, declines_the_rest
from frontdesk.nodes.decide.facts import Facts, Outcome
from frontdesk.nodes.decide.following import names_another
from frontdesk.nodes.decide.serving import UNCLEAR, decision

MOST = 4
"""Requests that may wait: all but the first of a message of the most pieces (``nodes.route.pieces``)."""
LASTS = 6
"""Turns after which one that still waits is forgotten."""
RESUMED = "waiting:resumed"
"""Reason of a question whether to go on with what a digression interrupted."""
NEXT = "waiting:next"
"""Reason of a turn or a part of it that serves a request that waited."""
_INSTEAD = re.compile(r"\b(?:instead|actually|rather|forget (?:that|it|about)|never ?mind|changed my mind)\b", re.I)


_BEFORE = re.compile(r"\W*(?:(?:but|wait|no|ok(?:ay)?|please)\W+)*(?:first(?! (?:one|item|order))|before that)\b", re.I)
"""How a request begins that is to be served before the one in hand."""


def first_of(facts: Facts) -> Facts:
    """Return what decide looks at for the first request of a message that makes several.

    The answer in words that we asked for ("it is too big and the colour is wrong") is one answer, and to a proposal
    only a whole message says yes.
    """
    answers = facts.task and facts.words_asked and not names_another(facts.text)
    if not facts.segments or facts.states or facts.recollects or answers or (facts.proposal and declines(facts.text)):
        return replace(facts, segments=())
    first = facts.segments[0]
    if facts.proposal and bare_answer(first["text"]) == "yes":
        return replace(facts, segments=())
    route = Route(intent=first["intent"], confidence=first["confidence"], accepted=first["accepted"], alternatives=[])
    return replace(facts, text=first["text"], segment=first["text"], route=route, meant=facts.meant_first)


def rest_of(facts: Facts, outcome: Outcome, intents: Mapping[str, Intent]) -> tuple[Task, ...]:
    """Return what waits after a decision, the next first.

    Args:
        facts: What decide looked at.
        outcome: What it says of the request in hand.
        intents: The desk's.
    """
    if outcome.decision["stage"] in {"refuse", "handoff"}:
        return ()
    if is_drop_all(facts.text) or (facts.proposal and declines(facts.text) and declines_the_rest(facts.text)):
        return ()
    if outcome.decision["reasons"][:1] == ["task:dropped"] and facts.task is None:
        return ()
    old = facts.waiting[1:] if NEXT in outcome.decision["reasons"] else facts.waiting
    kept = [task for task in old if facts.turn - task["started"] < LASTS and task["intent"] in intents]
    new = [_queued(segment, facts) for segment in facts.segments[1:] if segment["intent"] in intents]
    return tuple([*new, *_interrupted(facts, outcome, intents), *kept][:MOST])


def _queued(segment: Segment, facts: Facts) -> Task:
    task = Task(intent=segment["intent"], turns=0, started=facts.turn, text=segment["text"], message=facts.message)
    if not segment["accepted"]:
        task["unsure"] = True
    return task


def _interrupted(facts: Facts, outcome: Outcome, intents: Mapping[str, Intent]) -> list[Task]:
    """Return the task that a look-up interrupts; another change takes its place instead.

    It goes without the words that began it: by these it would be begun anew, without what was given since.
    """
    task, decided = facts.task, outcome.decision
    same = outcome.task is not None and task is not None and outcome.task["intent"] == task["intent"]
    if task is None or task["intent"] not in intents or task["intent"] in facts.reads or same:
        return []
    first = _BEFORE.match(facts.text) is not None
    looks_up = decided["stage"] == "respond" and (decided["intent"] in facts.reads or first)
    unfinished = facts.pending and bool(task.get("slots") or task.get("asked") or facts.words_asked)
    if not looks_up or not unfinished or _INSTEAD.search(facts.text):
        return []
    return [Task(**{key: value for key, value in task.items() if key not in {"text", "message"}})]  # type: ignore[typeddict-item]


def next_request(waiting: Task, intents: Mapping[str, Intent], turn: int) -> Outcome:
    """Return the decision for the next request in the queue; what was interrupted is offered, and not begun anew."""
    intent = intents[waiting["intent"]]
    text = waiting.get("text", "")
    if not text:
        resumed = decision("clarify", RESUMED, intent=intent.name)
        return Outcome(resumed, waiting, None, 0, commands=(Command(kind="resume", intent=intent.name),))
    commands = (Command(kind="handoff" if intent.handoff else "start", intent=intent.name),)
    if intent.handoff:
        asked = decision("handoff", "route:asked", intent=intent.name)
        return Outcome(asked, None, None, 0, commands=commands, words=text)
    where = waiting.get("message", "")
    begun = Task(intent=intent.name, turns=1, started=turn, text=text, message=where) if intent.tools else None
    if begun and waiting.get("unsure"):
        # a page may be read to whoever did not mean it; a tool is not called on a guess
        asks = decision("clarify", UNCLEAR, NEXT, intent=intent.name)
        named = (Command(kind="clarify", intent=intent.name),)
        return Outcome(asks, begun, None, 0, commands=named, words=text)
    made = decision("respond", NEXT, intent=intent.name, tier=intent.tier)
    return Outcome(made, begun, None, 0, commands=commands, words=text)


__all__ = ["LASTS", "MOST", "NEXT", "RESUMED", "first_of", "next_request", "rest_of"]
