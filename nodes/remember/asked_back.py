"""How customers ask for what was said or done before, as expressions; in English."""

from __future__ import annotations

import re

_LED = r"^\W*(?:(?:and|so|ok(?:ay)?|great|hi|hello|please|right|sorry|but|wait)\W+)*"
_SAYS = r"(?:sa(?:y|id)|t(?:ell|old)|g(?:ive|ave|iven)|mention(?:ed)?|named?|wr(?:ite|ote|itten)|explain(?:ed)?)"
_ASKED = r"(?:ask(?:ed|ing)?(?: you)? (?:about|for)|talk(?:ed|ing)?(?: to you)? about)"
SAID = re.compile(
    rf"\b(?:did|have|had) (?:i|we) (?:just |already |earlier )?(?:{_SAYS}|{_ASKED}|want to (?:spend|pay|have|buy))\b"
    rf"|\b(?:was i|were we) {_ASKED}"
    r"|\bremind me\b.{0,20}\b(?:what|which|how (?:much|many)|who)\b(?! (?:to|can|do|should)\b)"
    r"|\bdid [\w<>]+ promise (?:me|us)\b"
    rf"|{_LED}(?:what|which|who|how (?:much|many))\b.{{0,40}}\b(?:was|were)\b.{{0,40}}\b(?:i|we) (?:just |already )?"
    rf"(?:{_SAYS}|{_ASKED})\b",
    re.IGNORECASE,
)
"""What they said."""
MINE = re.compile(
    rf"{_LED}what(?:['’]s| is| was) (?:my|our) (?P<label>[^\W\d]+(?: [^\W\d]+)??)(?: again| now| currently)*\W*$",
    re.IGNORECASE,
)
"""The newest value that they called so: "what's my budget?"."""
DID = re.compile(
    rf"{_LED}(?:what|which\b.{{0,30}}) (?:did|have) (?:i|we|you) (?:just |already )?(?:return|cancel|chang|exchang)\w*"
    rf"|{_LED}(?:did|have) you (?:just |already |really |now )?(?:cancel|chang|return|exchang|register)\w*",
    re.IGNORECASE,
)
"""What was done for them."""
LAST_TIME = re.compile(
    rf"{_LED}(?:what|why)\b.{{0,60}}\b"
    r"(?:last time|last visit|when i was here before|in (?:my|our) last (?:chat|visit))\b",
    re.IGNORECASE,
)
"""What they came for."""
SOURCE = re.compile(
    rf"{_LED}where (?:can|could|do|would) (?:i|we|one) (?:read|look up) (?:that|this|it|more(?: about (?:that|it))?)\b"
    rf"|{_LED}where(?:['’]s| is| does| do you have) (?:that|this|it) (?:written|stand|say so|from|come from)\b",
    re.IGNORECASE,
)
"""Where our last answer is written."""
OF_ME = re.compile(
    r"\bdo you (?:still )?(?:know|remember|recall) (?:where|how|which|what|when|if|whether) (?:i|we|my|our)\b",
    re.IGNORECASE,
)
"""One thing that may be remembered of them."""
GOES_ON = re.compile(r"^\W*(?:and|what about)\b(?:\W+[\w<>]+){1,5}\W*$", re.IGNORECASE)
"""More of the same: "and for the hall?"."""
QUESTION = re.compile(
    r"\?|^\W*(?:what|which|who|when|where|why|how|can|could|do|does|did|is|are|will|would|may)\b", re.IGNORECASE
)
"""A message that states nothing."""

__all__ = ["DID", "GOES_ON", "LAST_TIME", "MINE", "OF_ME", "QUESTION", "SAID", "SOURCE"]
