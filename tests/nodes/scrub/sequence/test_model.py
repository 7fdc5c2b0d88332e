"""The model file and the sums over it."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.nodes.scrub.sequence.features import described
from frontdesk.nodes.scrub.sequence.model import FACTS, FOLDER, MODEL, SequenceModel, load
from frontdesk.nodes.scrub.sequence.weights import LABELS, Weights, digest, read, read_thresholds, write

FILE = Path(str(FOLDER)) / MODEL


@pytest.fixture(scope="module")
def weights() -> Weights:
    """The weights that ship."""
    return read(FILE)


def by_enumeration(words: list[str], weights: Weights) -> list[list[float]]:
    """The marginals by adding up every labelling: what the forward and backward sums must give."""
    model = SequenceModel(weights)
    local = [
        [sum(float(weights.states[weights.features[key], label]) for key in keys) for label in range(len(LABELS))]
        for keys in (
            [digest(f) for f in row if digest(f) in weights.features] for row in described(words, model.listed)
        )
    ]
    totals = [[0.0] * len(LABELS) for _ in words]
    for path in itertools.product(range(len(LABELS)), repeat=len(words)):
        score = sum(local[at][label] for at, label in enumerate(path))
        score += sum(float(weights.transitions[one, two]) for one, two in itertools.pairwise(path))
        for at, label in enumerate(path):
            totals[at][label] += math.exp(score)
    return [[value / sum(row) for value in row] for row in totals]


@pytest.mark.parametrize(
    "words", [["Anna"], ["hello", "there"], ["my", "name", "is", "Anna"], ["I", "'m", "TOM", "."], ["12", "Main", "St"]]
)
def test_marginals_are_the_sums_over_all_labellings(words: list[str], weights: Weights) -> None:
    (found,) = SequenceModel(weights).marginals([words])
    assert np.allclose(found, by_enumeration(words, weights), atol=1e-4)


def test_texts_together_get_what_each_gets_alone(weights: Weights) -> None:
    model = SequenceModel(weights)
    texts = [["Anna"], ["my", "name", "is", "Anna", "Schmidt", "."], ["where", "is", "it", "?"]]
    together = model.marginals(texts)
    for text, found in zip(texts, together, strict=True):
        assert np.allclose(found, model.marginals([text])[0], atol=1e-9)


def test_the_files_that_ship_are_small_and_loadable() -> None:
    assert FILE.stat().st_size < 1_000_000
    _, thresholds = load()
    assert set(thresholds) == {"NAME", "ADDRESS"}
    assert all(0 < limit.edge <= limit.peak <= 1 and limit.lower_case <= 1 for limit in thresholds.values())


def test_a_model_is_read_back_as_written(tmp_path: Path, weights: Weights) -> None:
    write(tmp_path / "again.npz", weights)
    again = read(tmp_path / "again.npz")
    assert again.features.keys() == weights.features.keys()
    assert again.lists == weights.lists
    for key in itertools.islice(weights.features, 200):
        # one byte per weight: half a step of rounding
        assert np.allclose(
            again.states[again.features[key]],
            weights.states[weights.features[key]],
            atol=np.abs(weights.states).max() / 200,
        )


@pytest.mark.parametrize(
    "content",
    [None, b"", b"PK\x03\x04broken", b"\x80\x04\x95\x00\x00\x00\x00."],
    ids=["missing", "empty", "broken archive", "pickle"],
)
def test_a_file_that_is_no_model_is_named_with_the_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "names.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"names\.npz.*frontdesk train names"):
        read(path)


@pytest.mark.parametrize("content", [None, "", "{}", '{"thresholds": {"NAME": {"peak": 1}}}', '{"thresholds": []}'])
def test_thresholds_that_are_none_are_named_with_the_remedy(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / FACTS
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"names\.json.*frontdesk train names"):
        read_thresholds(path)
