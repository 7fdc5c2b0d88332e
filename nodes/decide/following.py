"""Whether a message answers the task in hand, or leans on the turn before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from frontdesk.desk.config import Intent
from frontdesk.graph.state import Task
from frontdesk.models.keyless.words import stems
from frontdesk.nodes.decide.ellipsis import (
    LONGEST,
    asks_about_that,
    asks_more,
    continues,
    has_pronoun_only,
    is_fragment,
    names_only_a_value,
    points_back,
)
from frontdesk.nodes.decide.facts import Facts
from frontdesk.nodes.forms.correcting import corrects

SWITCH = 0.75
"""Confidence from which a message leaves an open task although it might be an answer to a question."""
SURE = 0.95
"""Confidence from which a message has a subject of its own although it begins like a continuation of the last one."""

_SOMETHING_ELSE = re.compile(
    r"\b(?:i(?:'d| would)? (?:want|like|need|prefer)|can you|could you|instead|actually|show|list|cancel|track)\b"
    r"|^\W*(?:thanks?|thank you|cheers|bye|goodbye|hello|hi|great|ok(?:ay)?)\b",
    re.IGNORECASE,
)
"""Signs that a message is not the answer to our question."""
_ASKING = re.compile(
    r"\s*(?:(?:btw|by the way|and|but|so|ok(?:ay)?|wait|hang on|hold on|one (?:more )?(?:question|thing)"
    r"|(?:quick |another |just a )+question|before that|anyway)\W+)*"
    r"(?:what|how|when|where|who|why|which)(?:'?s)?\b|\s*(?:do|does|is|are|can|could|will|would|may)\b",
    re.IGNORECASE,
)

_THAT_ONE = re.compile(
    r"^\W*(?:(?:u[mh]+|well|i mean|i think|probably|maybe|it'?s)\W+)*(?:the|that|this|my) (?:\w+ )?ones? "
    r"(?:with|from|of|for|in|that|which|i|we)\b",
    re.IGNORECASE,
)
"""The one of several that our question was for, told by what it is or holds."""


def names_another(text: str) -> bool:
    """Tell whether a message is plainly no answer in words to a question of ours."""
    return _is_question(text) or bool(_SOMETHING_ELSE.search(text))


def answers_task(facts: Facts, task: Task, intent: Intent | None) -> bool:
    """Tell whether the message goes on with the task in hand.

    Args:
        facts: What decide looks at.
        task: In hand.
        intent: What the router found, if that is accepted.
    """
    if facts.given:
        return True
    answers = _looks_like_a_value(facts.text) or (facts.pending and not _is_question(facts.text))
    if facts.words_asked and not names_another(facts.text):
        # "it arrived broken" is the reason that we asked for, whatever else it might be at another moment
        return True
    if facts.pending and _THAT_ONE.match(facts.text) and not names_another(facts.text):
        return True
    if facts.pointed and task["intent"] in facts.reads:
        return False
    if intent is None:
        # A question that a page answers is a digression, not a value for the task.
        return facts.asked or answers or not facts.covered
    return intent.name == task["intent"] or (facts.route["confidence"] < SWITCH and answers)


def leans_on(facts: Facts, intent: Intent | None, intents: Mapping[str, Intent]) -> Intent | None:
    """Return the intent of the turn before when the message makes sense only with it.

    A request that was recognised and that tools serve ("and can you cancel it") stands for itself.
    """
    before = intents.get(facts.previous)
    if before is None or before.handoff:
        return None
    text, confidence = facts.text, facts.route["confidence"]
    if intent is None or (names_only_a_value(text) and confidence < SWITCH):
        looked_up = _looked_up(facts, before)
        if looked_up in intents:
            return intents[looked_up]
    if intent is None:
        more = asks_more(text) or (facts.covered and has_pronoun_only(text))
        return before if more or continues(text) else None
    if is_fragment(text) or (names_only_a_value(text) and confidence < SWITCH):
        return before
    leans = (confidence < SURE and points_back(text)) or (confidence < SWITCH and has_pronoun_only(text))
    # "how do I use them" names nothing of what it was taken for
    leans = leans or (confidence < SURE and asks_about_that(text))
    leans = leans or (confidence < SURE and asks_more(text) and not set(stems(text)) & set(stems(intent.title)))
    return before if leans and not intent.tools else None


def _looked_up(facts: Facts, before: Intent) -> str:
    """Return the intent that looks up what a message names by a value or its place, or asks of; empty for none."""
    text = facts.text
    if facts.pointed and len(text.split()) <= LONGEST:
        return facts.pointed
    if names_only_a_value(text) and facts.meant and not facts.suits:
        return facts.meant
    if before.name in facts.reads and facts.suits and corrects(text):
        return before.name
    refused = facts.task is not None and facts.task["intent"] == before.name and not facts.task.get("asked")
    likely = facts.route["intent"]
    return likely if refused and likely in facts.reads and _is_question(text) and has_pronoun_only(text) else ""


def turns_to(facts: Facts, task: Task, intent: Intent | None, intents: Mapping[str, Intent]) -> bool:
    """Tell whether a correction names another request than the task in hand: "no, I meant exchange it"."""
    if intent is None or facts.given or intent.name == task["intent"] or not intent.tools:
        return False
    own = set(stems(intent.title)) - set(stems(intents[task["intent"]].title))
    return facts.route["confidence"] >= SWITCH and corrects(facts.text) and bool(own & set(stems(facts.text)))


def asks_something(text: str) -> bool:
    """Tell whether a message is a question, by its sign or by how it begins."""
    return _is_question(text)


def _looks_like_a_value(text: str) -> bool:
    """A number, a placeholder, or a word or three: more likely an answer than a new request."""
    return bool(re.search(r"\d|<[A-Z][A-Z_]*_\d+>", text)) or len(text.split()) <= 3


def _is_question(text: str) -> bool:
    return "?" in text or bool(_ASKING.match(text))
