"""The sequence model in use: probabilities of labels per word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from frontdesk.nodes.scrub.sequence.features import beside, casing, joint, own, padded, shape, size_of
from frontdesk.nodes.scrub.sequence.language import guess
from frontdesk.nodes.scrub.sequence.weights import LABELS, Thresholds, Weights, digest, read, read_thresholds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from frontdesk.nodes.scrub.sequence.weights import Numbers

FOLDER = files("frontdesk.nodes.scrub.sequence")
MODEL, FACTS = "names.npz", "names.json"
"""The model file, and the file beside it that says how it was made and holds the thresholds."""
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_PLACES = tuple(enumerate((0, *_OFFSETS)))
_KEPT = 8192
"""Words whose weights are kept ready."""


class SequenceModel:
    """A linear-chain conditional random field; safe in threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._of_word = lru_cache(_KEPT)(self._word_rows)

    def listed(self, word: str) -> str:
        """Return the lists that have a lower-case word."""
        return self._weights.lists.get(digest(word), "")

    def marginals(self, texts: Sequence[Sequence[str]]) -> list[Numbers]:
        """Return, for texts as lists of words, the probability of each of ``LABELS`` per word.

        Forward and backward sums in probability space, scaled per word (Rabiner 1989), all texts in step.
        """
        import numpy as np  # noqa: PLC0415 - not at import

        rows: list[int] = []
        starts: list[int] = []
        for words in texts:
            for found in self._rows(words):
                starts.append(len(rows))
                rows += found
        sums = np.add.reduceat(self._weights.states[rows], starts, axis=0)
        lengths = [len(words) for words in texts]
        local = np.ones((len(texts), max(lengths), len(LABELS)), np.float64)
        at = 0
        for index, length in enumerate(lengths):
            local[index, :length] = sums[at : at + length]
            at += length
        local = np.exp(local - local.max(axis=2, keepdims=True))
        smooth = _smoothed(local, np.exp(self._weights.transitions.astype(np.float64)), np.asarray(lengths))
        return [smooth[index, :length] for index, length in enumerate(lengths)]

    def _rows(self, words: Sequence[str]) -> Iterator[list[int]]:
        # Like features.described, with what one word leads to looked up at once.
        case, size = casing(words), size_of(words)
        around = padded(words)
        lowered = [word.lower() for word in around]
        ready = [self._of_word(word, case) for word in around]
        kinds = [item[0] for item in ready]
        language = guess(lowered)
        get, last = self._weights.features.get, len(self._weights.features)
        for at in range(3, len(words) + 3):
            texts = joint(lowered, kinds, at, case, size, language)
            rows = [row for text in texts if (row := get(digest(text))) is not None]
            for place, offset in _PLACES:
                rows += ready[at + offset][1][place]
            rows.append(last)
            yield rows

    def _word_rows(self, word: str, case: str) -> tuple[str, list[list[int]]]:
        lists = self.listed(word.lower())
        groups = [own(word, case, lists), *(beside(word, case, lists, offset) for offset in _OFFSETS)]
        get = self._weights.features.get
        rows = [[row for text in group if (row := get(digest(text))) is not None] for group in groups]
        return shape(word) + lists, rows


def _smoothed(local: Numbers, moves: Numbers, lengths: NDArray[np.signedinteger[Any]]) -> Numbers:
    import numpy as np  # noqa: PLC0415 - not at import

    forward, backward = local.copy(), np.ones_like(local)
    longest = local.shape[1]
    forward[:, 0] /= forward[:, 0].sum(axis=1, keepdims=True)
    for at in range(1, longest):
        step = (forward[:, at - 1] @ moves) * local[:, at]
        forward[:, at] = step / step.sum(axis=1, keepdims=True)
    for at in range(longest - 2, -1, -1):
        step = (backward[:, at + 1] * local[:, at + 1]) @ moves.T
        step /= step.sum(axis=1, keepdims=True)
        # Past the end of a shorter text nothing is known.
        backward[:, at] = np.where((lengths > at + 1)[:, None], step, 1.0)
    found = forward * backward
    return np.asarray(found / found.sum(axis=2, keepdims=True))


@lru_cache(maxsize=1)
def load() -> tuple[SequenceModel, Mapping[str, Thresholds]]:
    """Read the model of this package and its thresholds, once.

    Raises:
        ConfigurationError: A file is missing or is not of this version.
    """
    return SequenceModel(read(FOLDER / MODEL)), read_thresholds(FOLDER / FACTS)
