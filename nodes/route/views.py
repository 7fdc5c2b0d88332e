"""The part of a message that says what is wanted: without a greeting before it and a reason behind it.

"Hi, where is my order" greets by the way; in "return order 10482, the pan is cracked" the second half is the reason.
"""

from __future__ import annotations

import re

from frontdesk.nodes.route.joints import asks

LEAST = 3
"""Words that the wanted part has at least."""
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|hallo|guten tag|guten morgen|moin|bonjour|salut"
    r"|bonsoir|hola|buen[oa]s (?:días|tardes|noches)|ciao|buongiorno|goedendag|olá|bom dia)"
    r"(?: (?:there|again|team|all))?[\s,.!]+",
    re.I,
)
_REASON = re.compile(r"^(?P<wish>[^,?!.;]+),\s+(?P<rest>[^?]+)$")


def wanted_part(text: str) -> str:
    """Return the words of a message that say what is wanted; empty where that is all of it, or not plain."""
    part = _GREETING.sub("", text, count=1)
    match = _REASON.match(part)
    if match and asks(match["wish"]) and not asks(match["rest"]):
        part = match["wish"]
    return part if part != text and len(part.split()) >= LEAST else ""


__all__ = ["LEAST", "wanted_part"]
