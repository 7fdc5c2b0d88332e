"""What a value is about, in the customer's words in front of it: "order 10482", "delivery date 4 May"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WORDS = 2
"""Words of a label; more say little and cost in every prompt."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|\S+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_JOINS = re.compile(r"\s*(?:,|;|&|\+|/|and|or|und|oder|et|ou|y)\s*(?:the\s+)?", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BETWEEN: Final = _set(
    "is was are were be been being will would should now to of by on at for from until till before after "
    'around about in number numbers no nr id code : # = - ( " “ the a an just currently only up down than '
    "says said reads read it it's that's its with as under over above below roughly approximately maximum "
    "minimum most least again instead rather actually really went goes go gone rose raised increased dropped "
    "lowered cut reduced changed moved set put out ist war am um bis von für ab auf nummer die der das den "
    "est le la du à es el de . near using back forward forth over off "
)
"""What may stand between a label and its value, and is no part of either."""
_NO_LABEL: Final = _set(
    "and but or because since when while if that this these those which who what where how why not never also "
    "too please thanks thank hello you your yours they them their she her his him our ours mine have has had "
    "having do does did done can could may might must shall need want like love get got getting give gave "
    "take took make made look see know think mean meant say tell told ask call come came use write check help "
    "let try hold keep find found there here then yes okay well very much more some any all both one two "
    "three new old other another same own i'm i'd i'll i've it's he's she's that's there's let's don't didn't "
    "isn't wasn't can't won't place stead stretch push pushed most live living "
    "regarding concerning sorry wait cancel return refund exchange track pay buy "
    "wrong right correct correction scratch swap replace change switch ich mein meine wir sie und aber nicht "
    "bitte typo typos rephrase restate earlier previously error mistake slip misread oops whoops meant nonsense bad "
    "precise exact apologies fingers "
)
_COPULA: Final = _set("is are was will should be : = now ist est es to ")
MANY: Final = _set(
    "order orders booking bookings invoice invoices ticket tickets parcel parcels package packages shipment "
    "item items article articles product products case cases claim claims payment payments transaction code "
    "number numbers price cost amount sum total fee bill receipt bestellung rechnung commande pedido "
    "appointment meeting visit "
)
"""Of these a customer has several: "my order is 10500" ends no other order."""
LOOSE: Final = MANY | _set("one date day time figure name person place address label slot reference ref")
"""Heads that say no more than the kind of a value does."""
_CHANGED = re.compile(
    r"\b(?:now|new|went|goes|rose|raised?|raising|increas\w+|dropp?\w*|lower\w*|cut|reduc\w+|chang\w+|mov\w+|switch\w*"
    r"|extend\w*|updat\w+|postpon\w+|reschedul\w+|no longer|any ?more|neue?[rs]?|jetzt|nouvea?u|nouvelle)\b",
    re.IGNORECASE,
)


_NEGATED = re.compile(r"\b(?:not|never|no|without|nicht|kein\w*|pas|ne)\b|n['’]t\b", re.IGNORECASE)
"""Before a label: "do not send 10482" must not become "send 10482"."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in front of a value."""

    words: str = ""
    """In the customer's own words; empty for none."""
    told: bool = False
    """Whether the value is said to be that, once and for all: "my budget is 300", "the budget went up to 300"."""

    @property
    def head(self) -> str:
        """The word that labels of the same thing share."""
        return head(self.words)

    @property
    def single(self) -> bool:
        """Whether a customer has one of it at a time."""
        return bool(self.words) and self.told and self.head not in MANY


def head(words: str) -> str:
    """Return the last word of a label, folded."""
    return words.rsplit(" ", 1)[-1].casefold()


def label_of(text: str, start: int, floor: int = 0) -> Label:
    """Return the label of a value.

    Args:
        text: The message.
        start: Where the value begins.
        floor: Where the value before it ends: what stands before that is about the other one.
    """
    clause = re.split(r"[.!?;\n](?:\s|\Z)|,\s", text[floor:start])[-1]
    tokens = _TOKEN.findall(clause)
    between: list[str] = []
    while tokens and tokens[-1].casefold() in _BETWEEN:
        between.append(tokens.pop().casefold())
    words: list[str] = []
    while tokens and len(words) < _WORDS and _WORD.fullmatch(tokens[-1]) and _names(tokens[-1]):
        words.insert(0, tokens.pop())
    if words and _NEGATED.search(" ".join(tokens)):
        return Label()
    told = bool(_COPULA & set(between)) or bool(_CHANGED.search(" ".join([*tokens, *between])))
    return Label(" ".join(words), told)


def joined(between: str) -> bool:
    """Whether what stands between two values only joins them: "orders 10482 and 10500"."""
    return bool(_JOINS.fullmatch(between))


def _names(word: str) -> bool:
    folded = word.casefold()
    return folded not in _NO_LABEL and folded not in _BETWEEN


__all__ = ["LOOSE", "MANY", "Label", "head", "joined", "label_of"]
