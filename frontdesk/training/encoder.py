"""The encoder in torch, for training alone: its own weights stay as they are, low-rank changes beside them learn.

Low-rank adaptation: Hu et al. 2021, arXiv 2106.09685.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from frontdesk.models.encoder.layout import LINEAR
from frontdesk.nodes.scrub.head.layout import KINDS, TAGS

_HEADS = 12
_SCALE = 2.0
"""Factor on the low-rank changes; larger learns faster, and 2 is what the paper's code uses."""
_EPSILON = 1e-12


class TaggingEncoder(nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """Encoder, low-rank changes, kinds of token, and the linear head."""

    def __init__(self, arrays: Mapping[str, NDArray[np.float32]], layers: int, rank: int, dropout: float = 0.1) -> None:
        """Take the encoder's arrays by the names of ``frontdesk.models.encoder.layout``."""
        super().__init__()
        self.frozen = {name: torch.from_numpy(np.array(value)) for name, value in arrays.items()}
        self.layers = layers
        self.dropout = dropout
        width = self.frozen["embeddings.word"].shape[1]
        self.learnt = nn.ParameterDict()
        for layer in range(layers):
            for name in LINEAR:
                rows, columns = self.frozen[f"{layer}.{name}.weight"].shape
                self.learnt[_key(f"{layer}.{name}.down")] = nn.Parameter(torch.randn(rank, columns) * columns**-0.5)
                self.learnt[_key(f"{layer}.{name}.up")] = nn.Parameter(torch.zeros(rows, rank))
        self.learnt["kind"] = nn.Parameter(torch.zeros(KINDS, width))
        self.learnt[_key("head.weight")] = nn.Parameter(torch.randn(len(TAGS), width) * 0.02)
        self.learnt[_key("head.kind")] = nn.Parameter(torch.zeros(KINDS, len(TAGS)))
        self.learnt[_key("head.bias")] = nn.Parameter(torch.zeros(len(TAGS)))

    def forward(self, ids: Tensor, kinds: Tensor, present: Tensor) -> Tensor:
        """Return scores per text, token and tag.

        Args:
            ids: Texts by tokens, padded.
            kinds: Kind of each token.
            present: True where there is a token.
        """
        frozen = self.frozen
        places = frozen["embeddings.position"][: ids.shape[1]] + frozen["embeddings.token_type"][0]
        state = frozen["embeddings.word"][ids] + places + functional.embedding(kinds, self.learnt["kind"])
        state = self._dropped(self._norm(state, "embeddings.norm"))
        penalty = (~present)[:, None, None, :] * -1e4
        for layer in range(self.layers):
            state = self._layer(state, penalty, str(layer))
        state = self._dropped(state)
        scores = functional.linear(state, self.learnt[_key("head.weight")], self.learnt[_key("head.bias")])
        return scores + functional.embedding(kinds, self.learnt[_key("head.kind")])

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Return what was learnt, by the names of the head's file, the factor folded in."""
        found = {name.replace("/", "."): value.detach().numpy().copy() for name, value in self.learnt.items()}
        return {name: value * np.float32(_SCALE) if name.endswith(".up") else value for name, value in found.items()}

    def _layer(self, state: Tensor, penalty: Tensor, layer: str) -> Tensor:
        size = state.shape[-1] // _HEADS
        query, key, value = (
            self._linear(state, f"{layer}.{name}").unflatten(-1, (_HEADS, size)).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=penalty)
        out = self._linear(seen.transpose(1, 2).flatten(-2), f"{layer}.attention")
        state = self._norm(state + self._dropped(out), f"{layer}.attention_norm")
        out = self._linear(functional.gelu(self._linear(state, f"{layer}.inner")), f"{layer}.outer")
        return self._norm(state + self._dropped(out), f"{layer}.outer_norm")

    def _linear(self, state: Tensor, name: str) -> Tensor:
        straight = functional.linear(state, self.frozen[f"{name}.weight"], self.frozen[f"{name}.bias"])
        down, up = self.learnt[_key(f"{name}.down")], self.learnt[_key(f"{name}.up")]
        return straight + functional.linear(functional.linear(state, down), up) * _SCALE

    def _norm(self, state: Tensor, name: str) -> Tensor:
        weight, bias = self.frozen[f"{name}.weight"], self.frozen[f"{name}.bias"]
        return functional.layer_norm(state, weight.shape, weight, bias, _EPSILON)

    def _dropped(self, state: Tensor) -> Tensor:
        return functional.dropout(state, self.dropout, self.training)


def _key(name: str) -> str:
    return name.replace(".", "/")  # torch allows no dots in names of parameters


__all__ = ["TaggingEncoder"]
