"""A small encoder and a head of random numbers: the same code as with the real one, without 90 MB."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from frontdesk.models.encoder.find import Encoder, missing_libraries, read_encoder
from frontdesk.models.encoder.layout import LINEAR, source_names
from frontdesk.nodes.scrub.head.layout import KINDS, TAGS
from frontdesk.nodes.scrub.head.weights import Head, Thresholds, save_head

LAYERS = 2
WORDS = [
    "[PAD]",
    "[UNK]",
    "anna",
    "schmidt",
    "lives",
    "at",
    "12",
    "main",
    "street",
    "in",
    "leeds",
    "please",
    "call",
    "her",
    ".",
    ",",
    "##s",
]


def sizes(layers: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for ours, _ in source_names(layers):
        name, part = ours.rsplit(".", 1)
        if ours in ("embeddings.word", "embeddings.position", "embeddings.token_type"):
            found[ours] = ({"word": 200, "position": 512, "token_type": 2}[part], 384)
        elif part == "bias" or name.endswith("norm"):
            found[ours] = (1536,) if name.endswith("inner") else (384,)
        else:
            found[ours] = {"inner": (1536, 384), "outer": (384, 1536)}.get(name.split(".")[1], (384, 384))
    return found


@pytest.fixture(scope="session")
def small_encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    if missing := missing_libraries():
        pytest.skip(f"the extra `embeddings` is not installed: {', '.join(missing)}")
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import WordPiece

    folder = tmp_path_factory.mktemp("encoder")
    draw = np.random.default_rng(5)
    names = dict(source_names(LAYERS))
    arrays = {
        names[ours]: draw.normal(
            1.0 if "norm.weight" in ours else 0.0, 0.5 if "embeddings" in ours else 0.04, size
        ).astype(np.float32)
        for ours, size in sizes(LAYERS).items()
    }
    save_file(arrays, str(folder / "model.safetensors"))
    tokenizer = Tokenizer(WordPiece({word: code for code, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=8)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"model_type": "bert", "hidden_size": 384, "num_hidden_layers": LAYERS}
    (folder / "config.json").write_text(json.dumps(config))
    return read_encoder(folder)


@pytest.fixture(scope="session")
def small_head(small_encoder: Encoder) -> Head:
    draw = np.random.default_rng(6)

    def some(*size: int) -> np.ndarray:
        return draw.normal(0, 0.1, size).astype(np.float16).astype(np.float32)

    arrays = {
        "kind": some(KINDS, 384),
        "head.weight": some(len(TAGS), 384),
        "head.kind": some(KINDS, len(TAGS)),
        "head.bias": some(len(TAGS)),
    }
    for layer in range(LAYERS):
        for name in LINEAR:
            rows, columns = sizes(LAYERS)[f"{layer}.{name}.weight"]
            arrays[f"{layer}.{name}.down"], arrays[f"{layer}.{name}.up"] = some(2, columns), some(rows, 2)
    return Head(arrays, LAYERS, small_encoder.digest(), Thresholds(0.3, 0.3, 0.3, 0.2), {"seed": 1})


@pytest.fixture
def head_file(small_head: Head, tmp_path: Path) -> Path:
    save_head(small_head, tmp_path / "head.npz")
    return tmp_path / "head.npz"
