"""Fitted things as named arrays of numbers, and back: what is kept on disk is neither code nor a pickle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from frontdesk.nodes.route.calibration import Calibration, Scope
from frontdesk.nodes.route.features import SHARES, Vectorizer
from frontdesk.nodes.route.head import Head
from frontdesk.nodes.route.meaning import Meaning

Arrays = dict[str, NDArray[Any]]
Given = Mapping[str, NDArray[Any]]


def vectorizer_arrays(vectorizer: Vectorizer) -> Arrays:
    """Return the vocabulary as bytes, a term per line, and the weights."""
    terms = "\n".join(term for block in vectorizer.columns for term in block)
    return {
        "terms": np.frombuffer(terms.encode(), np.uint8),
        "sizes": np.array([len(block) for block in vectorizer.columns]),
        "idf": vectorizer.idf,
    }


def vectorizer_of(arrays: Given) -> Vectorizer:
    """Return the vectorizer.

    Raises:
        ValueError: The arrays do not belong together.
        KeyError: One is missing.
    """
    terms = arrays["terms"].tobytes().decode().split("\n")
    sizes, idf = arrays["sizes"], _checked(arrays, "idf", np.float32, 1)
    if sizes.shape != SHARES.shape or int(sizes.min()) < 0 or int(sizes.sum()) != len(terms) or len(idf) != len(terms):
        raise ValueError("terms, sizes and idf do not belong together")
    blocks: list[dict[str, int]] = []
    start = 0
    for size in sizes.tolist():
        blocks.append({term: start + at for at, term in enumerate(terms[start : start + size])})
        start += size
    if [len(block) for block in blocks] != sizes.tolist():
        raise ValueError("a term stands twice")
    return Vectorizer(columns=tuple(blocks), idf=idf)


def head_arrays(head: Head, name: str) -> Arrays:
    """Return weights and bias."""
    return {f"{name}.weights": head.weights, f"{name}.bias": head.bias}


def head_of(arrays: Given, name: str) -> Head:
    """Return the head; ValueError, KeyError as :func:`vectorizer_of`."""
    weights = _checked(arrays, f"{name}.weights", np.float32, 2)
    bias = _checked(arrays, f"{name}.bias", np.float32, 1)
    if not len(bias) or weights.shape[1] != len(bias):
        raise ValueError(f"{name}: weights and bias do not belong together")
    return Head(weights, bias)


def calibration_arrays(calibration: Calibration, name: str) -> Arrays:
    """Return temperature, then bias and weights of the scope where there is one."""
    scope = calibration.scope
    numbers = [calibration.temperature] if scope is None else [calibration.temperature, scope.bias, *scope.weights]
    return {f"{name}.calibration": np.array(numbers, np.float64)}


def calibration_of(arrays: Given, name: str, signs: int) -> Calibration:
    """Return the calibration of a head with so many signs; ValueError, KeyError as :func:`vectorizer_of`."""
    numbers = _checked(arrays, f"{name}.calibration", np.float64, 1)
    if len(numbers) not in (1, 4 + signs) or not numbers[0] > 0:
        raise ValueError(f"{name}: not the numbers of a calibration")
    scope = Scope(weights=numbers[2:], bias=float(numbers[1])) if len(numbers) > 1 else None
    return Calibration(float(numbers[0]), scope)


def meaning_arrays(meaning: Meaning) -> Arrays:
    """Return the head over embeddings and its examples."""
    return {
        **head_arrays(meaning.head, "meaning"),
        "meaning.examples": meaning.examples,
        "meaning.labels": meaning.labels.astype(np.int64),
        "meaning.shares": np.array([meaning.words, meaning.near]),
    }


def meaning_of(arrays: Given) -> Meaning:
    """Return the head over embeddings; ValueError, KeyError as :func:`vectorizer_of`."""
    head = head_of(arrays, "meaning")
    examples = _checked(arrays, "meaning.examples", np.float32, 2)
    labels = _checked(arrays, "meaning.labels", np.int64, 1)
    shares = _checked(arrays, "meaning.shares", np.float64, 1)
    if not len(labels) or examples.shape != (len(labels), len(head.weights)) or len(shares) != 2:
        raise ValueError("meaning: the examples do not belong to the head")
    if (np.diff(labels) < 0).any() or labels[0] < 0 or labels[-1] >= len(head.bias):
        raise ValueError("meaning: labels that do not rise, or of no class")
    return Meaning(head, examples, labels.astype(np.intp), float(shares[0]), float(shares[1]))


def _checked(arrays: Given, name: str, kind: type, dimensions: int) -> NDArray[Any]:
    """Return an array that is of the kind and finite."""
    found = arrays[name]
    if found.dtype != kind or found.ndim != dimensions or not np.isfinite(found).all():
        raise ValueError(f"{name} is not {dimensions}-dimensional, finite {kind.__name__}")
    return found
