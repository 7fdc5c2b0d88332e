"""Names and addresses by the words around them: a small sequence model, trained on generated sentences."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.nodes.scrub.detection import Detector, Match
from frontdesk.nodes.scrub.sequence import model
from frontdesk.nodes.scrub.sequence.decode import decode

_LEAST, _MOST = 0.45, 0.74
"""Scores of matches at probability 0 and 1: below a name after "my name is", above a bare number."""


def find(text: str) -> Iterator[Match]:
    """Yield names and addresses; the model is read once.

    Raises:
        ConfigurationError: The model file is missing or broken: a scrubber without it would be silently weaker.
    """
    for found in decode(text, *model.load()):
        score = _LEAST + (_MOST - _LEAST) * found.probability
        yield Match(found.start, found.end, found.label, round(score, 3), "sequence model")


def prepare() -> None:
    """Read the model, so that no turn waits for it."""
    model.load()


DETECTOR = Detector(labels=(), find=find, also=("NAME", "ADDRESS"), prepare=prepare, statistical=True)
