"""Scores of a desk's own examples by classifiers that have not seen them: honest figures without a second file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from frontdesk.evals.route.fitting import Material, Scored, Vectors, fit, joined, score

MANY = 2500
"""Examples above which fewer folds are enough: the estimate is steadier, and a fit takes longer."""
FOLDS, FOLDS_MANY = 5, 3
_FEWEST = 4
"""Intents below which none can be left out and still leave a choice."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Sample:
    """Messages with what was said of them."""

    truth: NDArray[np.intp]
    """(n,): class, -1 for a message that belongs to none."""
    scored: Scored

    @property
    def outside(self) -> NDArray[np.bool_]:
        """(n,): which belong to none."""
        return np.asarray(self.truth < 0)

    @property
    def right(self) -> NDArray[np.bool_]:
        """(n,): whether the best intent is the true one; false for those outside."""
        return np.asarray(self.scored.best == self.truth)

    @property
    def right_pair(self) -> NDArray[np.bool_]:
        """(n,): whether the true one is among the two likeliest."""
        return np.asarray((self.scored.ranked == self.truth[:, None]).any(axis=1))


def example_folds(labels: NDArray[np.intp], parts: int, seed: int) -> NDArray[np.intp]:
    """Return a fold per example, each class spread evenly over the folds."""
    folds = np.zeros(len(labels), dtype=np.intp)
    source = np.random.default_rng(seed)
    for label in np.unique(labels):
        places = source.permutation(np.flatnonzero(labels == label))
        folds[places] = (np.arange(len(places)) + label) % parts
    return folds


def unseen(material: Material, vectors: Vectors | None, seed: int, progress: Progress) -> Sample:
    """Score every utterance by a classifier fitted on the other folds, and once more as a stranger.

    Args:
        material: The examples; what names an intent is always fitted on and never scored.
        vectors: (texts, d), or None.
        seed: Start of the random source of the folds.
        progress: Takes a line for people now and then.

    Returns:
        Utterances in their order with their class; then, with at least four intents, all of them again as messages of
        no intent, scored by classifiers from which their intents were left out. Such strangers are of the desk's own
        trade: near ones, harder to tell than most.
    """
    parts = FOLDS if len(material.texts) <= MANY else FOLDS_MANY
    labels = material.labels[: material.utterances]
    known = _inside(material, vectors, example_folds(labels, parts, seed), progress)
    if len(material.intents) < _FEWEST:
        return Sample(labels.copy(), known)
    strangers = _outside(material, vectors, (parts, seed), progress)
    return Sample(np.concatenate([labels, np.full(len(labels), -1)]), joined([known, strangers]))


def inside(material: Material, vectors: Vectors | None, seed: int, progress: Progress) -> Sample:
    """Return the first half of :func:`unseen` alone."""
    parts = FOLDS if len(material.texts) <= MANY else FOLDS_MANY
    labels = material.labels[: material.utterances]
    return Sample(labels.copy(), _inside(material, vectors, example_folds(labels, parts, seed), progress))


def _inside(material: Material, vectors: Vectors | None, folds: NDArray[np.intp], progress: Progress) -> Scored:
    held = np.concatenate([folds, np.full(len(material.names), -1)])
    return _scored(material, vectors, held, None, progress)


def _outside(material: Material, vectors: Vectors | None, how: tuple[int, int], progress: Progress) -> Scored:
    parts, seed = how
    classes = len(material.intents)
    groups = np.random.default_rng(seed).permutation(classes) % min(parts, classes // 2)
    return _scored(material, vectors, groups[material.labels], groups, progress)


def _scored(
    material: Material,
    vectors: Vectors | None,
    held: NDArray[np.intp],
    groups: NDArray[np.intp] | None,
    progress: Progress,
) -> Scored:
    """Score the utterances of each part by a classifier fitted on the others.

    Args:
        material: The examples.
        vectors: (texts, d), or None.
        held: (texts,): the part that a text is held back with; -1: never.
        groups: (classes,): the part that a class is left out with; None: classes stay.
        progress: Takes a line per part.
    """
    count = material.utterances
    chances, scope = np.zeros((count, len(material.intents))), np.zeros(count)
    parts = np.unique(held[held >= 0])
    for number, part in enumerate(parts, 1):
        kept = np.arange(len(material.intents)) if groups is None else np.flatnonzero(groups != part)
        places = np.flatnonzero(held[:count] == part)
        fitted = fit(_renamed(material.of(held != part), kept), None if vectors is None else vectors[held != part])
        texts = [material.texts[place] for place in places]
        found = score(fitted, texts, None if vectors is None else vectors[places], len(kept))
        chances[np.ix_(places, kept)] = found.chances
        scope[places] = found.scope
        progress(f"{'examples' if groups is None else 'intents'} held back: part {number} of {len(parts)}")
    return Scored(chances, scope)


def _renamed(material: Material, kept: NDArray[np.intp]) -> Material:
    """Number the classes that are left without gaps."""
    intents = tuple(material.intents[place] for place in kept)
    return Material(intents, material.texts, np.searchsorted(kept, material.labels), material.names)
