"""Words with which people correct themselves, and how far back each of them reaches."""

from __future__ import annotations

import re

from frontdesk.nodes.remember.values import Span

RECENT = 2
"""Turns back in which a mere "no, …" or "sorry, …" finds what it corrects."""
REACH = 12
"""Turns back in which words that can only be a correction find it."""
_NEAR = 5
"""Words between "no," and the value that it corrects."""
_SHORT = 18
"""Words of a message in which "sorry" anywhere may be a correction; a longer one tells a story."""

_SLIPS = (
    r"oops|whoops|typos?|mis(?:typed|spoke|read|said|took|wrote|spelled|spelt|dialled|stated|heard|remembered|counted)"
    r"|mistake|confus\w+|mix(?:ed|ing)?(?: \w+){0,2} up|messed up|correction|scratch that|strike that|nonsense|my bad"
    r"|fat fingers?|out of habit"
)
CUE = re.compile(
    r"\b(?:not|nope?|instead|rather|swap\w*|chang\w+|replac\w+|switch\w*|exchang\w+|wrong\w*|incorrect\w*|slip\w*"
    r"|mis\w+|error|meant?|moved?|moving|forget|scratch|strike|ignore|drop|scrap|correct\w*|sorry|apolog\w+"
    r"|actually|no longer|any ?more|used to|should (?:be|have been|read)|hang on|wait|said|say(?:ing)?|told|wrote"
    r"|supposed|in (?:the )?place of|in lieu of|please read|turns? out|these days|nowadays|belongs? to|old one"
    rf"|(?:is|are) (?:off|out|wrong)|can['’]?t make it|{_SLIPS}"
    r"|nein|nicht|sondern|statt|falsch|korrektur|meinte|doch|pas|plutôt|au lieu|erreur|perdón|sino)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""Words of which one has to stand beside a value that is known and another of its kind that is new."""
_STRONG = re.compile(
    r"\b(?:i (?:really |actually |of course )?mean(?:t)?|meant to (?:say|write|type)|what i meant"
    r"|my (?:mistake|error)|(?:got|had|have) (?:it|that|this|one|them) wrong|what i (?:just )?said"
    r"|wrong (?:one|number|date|day|week|time|amount|figure|price|name|person|address|place|code|label|order)"
    r"|(?:it|that) should (?:be|have been|read)"
    r"|(?:is|was) the (?:right|correct) (?:one|number|date|day|time|amount|figure|price|name|person|address|code|order)"
    r"|the (?:right|correct) (?:one|number|date|day|time|amount|figure|price|name|person|address|code|order) (?:is|was)"
    r"|(?:make|change|set|raise|lower|increase|reduce|move|push|bring|bump|cut|switch) (?:it|that)"
    r"|that (?:day|date|time|slot) (?:does(?:n['’]?t| not)|won['’]?t|will not|isn['’]?t|is not|no longer)"
    r"|(?:let['’]?s|better|rather) (?:say|make)|double[- ]check\w*"
    r"|(?:check|look|read)(?:ed|ing)?(?: \w+){0,4} again|turns? out|can only (?:do|make)|off by (?:a|one) \w+"
    r"|(?:letter|digit|figure|number)s? (?:was|were|is|are) (?:wrong|off)"
    r"|let me (?:correct|fix|rephrase|restate|put)|on second thoughts?|chang\w+ (?:of|my|our|the) (?:plans?|mind)"
    rf"|in fact|to be (?:exact|precise)|{_SLIPS}"
    r"|ich meine?te?|korrektur|vielmehr|je voulais dire|quise decir)\b"
    r"|\A\s*\*",
    re.IGNORECASE,
)
"""Only a correction is worded like this; an asterisk is what chats put before one."""
_WEAK = re.compile(
    r"(?:\A|[.!?,;]\s+|-\s)\W*(?:(?:oh|ah|hm+|ok(?:ay)?|well|hi|hey|hello|by the way)[, ]+)*"
    r"(?:no|nope|nah|sorry|apologies|actually|wait|hang on|hold on|rather|nein|non)\b[\s,.:;!-]*",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:but|about|and)\b|[.?!]\s"
    r"|\A\W*(?:is|are|was|were|can|could|do|does|did|has|have|will|would|where|what|when|how|why|which)\b",
    re.IGNORECASE,
)
"""Between "sorry" and a value: the one says nothing of the other."""
_AFTER = re.compile(
    r"\A\W*(?:[^.!?]{0,40}[,.;!-]\s+)?(?:sorry|apologies|my bad|actually|after all|instead|rather|of course|silly me)\b"
    r"|\A\W*(?:i mean|actually|after all|instead|(?:is|was) (?:the )?(?:right|correct))\b",
    re.IGNORECASE,
)
"""Said behind the value: "10483, sorry", "10483 is correct"."""
_AND = re.compile(r"\b(?:and|while|whereas)\b", re.IGNORECASE)
JOINS = re.compile(
    r"\b(?:also|as well|too|another|besides|both|additionally|in addition|second (?!thoughts?\b)|other one|further"
    r"|likewise|auch|noch|aussi|también|same (?:goes|for|with))\b",
    re.IGNORECASE,
)
"""What is said like this comes beside the old value, not in its place."""
LIMIT = re.compile(
    r"\b(?:stretch (?:it )?(?:up )?to|(?:most|maximum|max) (?:that )?(?:i|we)(?:['’]d| would| can| could|['’]ll| will)?"
    r" (?:pay|spend|afford|go|manage)|(?:go|spend|pay) (?:as high as|up to|no more than)|can (?:just |only )?afford)\b",
    re.IGNORECASE,
)
"""A budget without the word."""


def reach(text: str, span: Span) -> int:
    """Return how many turns back a correction of a value may reach; 0 where the message is none."""
    if _STRONG.search(text):
        return REACH
    for cue in _WEAK.finditer(text[: span.start]):
        between = text[cue.end() : span.start]
        if len(between.split()) <= _NEAR and not _OTHERWISE.search(between):
            return RECENT
    short = len(text.split()) <= _SHORT and "?" not in text
    return RECENT if short and _AFTER.search(text[span.end :]) else 0


def replaces(text: str, one: Span, other: Span) -> bool:
    """Whether a message that has a known value and a new one puts the one in the other's place."""
    first, second = sorted((one, other), key=lambda span: span.start)
    apart = _AND.search(text[first.end : second.start]) is not None
    return bool((_STRONG if apart else CUE).search(text)) and not JOINS.search(text)


__all__ = ["CUE", "JOINS", "LIMIT", "REACH", "RECENT", "reach", "replaces"]
