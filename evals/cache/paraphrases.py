"""Paraphrases: several wordings of the same question, made by rule from templates of ours."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import permutations

from frontdesk.evals.cache.pairs import PRODUCTS

_OPENERS = ("", "", "Hi, ", "Please tell me ", "Could you tell me ", "Quick question: ", "Hello, ")
_ENDS = ("", "?", "?", " please?", "? Thanks", "??", ".")

_MEANINGS: dict[str, tuple[str, ...]] = {
    "warranty_length": (
        "how long is the warranty on a {p}",
        "how long is the guarantee on a {p}",
        "how long does the warranty on a {p} last",
        "what is the warranty period for a {p}",
        "for how many years is a {p} guaranteed",
        "{p} warranty how long",
    ),
    "assembly_cost": (
        "how much does it cost to assemble a {p}",
        "what does it cost to have a {p} assembled",
        "what is the price of {p} assembly",
        "how much is assembly of a {p}",
        "what's the cost of assembling a {p}",
        "how much would assembling a {p} be",
        "{p} assembly cost",
    ),
    "assembly_offer": (
        "do you offer assembly for a {p}",
        "do you have assembly for a {p}",
        "can you assemble a {p}",
        "could you assemble a {p}",
        "is it possible for you to assemble a {p}",
        "would you put together a {p} for me",
    ),
    "delivery_cost": (
        "how much is delivery of a {p}",
        "what does delivery of a {p} cost",
        "how much does {p} delivery cost",
        "what are the shipping fees for a {p}",
        "what is the price for shipping a {p}",
        "{p} delivery price",
    ),
    "delivery_time": (
        "how long does delivery of a {p} take",
        "how long does shipping of a {p} take",
        "how fast is delivery of a {p}",
        "how quickly do you deliver a {p}",
        "how many days does {p} delivery take",
        "when will a {p} get here if I order it",
    ),
    "choose_day": (
        "can I choose the day my {p} is delivered",
        "could I choose the day my {p} is delivered",
        "may I choose the day my {p} is delivered",
        "is it possible to pick the delivery day of my {p}",
        "can we choose the day our {p} is delivered",
        "can I pick the day for my {p} delivery",
    ),
    "invoice_company": (
        "can I get an invoice for a {p} made out to my company",
        "can I get an invoice for a {p} made out to my business",
        "could I get an invoice for a {p} made out to my company",
        "is a company invoice for a {p} possible",
        "can we get an invoice for a {p} made out to our company",
    ),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a question."""

    meaning: str
    """Two of the same meaning have the same answer."""
    text: str


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A question whose answer is kept, and another wording of it."""

    kept: Wording
    asked: Wording
    turn: int
    """Which of the wordings of its question is kept: of each question one, at a time."""


def paraphrases(count: int = 2000, seed: int = 5) -> list[Paraphrase]:
    """Return pairs of different wordings of the same question; some differ in case, greetings and punctuation only."""
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    pool = [
        (f"{meaning}:{thing}", wordings.index(one), one.format(p=thing), other.format(p=thing))
        for meaning, wordings in _MEANINGS.items()
        for thing in PRODUCTS
        for one, other in [*permutations(wordings, 2), *((w, w) for w in wordings)]
    ]
    found: dict[tuple[str, str], Paraphrase] = {}
    while len(found) < count:
        meaning, turn, one, other = draw.choice(pool)
        asked = _dressed(other, draw)
        if asked != one:
            found[one, asked] = Paraphrase(Wording(meaning, one), Wording(meaning, asked), turn)
    return list(found.values())


def _dressed(text: str, draw: random.Random) -> str:
    opener, end = draw.choice(_OPENERS), draw.choice(_ENDS)
    whole = f"{opener}{text}{end}"
    return whole[0].upper() + whole[1:] if draw.random() < 0.5 else whole


__all__ = ["Paraphrase", "Wording", "paraphrases"]
