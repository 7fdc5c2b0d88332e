"""What we said that we would do: sentences of our reviewed replies and of colleagues that bind the desk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import AIMessage, AnyMessage

from frontdesk.nodes.marks import colleagues_words
from frontdesk.nodes.remember.details import Detail
from frontdesk.nodes.remember.values import values_in
from frontdesk.nodes.texts import final_answer

_MOST = 2
"""Promises of one reply."""
_LENGTH = 140
"""Characters of one; a longer sentence explains more than it promises."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z])|\n+")
_BINDS = re.compile(
    r"\b(?:(?:we|i)(?:['’]ll|\s+will|\s+shall)\s+(?!be (?:glad|happy|here|able)|need\b|help\b|see\b"
    r"|try\b|gladly\b|ask\b|have to\b)"
    r"(?:\w+\s+){0,3}?(?:send|call|ring|refund|credit|replace|ship|deliver|exchange|repair|email|mail"
    r"|write|contact|get back|book"
    r"|arrange|cancel|reserve|hold|keep|pay|transfer|check|confirm|collect|pick|waive|have|make sure"
    r"|let you know|inform|come back)\b"
    r"|you(?:['’]ll|\s+will)\s+(?:get|receive|hear|be (?:called|refunded|contacted|credited|informed))\b"
    r"|(?:a|our|the|my) (?:colleague|team|workshop|driver|technician|manager|carrier)s?\s+(?:will"
    r"|is going to|are going to)\s+(?:call|ring|contact"
    r"|write|email|confirm|check|come|visit|deliver|get back|be in touch|send|repair|collect)\b"
    r"|(?:you can )?expect (?:a|the|your|our|an)\b|wir (?:werden|schicken|senden|erstatten"
    r"|melden uns)\b|nous (?:allons|vous)\b)",
    re.IGNORECASE,
)
_SWEARS = re.compile(
    r"\b(?:(?:i|we) (?:promise|guarantee|assure|commit)\b|(?:i|we)(?:['’]ll| will) (?:make sure|see to it|ensure)\b"
    r"|(?:i|we)(?:['’]ve| have) (?:noted|arranged|booked|scheduled|reserved)\b"
    r"|(?:i|we|you|it|this|(?:a|an|your|the|our|my)(?: [\w'’-]+){1,3})(?:['’]ll| will| (?:am|are|is) going to"
    r"| shall|['’](?:m|re|s) going to)\b)",
    re.IGNORECASE,
)
"""Bind the desk where they name a day of the calendar."""
_WHEN = re.compile(
    r"\d|\b(?:today|tonight|tomorrow|soon|shortly|within|by (?:the )?(?:end|mon|tues|wednes|thurs|fri"
    r"|satur|sun)|next|this (?:week|afternoon)"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|as soon as|heute|morgen|innerhalb)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:[Ii]f|[Uu]nless|[Oo]nce you|[Ww]hen you|[Aa]s soon as you|[Ss]hould you|would|could|can"
    r"|may|might|[Uu]sually|[Ww]enn|[Ff]alls)\b"
)
_CITED = re.compile(r"\s*\[[\w-]+\]")


def promised(before: Sequence[AnyMessage], messages: Sequence[AnyMessage], turn: int) -> list[Detail]:
    """Return what a turn's words bind the desk to.

    Args:
        before: What came between the customer's message and the one before it: of it only a colleague's words, as
            models are shown them, because ours were noted in their own turn.
        messages: From the customer's message on; masked, as reviewed.
        turn: From 1.

    Returns:
        Sentences, without those that hang on a condition or name no time: "we will help you" binds nobody.
    """
    answer = final_answer(messages)
    texts = [
        words for each in (*before, *messages) if isinstance(each, AIMessage) and (words := colleagues_words(each))
    ]
    if answer is not None and not colleagues_words(answer):
        texts.append(str(answer.text))
    found = [sentence for text in texts for sentence in _binding(text)[:_MOST]]
    return [Detail("promised", sentence, turn) for sentence in dict.fromkeys(found)]


def _binding(text: str) -> list[str]:
    sentences = (" ".join(_CITED.sub("", part).split()).strip(" -*") for part in _SENTENCE.split(text))
    return [
        each.rstrip(".!")
        for each in sentences
        if 0 < len(each) <= _LENGTH
        and not each.endswith("?")
        and ((_BINDS.search(each) and _WHEN.search(each)) or _dated(each))
        and not _OPEN.search(each)
    ]


def _dated(sentence: str) -> bool:
    """Whether a sentence says what will be on a day of the calendar, or until then."""
    return bool(_SWEARS.search(sentence)) and any(each.kind == "date" for each in values_in(sentence, names=False))


__all__ = ["promised"]
