"""Names of the encoder's weights: the BERT of all-MiniLM-L6-v2 (Apache-2.0), 6 layers of 384, 12 heads."""

from __future__ import annotations

from collections.abc import Iterator

LINEAR = ("query", "key", "value", "attention", "inner", "outer")
"""Weight matrices of one layer, by the names used here."""
_PATHS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attention": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def source_names(layers: int) -> Iterator[tuple[str, str]]:
    """Yield pairs of name here and name in the encoder's file, for every array that is used.

    Args:
        layers: How many layers the encoder has.
    """
    for name in ("word", "position", "token_type"):
        yield f"embeddings.{name}", f"embeddings.{name}_embeddings.weight"
    for part in ("weight", "bias"):
        yield f"embeddings.norm.{part}", f"embeddings.LayerNorm.{part}"
        for layer in range(layers):
            for name, path in _PATHS.items():
                yield f"{layer}.{name}.{part}", f"encoder.layer.{layer}.{path}.{part}"
