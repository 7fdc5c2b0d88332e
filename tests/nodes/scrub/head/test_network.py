"""The network computes what the encoder's paper says; in whole numbers nearly the same."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import erf, softmax

from frontdesk.models.encoder.find import Encoder
from frontdesk.models.encoder.graph import rounded
from frontdesk.nodes.scrub.head.network import network
from frontdesk.nodes.scrub.head.weights import Head


def reference(weights: dict[str, np.ndarray], layers: int, ids: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """BERT (Devlin et al. 2018) for one text, in plain numpy."""

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    place = weights["embeddings.position"][: len(ids)] + weights["embeddings.token_type"][0]
    x = norm(weights["embeddings.word"][ids] + place + weights["kind"][kinds], "embeddings.norm")
    for layer in map(str, range(layers)):
        parts = [linear(x, f"{layer}.{name}").reshape(-1, 12, 32).swapaxes(0, 1) for name in ("query", "key", "value")]
        looks = softmax(parts[0] @ parts[1].swapaxes(1, 2) / np.sqrt(32), axis=-1)
        seen = (looks @ parts[2]).swapaxes(0, 1).reshape(-1, 384)
        x = norm(x + linear(seen, f"{layer}.attention"), f"{layer}.attention_norm")
        wide = linear(x, f"{layer}.inner")
        x = norm(x + linear(wide * 0.5 * (1 + erf(wide / np.sqrt(2))), f"{layer}.outer"), f"{layer}.outer_norm")
    return softmax(linear(x, "head") + weights["head.kind"][kinds], axis=-1)


@pytest.mark.parametrize(("whole", "most"), [(False, 1e-4), (True, 0.1)])
@pytest.mark.parametrize("length", [1, 2, 17, 128])
def test_the_network_computes_what_it_should(
    small_encoder: Encoder, small_head: Head, whole: bool, most: float, length: int
) -> None:
    import onnxruntime

    draw = np.random.default_rng(length)
    ids, kinds = draw.integers(0, 200, length), draw.integers(0, 16, length)
    weights = small_head.merged(small_encoder.arrays())
    session = onnxruntime.InferenceSession(network(weights, small_encoder.layers, whole=whole))
    (found,) = session.run(None, {"ids": ids, "kinds": kinds})
    expected = reference(weights, small_encoder.layers, ids, kinds)
    assert found.shape == (length, 5)
    assert np.abs(found - expected).max() < most
    assert expected.std(axis=0).max() > 0.05 or length == 1  # the texts do differ from token to token


def test_the_low_rank_changes_reach_the_weights(small_encoder: Encoder, small_head: Head) -> None:
    before = small_encoder.arrays()
    after = small_head.merged(before)
    change = small_head.arrays["1.inner.up"] @ small_head.arrays["1.inner.down"]
    assert np.allclose(after["1.inner.weight"] - before["1.inner.weight"], change, atol=1e-5)
    assert np.abs(change).max() > 0.1
    assert set(after) - set(before) == {"kind", "head.weight", "head.kind", "head.bias"}


def test_rounding_keeps_each_row_within_half_a_step() -> None:
    weight = np.array([[1.0, -127.0, 0.4], [0, 0, 0], [1e-3, 5e-4, -1e-3]], np.float32)
    table, scales = rounded(weight)
    assert table.tolist()[0] == [1, -127, 0]
    assert (np.abs(table * scales[:, None] - weight) <= scales[:, None] / 2 + 1e-9).all()
