"""A no in other words than a bare one: "no ffs, I changed my mind", "hmm, not now", "yes. no wait, stop".

Only where a change waits for a yes: to leave everything as it was is the harmless reading of doubt, so it may be wider
than a yes ever is. A message that names anything of its own (an item, a reason, a number, another request) is none.
"""

from __future__ import annotations

import re

_REPEATED = re.compile(r"([a-z])\1{2,}|(?<=no)o+\b")
_REFUSALS = (
    r"no+(?:pe)?|nah+|n|stop(?: (?:it|that))?|do(?:n'?t| not)(?: (?:do|want) (?:it|that|this))?|wrong"
    r"|not (?:now|yet|today)"
    r"|rather not|better not|(?:keep|leave) (?:it|that|everything|(?:the|my) (?:old|current|same) \w+|(?:the|my) \w+)"
    r"(?: as (?:it|they) (?:is|was|are|were))?|(?:forget|drop|skip|leave) (?:about )?(?:it|that|this|(?:the|my) \w+)"
    r"(?: alone)?|never ?mind|cancel that|nein|lieber nicht|abbrechen|non|não|nee|no quiero|bitte nicht|pas maintenant"
)
_FILLERS = (
    r"yes|yeah|yep|ok(?:ay)?|right|well|hm+|uh+|um+|oh|ah+|argh|ugh|ffs|wtf|god|damn|jesus|please|pls|thanks?|thank you"
    r"|wait|hang on|hold on|actually|sorry|but|and|so|then|just|for (?:now|today)|now|at all|after all|too|as well|also"
    r"|maybe|later|again|(?:i(?:'ve| have)? )?changed my mind|i (?:said|think)|man|mate|merci|danke|gracias|grazie"
    r"|obrigad[oa]|bitte|please do|i(?:'d| would)?|with (?:it|that)"
)
_REFUSAL = re.compile(rf"(?:{_REFUSALS})(?=\W|$)", re.I)
_WHOLE = re.compile(rf"(?:(?:{_REFUSALS}|{_FILLERS})(?:[\s,.!…–-]+|$))+", re.I)
_LAST_YES = re.compile(r"\b(?:yes|yeah|yep|do it|go ahead)\W*$", re.I)
_ALSO = re.compile(
    r"\b(?:forget|drop|skip|leave|no to)\s+(?:about\s+)?(?:the|my|that)\s+\w+\s+(?:too|as well|also)\W*$", re.I
)


def declines(text: str) -> bool:
    """Tell whether a message, as the answer to a proposal, says no: it holds a refusal and nothing else of substance.

    Args:
        text: The customer's (masked) message.
    """
    said = _REPEATED.sub(r"\1", " ".join(text.replace("’", "'").split()).casefold()).lstrip(" ,.!…–-")
    if not said or "?" in said or len(said) > 80:
        return False
    return bool(_WHOLE.fullmatch(said) and _REFUSAL.search(said)) and not _LAST_YES.search(said)


def declines_the_rest(text: str) -> bool:
    """Tell whether such a no gives up what waits behind the proposal as well: "no, and forget the exchange too"."""
    return bool(_ALSO.search(text))


__all__ = ["declines", "declines_the_rest"]
