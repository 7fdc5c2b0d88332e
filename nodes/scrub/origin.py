"""Where a value of the vault comes from: a reply puts the customer's own values back, never what others wrote.

An address or a number in a note, in a product's name or in a model's imagination would otherwise reach the customer as
the desk's own word: "For your refund write to …". Such a value keeps a sign of its origin in the vault, so that the
origin lives and dies with the value, and no state that is rolled back can lose it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from frontdesk.nodes.scrub.placeholders import FOREIGN, is_foreign, label_of, scan

REMOVED: Final = "(removed)"
"""What a reply shows of such a value."""
REACHED = frozenset({"ADDRESS", "CARD", "EMAIL", "IBAN", "IP", "NUMBER", "PHONE"})
"""Labels of what somebody can be written to, called at or paid by. A name or a date of birth leads nobody anywhere."""


def bare(value: str) -> str:
    """Return a value of the vault without the sign of its origin."""
    return value.removeprefix(FOREIGN)


def marked(values: Mapping[str, str], own: Collection[str] = ()) -> dict[str, str]:
    """Return new values as the vault keeps them.

    Args:
        values: Placeholder to value.
        own: Placeholders of those that the customer said, or that the contract answers for.

    Returns:
        The same; those that others wrote and that lead somewhere (:data:`REACHED`) with the sign of their origin.
    """
    return {
        key: value if key in own or is_foreign(value) or label_of(key) not in REACHED else FOREIGN + value
        for key, value in values.items()
    }


def seen(known: Mapping[str, str]) -> dict[str, str]:
    """Return the vault's values for a search of what others wrote: theirs bare, so that each keeps its placeholder.

    The customer's own words, and the fields that a contract names, are searched with the vault as it is: what they say
    gets a placeholder of its own, whoever wrote it before. Where both hold a value, the customer's stays alone.
    """
    own = {value for value in known.values() if not is_foreign(value)}
    return {key: bare(value) for key, value in known.items() if not is_foreign(value) or bare(value) not in own}


def without_foreign(text: str, known: Mapping[str, str]) -> str:
    """Return a masked text with :data:`REMOVED` in place of each value that others wrote, however it is spelled."""
    kept, last = [], 0
    for mark in scan(text):
        if is_foreign(known.get(mark.key, "")):
            kept += [text[last : mark.start], REMOVED]
            last = mark.end
    return "".join([*kept, text[last:]])


__all__ = ["REACHED", "REMOVED", "bare", "is_foreign", "marked", "seen", "without_foreign"]
