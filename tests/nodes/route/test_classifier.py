"""The classifier: with and without embeddings, its calibrations, and the way to disk and back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from frontdesk.nodes.route.classifier import Classifier, fit_classifier
from tests.nodes.route.conftest import UTTERANCES

TEXTS = [text for utterances in UTTERANCES.values() for text in utterances]
LABELS = [label for label, utterances in enumerate(UTTERANCES.values()) for _ in utterances]
COUNT = len(UTTERANCES)
WIDTH = 8
Arrays = dict[str, NDArray[np.generic]]


def vectors_of(labels: list[int], noise: float = 0.2) -> NDArray[np.float32]:
    """A direction per class, with noise, of length 1."""
    random = np.random.default_rng(3)
    points = np.eye(WIDTH)[labels] + noise * random.normal(size=(len(labels), WIDTH))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def words() -> Classifier:
    """Fitted on words alone."""
    return fit_classifier(TEXTS, LABELS, COUNT)


@pytest.fixture(scope="module")
def both() -> Classifier:
    """Fitted with embeddings."""
    return fit_classifier(TEXTS, LABELS, COUNT, vectors=vectors_of(LABELS))


def test_the_embedding_decides_where_words_do_not(both: Classifier) -> None:
    vector = vectors_of([2])[0]
    scores = both.scores("please could you", vector)
    assert scores.chances.argmax() == 2
    assert scores.chances.sum() == pytest.approx(1.0)


def test_without_an_embedding_it_is_the_classifier_of_words(words: Classifier, both: Classifier) -> None:
    for text in ("where's my parcel", "qwrtz", "how late is the shop open"):
        mine, plain = both.scores(text), words.scores(text)
        assert np.array_equal(mine.chances, plain.chances)
        assert mine.scope == plain.scope


def test_an_embedding_unlike_all_examples_is_outside(both: Classifier) -> None:
    near, far = vectors_of([1], 0.0)[0], np.eye(WIDTH, dtype=np.float32)[7]
    assert both.scores("cancel my order", near).scope > both.scores("cancel my order", far).scope


@pytest.mark.parametrize("vector", [None, vectors_of([1])[0]], ids=["words", "embedding"])
@pytest.mark.parametrize("text", ["", "🙂", "10482", "你好"])
def test_a_text_without_a_known_term_is_outside(
    both: Classifier, text: str, vector: NDArray[np.float32] | None
) -> None:
    assert both.scores(text, vector).scope == 0.0


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("embedded", [False, True], ids=["words", "embedding"])
def test_few_classes(count: int, embedded: bool) -> None:
    chosen = [at for at, label in enumerate(LABELS) if label < count]
    labels = [LABELS[at] for at in chosen]
    vectors = vectors_of(labels) if embedded else None
    fitted = fit_classifier([TEXTS[at] for at in chosen], labels, count, vectors=vectors)
    scores = fitted.scores("track order 77777", vectors_of([0])[0] if embedded else None)
    assert scores.chances.argmax() == 0
    assert 0 < scores.scope <= 1


def test_the_same_examples_give_the_same_numbers(both: Classifier) -> None:
    again = fit_classifier(TEXTS, LABELS, COUNT, vectors=vectors_of(LABELS)).arrays()
    assert all(np.array_equal(value, again[name]) for name, value in both.arrays().items())


def test_names_are_fitted_on_but_not_measured() -> None:
    texts, labels = [*TEXTS, "mitochondria"], [*LABELS, 1]
    named = fit_classifier(texts, labels, COUNT, names=["mitochondria"])
    quoted = fit_classifier(texts, labels, COUNT)
    assert named.scores("mitochondria").chances.argmax() == 1
    assert np.array_equal(named.head.weights, quoted.head.weights)
    assert named.calibration.temperature < quoted.calibration.temperature


@pytest.mark.parametrize("kind", ["words", "both"])
def test_arrays_and_back(kind: str, request: pytest.FixtureRequest) -> None:
    fitted: Classifier = request.getfixturevalue(kind)
    arrays = fitted.arrays()
    assert all(value.dtype != object for value in arrays.values())
    again = Classifier.from_arrays(arrays)
    assert set(again.arrays()) == set(arrays)
    assert all(np.array_equal(value, again.arrays()[name]) for name, value in arrays.items())
    for text in ("where is it", "cancel that", "zzz"):
        for vector in (None, vectors_of([3])[0]):
            mine, theirs = fitted.scores(text, vector), again.scores(text, vector)
            assert np.array_equal(mine.chances, theirs.chances)
            assert mine.scope == theirs.scope


def _set(name: str, value: object) -> Callable[[Arrays], None]:
    return lambda arrays: arrays.update({name: np.asarray(value)})


@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        ("fewer terms than weights", _set("terms", np.frombuffer(b"a\nb", np.uint8))),
        ("not text", _set("terms", np.frombuffer(b"\xff\xfe", np.uint8))),
        ("sizes that do not add up", _set("sizes", [1, 2, 3, 4, 5, 6])),
        ("a negative size", _set("sizes", [-1, 2, 3, 4, 5, 6])),
        ("weights of another width", _set("words.weights", np.zeros((3, COUNT), np.float32))),
        ("weights not finite", _set("words.bias", np.full(COUNT, np.nan, np.float32))),
        ("no class", _set("words.bias", np.zeros(0, np.float32))),
        ("temperature zero", _set("words.calibration", [0.0])),
        ("too few numbers", _set("words.calibration", [1.0, 2.0])),
        ("another type", _set("idf", ["a"])),
        ("a label of no class", _set("meaning.labels", np.full(len(LABELS), 99))),
        ("labels out of order", _set("meaning.labels", LABELS[::-1])),
        ("fewer examples", _set("meaning.examples", np.zeros((1, WIDTH), np.float32))),
        ("other classes", _set("meaning.bias", np.zeros(9, np.float32))),
    ],
)
def test_arrays_that_do_not_belong_together_are_refused(
    both: Classifier, what: str, spoil: Callable[[Arrays], None]
) -> None:
    arrays: Arrays = dict(both.arrays())
    spoil(arrays)
    with pytest.raises(ValueError):
        pytest.fail(f"{what}: {Classifier.from_arrays(arrays)}")


def test_a_missing_array_is_named(words: Classifier) -> None:
    arrays = words.arrays()
    del arrays["idf"]
    with pytest.raises(KeyError, match="idf"):
        Classifier.from_arrays(arrays)
