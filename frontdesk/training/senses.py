"""Makes the table of word senses: the encoder's vector of single words, reduced and rounded.

Method: Model2Vec's (Tulkens and van Dongen 2024): embed every word of the tokenizer alone, take principal components,
weight words by their rank. To those come words of trade and service that the tokenizer has only in pieces ("refund").
No text is read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer
from numpy.typing import NDArray

from frontdesk.models.embedders.local import SentenceEncoder, open_sentences
from frontdesk.models.encoder.find import Encoder
from frontdesk.nodes.route.concepts import WORDS
from frontdesk.nodes.route.senses import WIDTH
from frontdesk.training.trade import trade_words

Floats = NDArray[np.float32]
_POWER = 0.5
"""Components are divided by this power of their strength: 0 leaves them, 1 makes all equally strong."""
_BEFORE = 5000
"""Rank from which the words of trade count: as words that are neither everywhere nor rare."""
_STEADY = 10
"""Added to a rank before its root, so that the commonest form of a stem does not drown the others."""


def vocabulary(file: Path) -> list[str]:
    """Return the English words of a tokenizer (``tokenizer.json``), commonest first, and those of trade among them."""
    numbered: dict[str, int] = json.loads(file.read_text("utf-8"))["model"]["vocab"]
    words = sorted(numbered, key=numbered.__getitem__)
    plain = [word for word in words if word.isascii() and word.isalpha() and word.islower() and len(word) > 1]
    known = set(Stemmer.Stemmer("english").stemWords(plain))
    more = [word for word in (*WORDS, *trade_words()) if Stemmer.Stemmer("english").stemWord(word) not in known]
    return plain[:_BEFORE] + list(dict.fromkeys(more)) + plain[_BEFORE:]


def reduced(vectors: Floats, width: int) -> Floats:
    """Return (n, width), rows of length 1: the strongest principal components of (n, d), evened out."""
    centred = vectors - vectors.mean(axis=0)
    strengths, directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    strongest = np.argsort(-strengths)[:width]
    scale = np.sqrt(strengths[strongest]) ** -_POWER
    points = centred @ (directions[:, strongest] * scale)
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), np.float32)


def merged(words: list[str], vectors: Floats) -> tuple[list[str], Floats, NDArray[np.int32]]:
    """Merge the forms of a stem, commoner ones counting more.

    Args:
        words: Commonest first.
        vectors: (words, d), rows of length 1.

    Returns:
        Stems; their vectors (stems, d), of length 1; and the rank of the commonest form of each, from 1.
    """
    places: dict[str, int] = {}
    rows = [places.setdefault(stem, len(places)) for stem in Stemmer.Stemmer("english").stemWords(words)]
    total = np.zeros((len(places), vectors.shape[1]), np.float32)
    ranks = np.full(len(places), len(words), np.int32)
    for rank, row in enumerate(rows):
        total[row] += vectors[rank] / np.sqrt(rank + _STEADY)
        ranks[row] = min(ranks[row], rank + 1)
    return list(places), total / np.linalg.norm(total, axis=1, keepdims=True), ranks


def make_senses(encoder: Encoder, target: Path) -> dict[str, Any]:
    """Write the table and, beside it, how it was made; about a minute on one core.

    Args:
        encoder: The encoder's folder.
        target: The ``.npz`` file.

    Returns:
        What the ``.json`` file says.

    Raises:
        ConfigurationError: Weights or tokenizer are damaged.
    """
    words = vocabulary(encoder.tokenizer)
    source: SentenceEncoder = open_sentences(encoder, None, whole=False)
    stems, vectors, ranks = merged(words, reduced(source.many(words), WIDTH))
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    table = np.rint(vectors / largest.max() * 127).astype(np.int8)
    np.savez_compressed(target, stems=np.frombuffer("\n".join(stems).encode(), np.uint8), vectors=table, ranks=ranks)
    facts = {
        "command": "frontdesk train senses",
        "encoder": encoder.digest(),
        "licence": "derived from sentence-transformers/all-MiniLM-L6-v2, Apache-2.0",
        "words": len(words),
        "stems": len(stems),
        "width": WIDTH,
    }
    target.with_suffix(".json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return facts
