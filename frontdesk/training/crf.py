"""Fitting the sequence model with python-crfsuite, and turning what it learnt into plain arrays."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.sequence.features import Listed, described
from frontdesk.nodes.scrub.sequence.weights import LABELS, Weights, digest
from frontdesk.training.corpus import Labelled


@dataclass(frozen=True, slots=True)
class Fit:
    """How the model is fitted (L-BFGS with both penalties, orthant-wise for the first; Okazaki's CRFsuite)."""

    c1: float = 0.25
    """Weight of the sum of absolute weights: most features end at zero, which keeps the file small."""
    c2: float = 0.02
    """Weight of the sum of squares."""
    rounds: int = 80
    rarest: int = 2
    """Times a feature must occur to count."""
    smallest: float = 0.03
    """Weights below are dropped."""


def fit(
    texts: Iterable[Labelled], listed: Listed, options: Fit, progress: Callable[[str], None]
) -> tuple[Mapping[str, Mapping[str, float]], Mapping[tuple[str, str], float]]:
    """Fit and return the weights: feature to label to weight, and pair of labels to weight.

    Raises:
        ConfigurationError: ``python-crfsuite`` is not installed.
    """
    try:
        import pycrfsuite  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise ConfigurationError("training needs python-crfsuite: pip install 'frontdesk[train]'") from error
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": options.c1,
            "c2": options.c2,
            "max_iterations": options.rounds,
            "feature.minfreq": options.rarest,
            "feature.possible_transitions": True,
        }
    )
    for count, text in enumerate(texts, 1):
        if text.words:
            trainer.append(described(text.words, listed), list(text.labels))
        if count % 10_000 == 0:
            progress(f"{count} sentences read")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        progress("fitted")
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    states: dict[str, dict[str, float]] = defaultdict(dict)
    for (feature, label), weight in info.state_features.items():
        if abs(weight) >= options.smallest:
            states[feature][label] = weight
    return states, dict(info.transitions)


def weights(
    states: Mapping[str, Mapping[str, float]], moves: Mapping[tuple[str, str], float], lists: Mapping[int, str]
) -> Weights:
    """Return the arrays that the detector uses."""
    import numpy as np  # noqa: PLC0415 - not at import

    features = {digest(feature): row for row, feature in enumerate(sorted(states))}
    table = np.zeros((len(states) + 1, len(LABELS)), np.float32)
    for feature, of_label in states.items():
        for label, weight in of_label.items():
            table[features[digest(feature)]][LABELS.index(label)] = weight
    transitions = np.full((len(LABELS), len(LABELS)), -20.0, np.float32)
    for (left, right), weight in moves.items():
        transitions[LABELS.index(left), LABELS.index(right)] = weight
    for index, label in enumerate(LABELS):
        # A continuation never follows anything but its own kind.
        for other, before in enumerate(LABELS):
            if label.startswith("I-") and before[2:] != label[2:]:
                transitions[other, index] = -20.0
    return Weights(features, table, transitions, dict(lists))
