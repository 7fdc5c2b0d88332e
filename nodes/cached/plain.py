"""Questions as plain words: what may be cached at all, and when two texts are the same."""

from __future__ import annotations

import re
from unicodedata import category, normalize

LONGEST = 200
"""Characters of a question at most: a longer one tells a story, which nobody else will tell in the same words."""
_SIGNS = frozenset(" .,?!'’\"-:;/&%+()€£$")
_CONTRACTIONS: tuple[tuple[str, str], ...] = (
    (r"\b(?:can't|cannot)\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"\bshan't\b", "shall not"),
    (r"\b(\w+)n't\b", r"\1 not"),
    (r"\b(?:i'm)\b", "i am"),
    (r"\b(\w+)'re\b", r"\1 are"),
    (r"\b(\w+)'ve\b", r"\1 have"),
    (r"\b(\w+)'ll\b", r"\1 will"),
    (r"\b(i|you|he|she|we|they)'d\b", r"\1 would"),
    (r"\b(what|where|when|who|how|it|that|there|he|she)'s\b", r"\1 is"),
    (r"\bdont\b", "do not"),
    (r"\b(?:doesnt)\b", "does not"),
    (r"\b(?:whats)\b", "what is"),
)
_NEGATIONS = re.compile(r"\b(?:no|not|never|none|nothing|without|neither|nor|kein\w*|nicht|ohne|pas|sans|sin)\b")
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|\^?[^\W\d_]+|[%€£$+,]")
_NAMES = frozenset(["us", "polish", "turkey", "china", "bath", "jersey", "cork"])
_CASED = _NAMES | frozenset(["it", "may", "march", "reading", "nice", "who", "aids", "will", "mark", "rose"])
"""Words that name something else when they begin with a capital: "do you ship to us", "to the US"."""


def is_plain(text: str) -> bool:
    """Tell whether a text is one line of ordinary signs, so that nothing in it is lost when it is normalised.

    A text that hides something between its letters would otherwise be the same as one that does not.
    """
    if not 1 <= len(text.strip()) <= LONGEST or normalize("NFKC", text) != text:
        return False
    return all(char in _SIGNS or category(char)[0] == "L" or char in "0123456789" for char in text)


def normal(text: str) -> str:
    """Return a text as its words and numbers: without case, punctuation, contractions and spacing.

    Kept are signs that change a meaning: percent, currencies, plus, separators within a number, and commas where the
    text negates something. Of a word that means another thing as a name, its capital is kept as a ``^``.
    """
    flat = text.replace("’", "'")
    # not folded: in German "Maße" are dimensions, and "Masse" is a weight
    small = _cased(flat).lower().replace("&", " and ")
    for pattern, words in _CONTRACTIONS:
        small = re.sub(pattern, words, small)
    commas = bool(_NEGATIONS.search(small))
    return " ".join(piece for piece in _TOKEN.findall(small) if piece != "," or commas)


def _cased(text: str) -> str:
    """Put ``^`` before words of :data:`_CASED` with a capital that the beginning of a sentence does not explain."""
    begins = True
    parts: list[str] = []
    for piece in re.findall(r"[^\W\d_]+|[\W\d_]+", text):
        word = piece[0].isalpha()
        known = _NAMES if begins and not piece.isupper() else _CASED
        named = word and piece[0].isupper() and piece.casefold() in known
        parts.append(f"^{piece}" if named else piece)
        begins = False if word else begins or bool(re.search(r"[.!?:;\"(]", piece))
    return "".join(parts)


__all__ = ["LONGEST", "is_plain", "normal"]
