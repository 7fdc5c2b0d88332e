"""How examples are left out in turn, so that confidence is measured on texts which the scoring head has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from frontdesk.nodes.route.calibration import Calibration, Unseen, fit_scope, fit_temperature
from frontdesk.nodes.route.features import SHARES
from frontdesk.nodes.route.head import Labels
from frontdesk.nodes.route.senses import WIDTH

_FOLDS = ((1000, 5), (5000, 3))
"""Up to so many examples, so many parts."""
_FOLDS_LARGE = 2
"""Beyond: a fit takes seconds, and there is data enough to calibrate on."""
_FEW = 4
"""Below so many intents none can be left out and still leave a choice."""


@dataclass(frozen=True)
class Folds:
    """Who is left out when."""

    labels: Labels
    """(n,): class of each example."""
    measured: NDArray[np.bool_]
    """(n,): whether confidence is measured on the example."""
    examples: Labels
    """(n,): the part in which the example is left out, each class spread evenly over the parts."""
    classes: Labels | None
    """(n,): the part in which its whole class is left out; None where there are too few classes."""

    @classmethod
    def of(cls, labels: Labels, measured: NDArray[np.bool_], classes: int) -> Folds:
        """Deal the examples out; the same input gives the same parts."""
        parts = next((count for most, count in _FOLDS if len(labels) <= most), _FOLDS_LARGE)
        whole = None
        if classes >= _FEW:
            whole = (np.random.default_rng(0).permutation(classes) % min(parts, classes // 2))[labels]
        return cls(labels, measured if measured.any() else ~measured, _spread(labels, parts), whole)

    def calibration(self, inside: Unseen, outside: Unseen | None) -> Calibration:
        """Calibrate on the scores of the measured examples, left out alone (``inside``) and with their class."""
        seen = inside.of(self.measured)
        temperature = fit_temperature(seen.logits, self.labels[self.measured])
        if outside is None:
            return Calibration(temperature, None)
        return Calibration(temperature, fit_scope(seen, outside.of(self.measured), temperature))


def _spread(labels: Labels, parts: int) -> Labels:
    folds = np.zeros(len(labels), dtype=np.intp)
    random = np.random.default_rng(0)
    for label in np.unique(labels):
        positions = random.permutation(np.flatnonzero(labels == label))
        folds[positions] = (np.arange(len(positions)) + label) % parts
    return folds


def known_shares(rows: csr_matrix, folds: Labels) -> NDArray[np.float32]:
    """Return how much of each example is vocabulary of the examples outside its fold: (n, 1), 0 to 1."""
    terms = rows[:, :-WIDTH]
    squares = terms.multiply(terms).tocsr()
    shares = np.zeros((len(folds), 1), np.float32)
    for fold in np.unique(folds):
        part = folds == fold
        known = np.asarray((terms[~part] > 0).sum(axis=0)).ravel() > 0
        shares[part, 0] = squares[part] @ known.astype(np.float32) / SHARES.sum()
    return shares
