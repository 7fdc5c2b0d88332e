"""Messages that only make sense after the one before: "what about 10915?", "and how long does it take?"."""

from __future__ import annotations

import re

LONGEST = 9
"""Words of an elliptical message at most; a longer one says what it is about."""
SHORT = 7
"""Words up to which a pronoun alone makes a message lean on the one before."""

_LEAD = re.compile(
    r"^\W*(?:(?:ok|okay|thanks|great|good|right|fine|sure)\W+)*"
    r"(?:and|or|also|but|then|so|what about|how about|what if|same (?:\w+ )?(?:for|with)"
    r"|und|oder|et|ou|y|o|e|en|ed)\b",
    re.IGNORECASE,
)
_ASKS_ME = re.compile(
    r"^\W*(?:how|where|when|who|which)\b(?!.*\b(?:is|are) (?:it|that|this|they)\b)"
    r"|^\W*(?:can|could|do|may|must|should) i\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\b(?:it|its|that|this|they|them|those|these|there|one)\b", re.IGNORECASE)
_FOR_THAT = re.compile(r"\b(?:for|with|about|on|of)\s+(?:that|it|them|this|those)\W*$", re.IGNORECASE)
_COSTS = re.compile(
    r"^\W*(?:what|how much) (?:do|does|did|will|would) (?:it|that|this|they|those) cost\W*$", re.IGNORECASE
)
_NEW = re.compile(r"^\W*(?:what|how) about\b", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|or|but)\s+)+(?:for|on|in|with|without|to|from|at|by|after|before)\b(?:\W+\w+){1,4}\W*$"
    r"|^\W*(?:und|oder|et|ou|y|o|e|en)\s+(?:was ist mit|für|bei|mit|in|im|am|pour|avec|à|para|con|per|voor|met|em)\b"
    r"(?:\W+\w+){1,4}\W*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^\W*(?:and|or|what about|how about)\s+(?:(?:the|my|any|all)\s+)*(?:\w+\s+)?ones?\W*$"
    r"|^\W*(?:and|or)\s+which\s+(?:ones?|of them)\b(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)
_VALUE = re.compile(r"#?\d[\d-]*|<[A-Z_]+_\d+>|[A-Z]{1,4}-\d+")
_EMPTY = (
    "and or also but then so what about how if same for with the a an my order orders number no nr is it one please"
)
_WITHOUT = frozenset(_EMPTY.split())


def names_only_a_value(text: str) -> bool:
    """Tell whether a message holds numbers or placeholders and nothing of its own: "what about order 10915?"."""
    rest = _VALUE.sub(" ", text)
    return rest != text and not set(re.findall(r"[a-z']+", rest.casefold())) - _WITHOUT


def continues(text: str) -> bool:
    """Tell whether a message leans on the one before: it begins like a continuation, or is no more than a value."""
    return names_only_a_value(text) or (len(text.split()) <= LONGEST and bool(_LEAD.search(text)))


def is_fragment(text: str) -> bool:
    """Tell whether a message has no verb of its own: "and for sofas?", "and the cancelled ones?"."""
    return bool(_FRAGMENT.match(text) or _OTHERS.match(text))


def points_back(text: str) -> bool:
    """Tell whether a message begins like a continuation and names its subject by a pronoun."""
    return continues(text) and bool(_POINTS.search(text)) and not _NEW.search(text)


def has_pronoun_only(text: str) -> bool:
    """Tell whether a short message names its subject by a pronoun: "how long are they valid"."""
    return len(text.split()) <= SHORT and bool(_POINTS.search(text))


def asks_about_that(text: str) -> bool:
    """Tell whether a message asks something of what was said before: "do I need it for that?", "what does it cost?"."""
    short = len(text.split()) <= LONGEST
    return short and bool(_FOR_THAT.search(text) or (_COSTS.match(text) and _POINTS.search(text)))


def asks_more(text: str) -> bool:
    """Tell whether such a message asks how, where or when, or what the customer may do: "how do I ask for it"."""
    return has_pronoun_only(text) and bool(_ASKS_ME.search(text))
