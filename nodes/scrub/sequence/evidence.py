"""A sober second look at what a model takes for a name: pure rules, whichever model it was.

The models learn what names look like; these rules know what they cannot: that a German noun has a capital too, that
"the Berlin shop" is a shop, that DHL is nobody. They only take away: the words at the edges that belong to no name, and
whole runs. Right after a word that announces a name they take nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from frontdesk.nodes.scrub.sequence.cuewords import (
    ARTICLES,
    INSIDE,
    LOOKS,
    OF_PEOPLE,
    PARTICLES,
    POSSESSIVES,
)
from frontdesk.nodes.scrub.sequence.language import ENGLISH, FUNCTION_WORDS, UNKNOWN, guess
from frontdesk.nodes.scrub.sequence.proper import BRANDS, DAYS, GIVEN, GREETINGS, PLACES
from frontdesk.nodes.scrub.sequence.reading import Listed, Reading
from frontdesk.nodes.scrub.sequence.tokens import pieces, tokens

Run = tuple[int, int]
"""First word of a run, and the one after its last."""

_LETTERS = re.compile(r"[^\W\d_]")
_SHORTEST, _UNIT = 3, 4
"""Letters of a noun at least, and of a unit at most."""
_ELIDING, _ELIDED = ("fr", "it"), ("l'", "l’", "dell'", "dell’", "all'", "all’", "un'", "un’")
"""Languages whose articles melt into a noun, and how."""
_ENOUGH = 3
"""Words that tell a language: "Ai Desimone" is an answer, not French."""


def sober_spans(text: str, spans: Iterable[tuple[int, int]], listed: Listed) -> Iterator[tuple[int, int]]:
    """Yield what is left of spans of text taken for names.

    Args:
        text: Normalised.
        spans: Start and end, exclusive.
        listed: Lists of a lower-case word.
    """
    wanted = sorted(spans)
    for part in pieces(tokens(text)) if wanted else ():
        runs = []
        for start, end in wanted:
            inside = [at for at, token in enumerate(part) if token.start < end and start < token.end]
            if inside:
                runs.append((inside[0], inside[-1] + 1))
        for first, last in sober([token.text for token in part], runs, listed):
            yield part[first].start, part[last - 1].end


def sober(words: Sequence[str], runs: Iterable[Run], listed: Listed) -> Iterator[Run]:
    """Yield what is left of runs of words taken for names.

    Args:
        words: A text cut by ``tokens``.
        runs: Places in ``words``.
        listed: Lists of a lower-case word.
    """
    found: Reading | None = None
    for first, last in runs:
        if found is None:
            low = [word.lower() for word in words]
            enough = sum(word[0].isalpha() for word in low) >= _ENOUGH
            found = Reading(words, low, listed, guess(low) if enough else UNKNOWN)
        left = _sobered(found, first, last)
        if left:
            yield left


def _sobered(text: Reading, first: int, last: int) -> Run | None:
    if text.announced(first):
        return first, last
    first, last = _trimmed(text, first, last)
    if first == last or any(rule(text, first, last) for rule in (_unit, _nobody, _thing)):
        return None
    foreign = text.language not in (ENGLISH, UNKNOWN)
    return None if foreign and not _evident(text, first, last) else (first, last)


def _trimmed(text: Reading, first: int, last: int) -> Run:
    """Take words off both ends: function words, common ones, and small letters beside capitals."""
    if last - first == 1 and not text.capital(first) and text.language in (ENGLISH, UNKNOWN):
        return first, last  # the thresholds ask more of such a word
    mixed = any(text.capital(at) for at in range(first, last))
    plain = all(text.plain(at) or not _LETTERS.match(text.words[at]) for at in range(first, last))

    def off(at: int, *, leading: bool) -> bool:
        word, low = text.words[at], text.low[at]
        if not _LETTERS.match(word) or (text.language in _ELIDING and low.startswith(_ELIDED)):
            return True
        if low in PARTICLES and (leading and at + 1 < last):
            return text.opening(at) and not text.capital(at + 1)
        if low in FUNCTION_WORDS and (text.language in FUNCTION_WORDS[low] or not text.capital(at)):
            # "Will", "An" and "May" open English names; the model has seen what follows.
            return not (text.capital(at) and text.language == ENGLISH and set("fl") & set(text.listed(low)))
        if (
            not leading
            and at > first
            and text.capital(at)
            and text.capital(at - 1)
            and "f" in text.listed(text.low[at - 1])
        ):
            return False
        if text.plain(at):
            return not plain or text.language not in (ENGLISH, UNKNOWN)
        return mixed and not text.capital(at) and not text.named(at, "fl")

    while first < last and off(first, leading=True):
        first += 1
    while last > first and off(last - 1, leading=False) and not _initial(text, last - 1):
        last -= 1
    return first, last


def _initial(text: Reading, at: int) -> bool:
    # "Anna K." keeps its stop
    return text.words[at] == "." and at > 0 and len(text.words[at - 1]) == 1


def _unit(text: Reading, first: int, last: int) -> bool:
    """Beside a number or a dot: "16 GB RAM", "2 weeks", "pages 12", "README.md"."""
    words = text.words[first:last]
    if words[-1].isupper() and text.low[last : last + 2] in ([".", "md"], [".", "txt"], [".", "pdf"]):
        return True
    if len(words) == 1 and words[0].islower():
        counted = first > 0 and text.words[first - 1].isdigit()
        return counted or (words[0].endswith("s") and "".join(text.words[last : last + 1]).isdigit())
    at = first - 1 - (first > 1 and text.words[first - 1].isupper())
    return at >= 0 and text.words[at].isdigit() and len(words[0]) <= _UNIT and not words[0][1:].islower()


def _nobody(text: Reading, first: int, last: int) -> bool:
    """A place, a day or a brand, alone or with a word of its own kind."""
    words = [text.low[at] for at in range(first, last) if _LETTERS.match(text.low[at])]
    while len(words) > 1 and words[0] in PARTICLES and " ".join(words) not in PLACES:
        del words[0]
    joined = " ".join(words)
    # "Kingdom" alone is still the United Kingdom's
    wider = [" ".join(text.low[first - 1 : last])] if first else []
    wider += [" ".join(text.low[first : last + 1])] if last < len(text.low) else []
    if any(phrase in DAYS or phrase in PLACES or phrase in GREETINGS for phrase in wider):
        return True
    if joined in GIVEN:
        return first > 0 and text.low[first - 1] in INSIDE
    if joined in DAYS or joined in PLACES or joined in BRANDS or all(word in DAYS for word in words):
        return True
    return words[0] in BRANDS and words[0] not in GIVEN


def _thing(text: Reading, first: int, last: int) -> bool:
    """ "the Berlin shop", "my Linden desk": a capital between an article and a noun."""
    at = first - 1
    while at > 0 and text.low[at] in LOOKS:
        at -= 1
    before = text.low[at] if at >= 0 else ""
    if before not in ARTICLES and before not in POSSESSIVES:
        return False
    if not text.capital(first) or last - first > 2 or (last - first == 2 and "f" in text.listed(text.low[first])):
        return False
    after, low = (text.words[last], text.low[last]) if last < len(text.words) else ("", "")
    if low in OF_PEOPLE:
        return False
    if after.islower() and len(after) >= _SHORTEST and (low == "one" or low not in FUNCTION_WORDS) and after[0] != "'":
        return before in ARTICLES or any("c" in text.listed(form) for form in (low, low.removesuffix("s")))
    return False


def _evident(text: Reading, first: int, last: int) -> bool:
    """In another language than English: a listed name, or capitals that cannot be nouns."""
    places = [at for at in range(first, last) if _LETTERS.match(text.words[at])]
    capitals = [at for at in places if text.capital(at) and text.low[at] not in FUNCTION_WORDS]
    if not capitals:
        # Small letters beside capitals are words; where there is no capital at all, a given name may be one.
        typed = any(map(str.isupper, text.words[0][:1]))
        return any(text.named(at, "f") for at in places) and (
            not typed or (len(places) > 1 and all(text.named(at, "fl") for at in places))
        )
    if not all(text.capital(at) or text.low[at] in PARTICLES or text.named(at, "fl") for at in places):
        return text.named(places[0], "f")
    if any(text.named(at, "f") for at in capitals):
        return True
    if len(capitals) > 1:
        if text.opening(places[0]) and text.low[places[0]] not in PARTICLES and not text.listed(text.low[places[0]]):
            return any(text.named(at, "l") for at in capitals)
        known = any(set("fl") & set(text.listed(text.low[at])) for at in capitals)
        return known or not any("c" in text.listed(text.low[at]) for at in capitals)
    only = capitals[0]
    before = text.low[only - 1] if only else ""
    if before in ARTICLES or before in POSSESSIVES:
        return False
    if text.named(only, "l"):
        return True
    return text.language != "de" and not text.opening(only) and "c" not in text.listed(text.low[only])
