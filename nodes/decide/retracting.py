"""The customer takes back what they said yes to and what waits for a second person. Pure."""

from __future__ import annotations

import re

from frontdesk.nodes.decide.answers import bare_answer, is_drop, is_drop_all
from frontdesk.nodes.decide.declining import declines

_BACK = re.compile(
    r"\bchanged? my mind\b|\b(?:take|took) (?:it|that|this|everything) back\b|\bwithdraw\b"
    r"|\b(?:do not|don't|dont|no longer) (?:want|need|wish)\b"
    r"|\b(?:do not|don't|dont|not) (?:\w+ ){0,8}(?:after all|any ?more|any longer)\b"
    r"|\b(?:stop|cancel|drop|scrap|revoke|forget)(?: \w+){0,2} (?:request|approval|cancellation|refund|return|exchange"
    r"|change|one)\b"
    r"|\b(?:leave|keep) (?:it|my|the)(?: \w+){0,3} (?:alone|as (?:it|they) (?:is|are|was|were))\b"
    r"|\bdo(?: not|n't) (?:do|make|go|carry|refund|cancel|return|exchange|change) (?:it|that|this|ahead)\b"
    r"|\bdoch nicht\b|\bdoch kein\w*\b|\bzurück(?:ziehen|nehmen)\b|\b(?:ziehe|nehme)\b.{0,40}\bzurück\b",
    re.I,
)
_NUMBER = re.compile(r"\b\d{3,}\b")


def takes_back(text: str) -> bool:
    """Tell whether a message, while something waits for a second person, says that it is not wanted any more.

    Rather too often than too seldom: what is taken back was not done yet, and the customer is told so.

    Args:
        text: The customer's (masked) message.
    """
    plain = text.replace("’", "'")
    if plain.rstrip().endswith("?"):
        return False
    refuses = is_drop(text) or is_drop_all(text) or bare_answer(text) == "no" or declines(text)
    return refuses or _BACK.search(plain) is not None


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers that a message names, such as an order's: only calls about these are meant."""
    return frozenset(_NUMBER.findall(text))


__all__ = ["numbers_in", "takes_back"]
