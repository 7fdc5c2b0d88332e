"""Adversarial pairs: two questions that look alike and have different answers, made by rule from templates of ours."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

PRODUCTS = "sofa bed lamp desk chair table wardrobe mattress mirror rug bookcase cupboard curtain stool bench".split()  # noqa: SIM905
PLACES = "Germany Ireland Scotland France Bristol Leeds York Cork Galway Manchester London Wales".split()  # noqa: SIM905
MATERIALS = "oak walnut pine leather velvet marble glass brass linen".split()  # noqa: SIM905
NUMBERS = "2 3 5 7 10 12 14 15 20 28 30 50 60 90 100 four six eleven forty couple".split()  # noqa: SIM905
TIMES = (
    "today tomorrow tonight now monday saturday sunday christmas easter weekdays weekends december".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One question whose answer is kept, and one that must not get it."""

    kind: str
    """In what they differ, as a closed word."""
    kept: str
    asked: str
    kept_at: tuple[tuple[str, str], ...] = ()
    asked_at: tuple[tuple[str, str], ...] = ()
    """What differs in the world around them (:mod:`frontdesk.evals.cache.world`); nothing for the usual one."""


_SLOTS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "number": (
        NUMBERS,
        (
            "can I return a {p} within {x} days",
            "is there a discount for {x} {p}s",
            "does the warranty on a {p} last {x} years",
            "how long does it take to deliver {x} {p}s",
            "what does it cost to assemble {x} {p}s",
            "is delivery free from {x} euros",
        ),
    ),
    "entity": (
        PRODUCTS,
        (
            "how long is the warranty on a {x}",
            "how much does delivery of a {x} cost",
            "can you assemble a {x}",
            "do you take away an old {x}",
            "can I choose the day my {x} is delivered",
            "what does it cost to have a {x} built",
        ),
    ),
    "place": (
        PLACES,
        ("do you deliver to {x}", "how much is delivery of a {p} to {x}", "where is your shop in {x}"),
    ),
    "material": (MATERIALS, ("how do I clean {x}", "is the {p} made of {x}", "how long is the warranty on {x} {p}s")),
    "time": (
        TIMES,
        (
            "do you deliver {x}",
            "can the {p} come {x}",
            "is the shop open on {x}",
            "can I change the appointment for my {p} {x}",
        ),
    ),
    "modality": (
        "can must should do".split(),  # noqa: SIM905
        ("{x} I register the {p} for the warranty", "{x} we be at home for the {p}", "{x} customers assemble the {p}"),
    ),
    "kind": (
        ["when", "where", "how long", "how much", "why", "who"],
        ("{x} do you assemble a {p}", "{x} is the {p} delivered", "{x} is the warranty on a {p}"),
    ),
    "limit": (
        ["how soon", "how long", "when", "how often"],
        ("{x} can I return a {p}", "{x} must I register a {p}", "{x} can you deliver a {p}"),
    ),
    "person": (
        ["I", "you", "my husband", "they", "a neighbour", "customers", "your drivers"],
        ("can {x} collect the {p}", "do {x} pay for the {p} delivery", "must {x} carry the {p} upstairs"),
    ),
    "relation": (
        ["with", "without", "before", "after", "instead of", "except", "from", "to"],
        (
            "can I return a {p} {x} the box",
            "is delivery free {x} assembly of the {p}",
            "can I pay {x} delivery of a {p}",
        ),
    ),
    "antonym": (
        ["open", "close", "start", "stop", "keep", "return", "buy", "sell", "include", "exclude", "accept", "refuse"],
        ("when do you {x} the {p} service", "can I {x} the {p} offer", "do you {x} the {p} warranty"),
    ),
    "degree": (
        ["cheap", "expensive", "large", "small", "new", "old", "damaged", "undamaged", "available", "unavailable"],
        ("is the {x} {p} covered by the warranty", "do you assemble a {x} {p}", "what does a {x} {p} cost"),
    ),
}
_NEGATED = (
    ("does the warranty cover the {p}", "does the warranty not cover the {p}"),
    ("is the {p} covered", "isn't the {p} covered"),
    ("do you deliver the {p} upstairs", "don't you ever deliver the {p} upstairs"),
    ("which {p}s can be returned", "which {p}s can't be returned"),
    ("is a {p} with scratches covered", "is a {p} without scratches covered"),
    ("can I pay for the {p} now", "can I never pay for the {p} now"),
    ("no, is the {p} free", "is no {p} free"),
    ("is assembly of a {p} included", "is assembly of a {p} excluded"),
    ("do all {p}s have a warranty", "do no {p}s have a warranty"),
    ("no, refunds for a {p} possible?", "no refunds for a {p} possible?"),
)
_SWAPPED = (
    "can I exchange a {p} for a {q}",
    "do you deliver the {p} before the {q}",
    "is a {p} cheaper than a {q}",
    "can I take the {p} instead of the {q}",
    "does the {p} come with a {q}",
    "can I keep the {p} and return the {q}",
    "do you put the {p} on the {q}",
    "is the {p} not the {q} covered",
    "how much is a {p} {q}",
    "is a {p} better for a {q}",
)
_CASED = (
    ("do you deliver the {p} to us", "do you deliver the {p} to the US"),
    ("how do I care for a polish {p}", "how do I care for a Polish {p}"),
    ("is the {p} from turkey", "is the {p} from Turkey"),
)
_WORLDS = (
    ("tenant", "other"),
    ("audience", "customer"),
    ("locale", "de"),
    ("version", "edited"),
    ("day", "later"),
    ("prompt", "changed"),
    ("model", "other"),
    ("desk", "changed"),
)


def _slotted(kind: str) -> Iterator[Pair]:
    values, templates = _SLOTS[kind]
    for template, thing, (one, other) in product(templates, PRODUCTS, combinations(values, 2)):
        if "{p}" in template or thing == PRODUCTS[0]:
            yield Pair(kind, template.format(x=one, p=thing), template.format(x=other, p=thing))


def _all() -> dict[str, list[Pair]]:
    found = {kind: list(_slotted(kind)) for kind in _SLOTS}
    for kind, pairs in (("negation", _NEGATED), ("case", _CASED)):
        found[kind] = [Pair(kind, a.format(p=p), b.format(p=p)) for (a, b), p in product(pairs, PRODUCTS)]
    found["order"] = [
        Pair("order", text.format(p=p, q=q), text.format(p=q, q=p))
        for text, (p, q) in product(_SWAPPED, combinations(PRODUCTS, 2))
    ]
    questions = [pair.kept for pair in found["entity"]]
    for name, value in _WORLDS:
        found[name] = [Pair(name, text, text, (), ((name, value),)) for text in dict.fromkeys(questions)]
    return found


def adversarial(most: int = 150, seed: int = 5) -> list[Pair]:
    """Return pairs of every kind, at most so many of each, and each of them both ways round.

    Args:
        most: Pairs per kind and direction.
        seed: Of the sample.
    """
    chosen: list[Pair] = []
    draw = random.Random(seed)  # noqa: S311 - a sample, no secret
    for _, pairs in sorted(_all().items()):
        some = pairs if len(pairs) <= most else draw.sample(pairs, most)
        back = (
            replace(one, kept=one.asked, asked=one.kept, kept_at=one.asked_at, asked_at=one.kept_at) for one in some
        )
        chosen += [*some, *back]
    return chosen


__all__ = ["PRODUCTS", "Pair", "adversarial"]
