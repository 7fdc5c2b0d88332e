"""From probabilities per word to spans of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from frontdesk.nodes.scrub.sequence.evidence import sober
from frontdesk.nodes.scrub.sequence.model import SequenceModel
from frontdesk.nodes.scrub.sequence.tokens import BREAK, Token, pieces, tokens
from frontdesk.nodes.scrub.sequence.weights import Thresholds


@dataclass(frozen=True, slots=True)
class Found:
    """A run of words."""

    start: int
    end: int
    label: str
    probability: float


_GIVEN_ODDS, _SURNAME_ODDS, _SHORTEST = 20.0, 5.0, 3
"""Factors on the odds of a capitalised word that is listed as a name and not as a common word; its least length."""
_OPENS = frozenset((".", "!", "?", ":", BREAK, '"', "“", "(", "-"))
"""Marks after which a capital says nothing."""
_WORD = re.compile(r"[^\W\d_]{3}")
_CODE = re.compile(r"[-_]\w")
"""What follows a word that is the beginning of a code: ``LAMP-0042``."""
_UNIT = re.compile(r"[\d., ]+[a-zµ]{1,2}[A-Z][a-z]?")
"""A number with a unit: ``20,000 mAh``, which is no house in a street."""
_COLUMNS = {"NAME": 1, "ADDRESS": 3}
_DOUBTFUL_LOWER, _COMMON_CAPITAL, _ACRONYM = 0.95, 0.9, 0.95
"""Probability to reach for: common words in lower case ("rose"), and any in a text that writes capitals within its
sentences; common words with a capital ("Rose"); four capitals and less ("MAC")."""
_ACRONYM_LENGTH = 4
_AFTER_A_NAME = frozenset(("md", "phd", "dds", "dvm", "jr", "sr", "esq", "ii", "iii", "iv", "mba", "cpa"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may be one, before any threshold but the edge."""

    found: Found
    lower: bool
    """No capital letter in it."""
    least: float
    """Probability needed whatever the threshold says."""

    def passes(self, limits: Thresholds) -> bool:
        """Whether it counts."""
        return self.found.probability >= max(self.least, limits.lower_case if self.lower else limits.peak)


def decode(text: str, model: SequenceModel, thresholds: Mapping[str, Thresholds]) -> Iterator[Found]:
    """Yield the names and addresses of a text.

    Args:
        text: Normalised.
        model: Trained.
        thresholds: By label, NAME and ADDRESS.
    """
    for one in candidates(text, model, {label: limits.edge for label, limits in thresholds.items()}):
        if one.passes(thresholds[one.found.label]):
            yield one.found


def candidates(text: str, model: SequenceModel, edges: Mapping[str, float]) -> Iterator[Candidate]:
    """Yield every run of words each of which reaches the edge of its label."""
    parts = list(pieces(tokens(text)))
    if not parts:
        return
    for part, table in zip(parts, model.marginals([[token.text for token in part] for part in parts]), strict=True):
        words = [token.text for token in part]
        sums = {label: (table[:, column] + table[:, column + 1]).tolist() for label, column in _COLUMNS.items()}
        for label, other in (("NAME", "ADDRESS"), ("ADDRESS", "NAME")):
            inside = [one if one >= two else 0.0 for one, two in zip(sums[label], sums[other], strict=True)]
            if label == "NAME":
                inside = [_of_name(token.text, one, model) for token, one in zip(part, inside, strict=True)]
            runs = _runs(part, inside, edges[label])
            for first, last in sober(words, runs, model.listed) if label == "NAME" else runs:
                one = _candidate(part, first, last, label, max(inside[first:last]), model)
                if _possible(text, one.found):
                    yield one


def _of_name(word: str, probability: float, model: SequenceModel) -> float:
    if word[0].isdigit():
        return 0.0
    if len(word) < _SHORTEST or not word[0].isupper() or word.isupper():
        return probability
    # In training a third of the listed names is hidden; in use a listed one that is no common word is better evidence.
    lists = model.listed(word.lower())
    odds = 1.0 if "c" in lists else _GIVEN_ODDS if "f" in lists else _SURNAME_ODDS if "l" in lists else 1.0
    return probability * odds / (probability * odds + 1 - probability)


def _candidate(
    part: Sequence[Token], first: int, last: int, label: str, peak: float, model: SequenceModel
) -> Candidate:
    words = [token.text for token in part[first:last]]
    lower = not any(word[0].isupper() for word in words)
    if label != "NAME":
        return Candidate(Found(part[first].start, part[last - 1].end, label, peak), lower, 0.0)
    common = all("c" in model.listed(word.lower()) or len(word) == 1 for word in words)
    if lower:
        least = _DOUBTFUL_LOWER if common or _capitals_within(part) else 0.0
    elif common:
        least = _COMMON_CAPITAL
    else:
        acronym = len(words) == 1 and words[0].isupper() and len(words[0]) <= _ACRONYM_LENGTH
        least = _ACRONYM if acronym and any(token.text.islower() for token in part) else 0.0
    return Candidate(Found(part[first].start, part[_with_suffix(part, last) - 1].end, label, peak), lower, least)


def _capitals_within(part: Sequence[Token]) -> bool:
    # Who writes capitals within a sentence writes names with them; the first one is often the telephone's.
    return any(
        after.text[0].isupper() and len(after.text) > 1 and before.text not in _OPENS
        for before, after in pairwise(part)
    )


def _possible(text: str, found: Found) -> bool:
    value = text[found.start : found.end]
    if found.label == "ADDRESS":
        # Digits alone are a number of some kind, and other detectors know which; small letters alone are words.
        if _UNIT.fullmatch(value):
            return False
        return _WORD.search(value) is not None and any(char.isdigit() or char.isupper() for char in value)
    return not _CODE.match(text, found.end) and sum(map(str.isalpha, value)) > 1


def _with_suffix(part: Sequence[Token], last: int) -> int:
    at = last + (last < len(part) and part[last].text == ",")
    return at + 1 if at < len(part) and part[at].text.lower() in _AFTER_A_NAME else last


def _runs(part: Sequence[Token], inside: Sequence[float], edge: float) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(part):
        first = at
        while at < len(part) and inside[at] >= edge:
            at += 1
        last = at
        at += 1
        while first < last and not part[first].text[0].isalnum():
            first += 1
        while last > first and not part[last - 1].text[0].isalnum():
            last -= 1
        if first < last:
            yield first, last
