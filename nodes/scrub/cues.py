"""Words that announce a value: a list of phrases, searched as one pattern, skipped where none occurs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.nodes.scrub.view import View

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Cues:
    """Phrases of one meaning."""

    pattern: str
    """Regular expression without groups; between the words of a phrase a space, a dash, an apostrophe or nothing."""
    words: frozenset[str]
    """The first word of each phrase: a text without any of them has no phrase."""

    def announced(self, pattern: re.Pattern[str], view: View) -> Iterator[re.Match[str]]:
        """Yield where ``pattern``, which starts with ``self.pattern``, matches: tried at the first words alone."""
        low = view.low
        for word in self.words & view.words:
            at = low.find(word)
            while at >= 0:
                if not low[at - 1 : at].isalnum() and (found := pattern.match(view, at)):
                    yield found
                at = low.find(word, at + len(word))


def cues(phrases: str) -> Cues:
    """Return the cues of a list of phrases, separated by commas; lower case, matched in any case by the caller."""
    listed = sorted({phrase.strip() for phrase in phrases.split(",") if phrase.strip()}, key=len, reverse=True)
    patterns = [r"[ \-'’.]{0,2}".join(map(re.escape, _WORD.findall(phrase))) for phrase in listed]
    firsts = {_WORD.findall(phrase)[0] for phrase in listed}
    # "steuer-id" is also written in one word.
    glued = {"".join(_WORD.findall(phrase)) for phrase in listed}
    return Cues(rf"\b(?:{'|'.join(patterns)})", frozenset(firsts | glued))


LINK = (
    r"(?:[ \-](?:number|nummer|no\.?|nr\.?|n°|num[ée]ro|n[úu]mero|numero|card|code|is|was|ist|war|lautet|est|es|è"
    r"|é|of|mine"
    r"|my|the|de|id|for|holder|with|ending|issued|will|be|now|currently)(?!\w))*\s?[:#=\-]?\s{0,2}(?:n[°ºo]\.? ?)?"
    r"[\"'(]?(?<!\w)"
)
"""What may stand between a cue and its value."""
