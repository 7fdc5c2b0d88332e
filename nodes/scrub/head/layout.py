"""What the head file, the encoder and the runtime agree on: tags, kinds of token, names of weights.

The encoder is the BERT of all-MiniLM-L6-v2 (Apache-2.0): 6 layers of 384, 12 heads. It reads lower case only, so what
a word looked like is added at its input as one more learned embedding per token ("kind").
"""

from __future__ import annotations

from collections.abc import Iterator

TAGS = ("O", "B-NAME", "I-NAME", "B-ADDRESS", "I-ADDRESS")
"""What a token can be, in the order of the head's outputs."""
LABELS = ("NAME", "ADDRESS")
"""What a span can be."""
SHAPES = ("other", "lower", "capital", "initial", "upper", "mixed", "digit", "both")
"""How the word of a token is written; ``both`` has letters and digits."""
KINDS = 2 * len(SHAPES)
"""Kinds of token: its word's shape, and whether a new line began since the token before it."""
WINDOW = 128
"""Tokens that the encoder sees at once, the two special ones included; it was trained on no more."""
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
