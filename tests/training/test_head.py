"""Training learns, is reproducible, and what it learns means the same to the runtime. Needs torch (docs/head.md)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from frontdesk.errors import ConfigurationError
from frontdesk.models.encoder.find import Encoder
from frontdesk.nodes.scrub.head.network import network
from frontdesk.nodes.scrub.head.runtime import open_runtime
from frontdesk.nodes.scrub.head.weights import Head, Thresholds, load_head
from frontdesk.training.head import Plan, train_head
from frontdesk.training.material import make_head
from frontdesk.training.sentences import Sentence
from tests.support.encoder import small_encoder, small_head

__all__ = ["small_encoder", "small_head"]
SENTENCES = [
    Sentence("please call anna schmidt .", ((12, 24, "NAME"),)),
    Sentence("lives at 12 main street", ((9, 23, "ADDRESS"),)),
    Sentence("please call her ."),
] * 32
PLAN = Plan(seed=3, steps=40, rank=2, rate=0.01, hidden=0.0)


def trained(encoder: Encoder, out: Path) -> Head:
    pytest.importorskip("torch", reason="training needs torch")
    return train_head(encoder, SENTENCES, lambda path: Thresholds(0.5, 0.5, 0.5, 0.3), out, PLAN)


def test_training_learns_and_gives_the_same_bytes_again(small_encoder: Encoder, tmp_path: Path) -> None:
    trained(small_encoder, tmp_path / "one.npz")
    trained(small_encoder, tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    runtime = open_runtime(small_encoder, None, tmp_path / "one.npz")
    text = "please call anna schmidt ."
    assert [(text[span.start : span.end], span.label) for span in runtime.find(text)] == [("anna schmidt", "NAME")]
    assert list(runtime.find("please call her .")) == []
    assert load_head(tmp_path / "one.npz").training["steps"] == 40


def test_torch_and_the_runtime_compute_the_same(small_encoder: Encoder, small_head: Head) -> None:
    torch = pytest.importorskip("torch", reason="training needs torch")
    import onnxruntime

    from frontdesk.training.encoder import TaggingEncoder

    model = TaggingEncoder(small_encoder.arrays(), small_encoder.layers, rank=2).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn(parameter.shape, generator=torch.Generator().manual_seed(1)) * 0.05)
    draw = np.random.default_rng(2)
    ids, kinds = draw.integers(0, 200, (1, 9)), draw.integers(0, 16, (1, 9))
    padded = [torch.from_numpy(np.pad(array, ((0, 0), (0, 3)))) for array in (ids, kinds)]
    present = torch.arange(12)[None, :] < 9
    expected = torch.softmax(model(*padded, present), -1)[0, :9].detach().numpy()
    head = Head(model.arrays(), small_encoder.layers, "", small_head.thresholds, {})
    session = onnxruntime.InferenceSession(
        network(head.merged(small_encoder.arrays()), small_encoder.layers, whole=False)
    )
    (found,) = session.run(None, {"ids": ids[0], "kinds": kinds[0]})
    assert np.abs(found - expected).max() < 1e-4


def test_without_the_data_the_error_says_where_it_should_be(small_encoder: Encoder, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="set FRONTDESK_DATA or --data"):
        make_head(small_encoder.folder, tmp_path, tmp_path / "head.npz")
    assert not (tmp_path / "head.npz").exists()


def test_without_torch_the_error_has_the_command(small_encoder: Encoder, tmp_path: Path) -> None:
    try:
        import torch  # noqa: F401
    except ImportError:
        with pytest.raises(ConfigurationError, match="pip install 'torch"):
            train_head(small_encoder, SENTENCES, lambda path: Thresholds(1, 1, 1, 1), tmp_path / "head.npz")
    else:
        pytest.skip("torch is installed here")
