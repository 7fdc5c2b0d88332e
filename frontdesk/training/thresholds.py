"""Chooses from which probability a word counts: the lowest at which what is found is still right often enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.scrub.head.decoding import by_word, spans_of
from frontdesk.nodes.scrub.head.runtime import HeadRuntime
from frontdesk.nodes.scrub.head.tokens import Tokens
from frontdesk.nodes.scrub.head.weights import Thresholds
from frontdesk.training.sentences import Sentence

PRECISION = 0.91
"""Share of what is found that must be right, on every annotated set. They are made to be hard: what looks like a name
and is none is more frequent there than in life."""
FEWEST = 50
"""Finds in a set from which its share says something."""
ALTERED = 0.0016
"""Share of ordinary messages in which anything may be found, for each of the three thresholds."""
_GRID = [0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995]
_NEVER = 2.0
_EXTEND = 0.2
_KNOWN = frozenset({"NAME", "ADDRESS"})


@dataclass(frozen=True, slots=True)
class _Judged:
    sentence: Sentence
    tokens: Tokens
    words: NDArray[np.float32]


def choose(
    runtime: HeadRuntime,
    annotated: Sequence[Sequence[Sentence]],
    ordinary: Sequence[Sentence],
    progress: Callable[[str], None] = lambda line: None,
) -> Thresholds:
    """Choose the thresholds, each for itself.

    Args:
        runtime: The head as it will serve; its own thresholds are not used.
        annotated: Sets of texts whose names and addresses are all annotated. A span of any other label says that a
            find there is neither right nor wrong.
        ordinary: Texts in which nothing is to be found.
        progress: Takes a line now and then.
    """
    sets = [list(_judged(runtime, part)) for part in annotated]
    plain = list(_judged(runtime, ordinary))
    off = Thresholds(_NEVER, _NEVER, _NEVER, _EXTEND)
    chosen = off
    for name in (field.name for field in fields(Thresholds) if field.name != "extend"):
        for value in _GRID:
            tried = replace(off, **{name: value})
            precisions = [_precision(part, tried) for part in sets]
            altered = sum(any(True for _ in _spans(item, tried)) for item in plain) / max(1, len(plain))
            if value == _GRID[-1] or (min(precisions, default=1.0) >= PRECISION and altered <= ALTERED):
                listed = ", ".join(f"{figure:.4f}" for figure in precisions)
                progress(f"threshold {name} {value}: precision {listed}; altered {altered:.4%} of {len(plain)}")
                chosen = replace(chosen, **{name: value})
                break
    return chosen


def _judged(runtime: HeadRuntime, sentences: Iterable[Sentence]) -> Iterator[_Judged]:
    for sentence in sentences:
        tokens = runtime.tokens(sentence.text)
        if tokens.words:
            yield _Judged(sentence, tokens, by_word(tokens, runtime.probabilities(tokens)))


def _spans(item: _Judged, thresholds: Thresholds) -> Iterator[tuple[int, int, str]]:
    for span in spans_of(item.sentence.text, item.tokens, item.words, thresholds):
        yield span.start, span.end, span.label


def _precision(items: Sequence[_Judged], thresholds: Thresholds) -> float:
    """Share of found spans that overlap one of the same label, of those that touch no span of an unknown label.

    1 where too few are found to say.
    """
    right = wrong = 0
    for item in items:
        for start, end, label in _spans(item, thresholds):
            touched = {other for first, last, other in item.sentence.spans if first < end and start < last}
            right += label in touched
            wrong += label not in touched and touched <= _KNOWN
    return right / (right + wrong) if right + wrong >= FEWEST else 1.0
