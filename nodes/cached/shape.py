"""The shape of a question: what it asks, of whom, how, and about what; and in what two shapes differ. Pure.

Two wordings may have the same answer only where their shapes agree in everything. Nearness of vectors alone does not
tell: "with" and "without", 14 days and 30 days lie closer together than two honest paraphrases.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from frontdesk.nodes.cached import words as w

_UNORDERED = 3
"""Words of the subject up to which their order does not matter, where nothing says how they belong together."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A question without its wording. Built of the words of our lists and of the desk, so it tells of nobody."""

    kinds: tuple[str, ...]
    """What it wants to know: ``cost``, ``duration`` with ``pace`` or ``span``, ``when``, ``whether`` …, sorted."""
    modals: tuple[str, ...]
    people: tuple[str, ...]
    """Who does it: ``me``, ``you``, ``them``, in order."""
    negations: tuple[str, ...]
    numbers: tuple[str, ...]
    """Numbers, amounts, units and currencies, in order."""
    times: tuple[str, ...]
    joints: tuple[str, ...]
    """What says how the words belong together, in order."""
    subject: tuple[str, ...]
    """All other words, in order."""
    line: tuple[str, ...]
    """Subject, negations, numbers, times and joints in the order in which they stand."""
    pairs: tuple[str, ...]
    """Words of the subject with nothing between them: "table lamp" is not "lamp table"."""

    def dumps(self) -> str:
        """Return the shape as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, text: str) -> Shape:
        """Read a shape back; raises ValueError, TypeError or AttributeError for anything else."""
        return cls(**{name: tuple(map(str, values)) for name, values in json.loads(text).items()})


def shape_of(text: str) -> Shape:
    """Return the shape of a question.

    Args:
        text: From :func:`frontdesk.nodes.cached.plain.normal`; English.
    """
    plain = w.DUTY.sub("must", text)
    rest = w.POLITE.sub(" ", plain).strip()
    asked = bool(rest != plain.strip() and w.INDIRECT.match(rest))
    rest = bare = w.INDIRECT.sub(" ", rest) if asked else rest
    kinds: set[str] = set()
    for kind, pattern in (("cost", w.COST), ("duration", w.DURATION)):
        found = pattern.sub(" ", rest)
        if found != rest:
            kinds.add(kind)
            rest = found
    if "duration" in kinds:
        kinds.add(_time_asked(bare))
        rest = w.TAKES.sub(" ", rest)
    tokens = rest.split()
    if kinds and tokens[:1] == ["what"]:
        tokens = tokens[1:]  # "what does it cost" wants the same as "how much is it"
    elif asked or (tokens and tokens[0] in w.WHETHER):
        kinds.add("whether")
    kinds |= w.ASKS & set(tokens)
    return _sorted_out([token for token in tokens if token not in w.ASKS], kinds)


def _time_asked(text: str) -> str:
    """Return what a question of time wants to know.

    "How fast is it" and "how long does it take" are one; "how long is it" is the time for which it holds, "how soon
    can I" asks for the earliest time, and "how long can I" for the last.
    """
    fast = bool(w.FAST.search(text))
    if any(word in group for word in text.split() for group in w.MODALS.values()):
        return "earliest" if fast else "longest"
    return "pace" if fast or w.TAKES.search(text) else "span"


def _sorted_out(tokens: list[str], kinds: set[str]) -> Shape:
    parts: dict[str, list[str]] = {"modals": [], "people": [], "negations": [], "numbers": [], "times": []}
    parts |= {"joints": [], "subject": [], "line": [], "pairs": []}
    before = ""
    swaps = any(token in w.SWAPS for token in tokens)
    for token in tokens:
        part, word = _part(token, swaps)
        if part:
            parts[part].append(word)
        if part in {"negations", "numbers", "times", "joints", "subject"}:
            parts["line"].append(word)
        if part == "subject" and before:
            parts["pairs"].append(f"{before} {word}")
        before = word if part == "subject" else ""
    return Shape(kinds=tuple(sorted(kinds)), **{name: tuple(found) for name, found in parts.items()})


def _part(word: str, swaps: bool) -> tuple[str, str]:
    """Return where a word belongs, and what stands for it; nowhere for an empty one."""
    for part, groups in (("modals", w.MODALS), ("people", w.PEOPLE)):
        for name, group in groups.items():
            if word in group:
                return part, name
    if word in w.NUMBERS or word[0].isdigit() or word in w.AMOUNTS:
        return "numbers", w.NUMBERS.get(word, word)
    if word in w.NEGATIONS:
        return "negations", word
    if word in w.TIMES:
        return "times", word
    if word in w.JOINTS or (word == "for" and swaps):
        return "joints", word
    if word in w.HAVING:
        return "subject", "have"
    return ("", "") if word in w.EMPTY else ("subject", w.SAME.get(word, word))


def difference(one: Shape, other: Shape) -> str:
    """Return in what two questions differ, as a closed word; empty where nothing that matters does."""
    parts = (
        ("number", one.numbers, other.numbers),
        ("negation", one.negations, other.negations),
        ("time", one.times, other.times),
        ("person", one.people, other.people),
        ("kind", one.kinds, other.kinds),
        ("modality", one.modals, other.modals),
        ("relation", one.joints, other.joints),
    )
    for code, mine, theirs in parts:
        if mine != theirs:
            return code
    if Counter(one.subject) != Counter(other.subject):
        return "subject"
    if not one.subject:
        # nothing but small words: what is asked about stands outside the question
        return "subject"
    loose = len(one.subject) <= _UNORDERED and one.line == one.subject and other.line == other.subject
    return "" if one.line == other.line or (loose and not _reordered(one.pairs, other.pairs)) else "order"


def _reordered(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a word that stands beside one word here stands beside another one there, or on its other side."""
    mine, theirs = set(some) - set(others), set(others) - set(some)
    return bool(set(" ".join(mine).split()) & set(" ".join(theirs).split()))


def unknown(text: str, vocabulary: Collection[str]) -> set[str]:
    """Return the words of a normalised text that neither the desk nor our lists know: they may name somebody."""
    return {token for token in text.split() if token not in vocabulary and token not in LISTED}


def _listed() -> frozenset[str]:
    groups = [w.ASKS, w.WHETHER, w.NEGATIONS, w.TIMES, w.AMOUNTS, w.JOINTS, w.SWAPS, w.EMPTY, w.HAVING]
    groups += [*w.MODALS.values(), *w.PEOPLE.values(), frozenset(w.SAME), frozenset(w.NUMBERS)]
    polite = (
        "please pls kindly hello hi hey thanks thank good morning afternoon evening tell know wondering wonder quick"
    )
    polite += " question ask find dear team excuse happen let explain want need like love wanted trying advance whether"
    polite += " cost costs price prices fee fees long fast quickly soon much money take takes taking"
    return frozenset(word for group in groups for word in group) | frozenset(re.findall(r"\w+", polite))


LISTED = _listed()
"""Every word of our lists."""

__all__ = ["LISTED", "Shape", "difference", "shape_of", "unknown"]
