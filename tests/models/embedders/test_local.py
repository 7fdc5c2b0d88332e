"""The local encoder as an embedder: its network on a small encoder, and the real one where it is installed."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.models.embedders.local import SentenceEncoder, open_sentences, required_encoder
from frontdesk.models.encoder.find import Encoder, find_encoder, missing_libraries


@pytest.fixture(scope="module")
def sentences(small_encoder: Encoder) -> SentenceEncoder:
    return open_sentences(small_encoder, None)


def by_hand(encoder: Encoder, ids: list[int]) -> np.ndarray:
    """The same network in numpy, in floats, as the paper of BERT has it (Devlin et al. 2018)."""
    weights = encoder.arrays()

    def norm(state: np.ndarray, name: str) -> np.ndarray:
        centred = state - state.mean(-1, keepdims=True)
        spread = np.sqrt(centred.var(-1, keepdims=True) + 1e-12)
        return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def linear(state: np.ndarray, name: str) -> np.ndarray:
        return state @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def gelu(state: np.ndarray) -> np.ndarray:
        from scipy.special import erf

        return state * 0.5 * (1 + erf(state / np.sqrt(2)))

    state = weights["embeddings.word"][ids] + weights["embeddings.position"][: len(ids)]
    state = norm(state + weights["embeddings.token_type"][0], "embeddings.norm")
    for layer in range(encoder.layers):
        query, key, value = (
            linear(state, f"{layer}.{part}").reshape(len(ids), 12, 32).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        looks = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(32))
        seen = (looks / looks.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(len(ids), 384)
        state = norm(linear(seen, f"{layer}.attention") + state, f"{layer}.attention_norm")
        state = norm(linear(gelu(linear(state, f"{layer}.inner")), f"{layer}.outer") + state, f"{layer}.outer_norm")
    mean = state.mean(0)
    return mean / np.linalg.norm(mean)


def test_the_network_computes_what_the_paper_says(small_encoder: Encoder) -> None:
    floats = open_sentences(small_encoder, None, whole=False)
    expected = by_hand(small_encoder, [101, 2, 3, 4, 102])
    assert np.allclose(floats.vector("anna schmidt lives"), expected, atol=1e-5)


def test_whole_numbers_come_near_the_floats(small_encoder: Encoder, sentences: SentenceEncoder) -> None:
    floats = open_sentences(small_encoder, None, whole=False)
    for text in ("anna lives in leeds", "please call her.", "main street 12"):
        assert floats.vector(text) @ sentences.vector(text) > 0.97
    assert floats.digest() != sentences.digest()


@pytest.mark.parametrize(
    "text", ["", " ", "🙂", "\ud800 lone", "anna " * 3000, "x" * 100_000, "你好"],
    ids=["empty", "blank", "emoji", "surrogate", "long", "one long word", "chinese"],
)  # fmt: skip
def test_any_text_has_a_vector_of_length_one(sentences: SentenceEncoder, text: str) -> None:
    vector = sentences.vector(text)
    assert vector.shape == (384,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_of_a_long_text_the_beginning_counts(sentences: SentenceEncoder) -> None:
    beginning = "anna lives in leeds " * 100
    assert np.array_equal(sentences.vector(beginning), sentences.vector(beginning + "please call her"))


async def test_many_are_as_each_alone(sentences: SentenceEncoder) -> None:
    texts = ["anna", "please call her", "main street 12 in leeds"]
    assert np.array_equal(await sentences.vectors(texts), np.stack([sentences.vector(text) for text in texts]))
    assert sentences.many([]).shape == (0, 384)


def test_the_built_network_is_kept(small_encoder: Encoder, sentences: SentenceEncoder, tmp_path: Path) -> None:
    first = open_sentences(small_encoder, tmp_path)
    (kept,) = tmp_path.rglob("*.onnx")
    written = kept.stat().st_mtime_ns
    second = open_sentences(small_encoder, tmp_path)
    assert kept.stat().st_mtime_ns == written
    assert np.array_equal(first.vector("anna"), second.vector("anna"))
    assert first.digest() == second.digest() == sentences.digest()


def test_what_is_missing_is_said_with_what_installs_it(tmp_path: Path) -> None:
    if missing_libraries():
        with pytest.raises(ConfigurationError, match="pip install"):
            required_encoder({})
    with pytest.raises(ConfigurationError):
        required_encoder({"FRONTDESK_ENCODER": str(tmp_path)})


def test_the_real_encoder_knows_what_belongs_together() -> None:
    encoder = find_encoder(os.environ) if not missing_libraries() else None
    if encoder is None:
        pytest.skip("the encoder is not installed: make embeddings")
    sentences = open_sentences(encoder, None)
    money, refund, sofa = sentences.many(["I want my money back", "please refund me", "how do I clean a sofa"])
    assert money @ refund > 0.5 > 0.3 > money @ sofa
