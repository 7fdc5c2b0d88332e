"""What the head file and the runtime agree on: tags, kinds of token.

The encoder reads lower case only, so what a word looked like is added at its input as one more learned embedding per
token ("kind").
"""

from __future__ import annotations

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
