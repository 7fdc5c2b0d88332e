"""Values times disguises: each disguise with several values, drawn with a fixed seed, so that a run repeats."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.nodes.scrub.obfuscation.cases import Case
from tests.nodes.scrub.obfuscation.disguises import DISGUISES

VALUES = {
    "card": (
        "4111 1111 1111 1111", "5555 5555 5555 4444", "3782 822463 10005", "6011 1111 1111 1117", "4012 8888 8888 1881",
        "5105 1051 0510 5100", "4929 3813 3266 4295", "6759 6498 2643 8453", "3530 1113 3330 0000",
    ),
    "iban": (
        "DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32", "ES91 2100 0418 4502 0005 1332",
        "NL91 ABNA 0417 1643 00", "BE68 5390 0754 7034", "AT61 1904 3002 3457 3201", "CH93 0076 2011 6238 5295 7",
    ),
    "phone": (
        "+44 20 7946 0958", "0171 2345678", "(415) 555 2671", "+33 6 12 34 56 78", "+34 612 345 678", "020 7946 0018",
        "+39 347 123 4567", "06 1234 5678", "+351 912 345 678",
    ),
    "national id": (
        "460 89 9847", "36 574 261 809", "2 95 10 99 126 111 93", "046 454 286", "440514 01359", "943 476 5919",
        "756 9217 0769 85", "2341 2341 2346", "390 533 447 05",
    ),
    "long number": ("8842 1907 33", "902 117 4435", "7719 0028 4410", "55 0192 8833"),
}  # fmt: skip
"""Made up; cards, accounts and identity numbers pass their checks."""
PER_DISGUISE = 12
_NUMERALS = ("words", "digits", "for 0", "for 1", "for 5", "for 8", "keycaps", "double and triple")
_IBAN_ENDS = ("words", "double and triple", "Chinese", "then", "dann", "puis", "luego", "poi", "depois", "accents")
"""Disguises that nobody writes an account with: its letters stay and its digits are spelled."""


def cases() -> Iterator[Case]:
    """Yield the same cases at each call."""
    order = random.Random(20)
    pairs = [(kind, value) for kind, values in VALUES.items() for value in values]
    for disguise, write in DISGUISES.items():
        drawn = [pair for pair in order.sample(pairs, len(pairs)) if _fits(disguise, *pair)]
        for kind, value in drawn[:PER_DISGUISE]:
            groups = value.replace("(", "").replace(")", "").split()
            text = write(groups)
            marked = text if "⟦" in text else f"⟦{text}⟧"
            yield Case.of(kind, disguise, f"here: {marked}" if order.random() < 0.5 else marked)


def _fits(disguise: str, kind: str, value: str) -> bool:
    replaced = disguise.rpartition("for ")[2] if " for " in disguise else ""
    if replaced and replaced not in value:
        return False
    return kind != "iban" or not any(word in disguise for word in _IBAN_ENDS)
