"""Sentence sentences as the head's training takes them: tags per word piece, batches of similar length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from frontdesk.models.encoder.tokenizer import END, HIDDEN, START
from frontdesk.nodes.scrub.head.layout import TAGS, WINDOW
from frontdesk.nodes.scrub.head.tokens import Tokenizer
from frontdesk.training.sentences import Sentence

Whole = NDArray[np.int64]
NO_TAG = -100
"""Tag of a token that is not judged: special ones and padding."""
_POOL = 40
"""Batches that are sorted by length together."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text as arrays, the two special tokens included."""

    ids: Whole
    kinds: Whole
    tags: Whole


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples padded to one length."""

    ids: Whole
    kinds: Whole
    tags: Whole
    present: NDArray[np.bool_]


def example(item: Sentence, tokenizer: Tokenizer) -> Example:
    """Cut and tag a text; what lies behind the first window is left out."""
    tokens = tokenizer.cut(item.text)
    names = ["O"] * len(tokens.spans)
    for start, end, label in item.spans:
        inside = [index for index, word in enumerate(tokens.spans) if word[0] < end and start < word[1]]
        for index in inside:
            names[index] = f"{'B' if index == inside[0] else 'I'}-{label}"
    most = WINDOW - 2
    tags = [TAGS.index(names[word]) for word in tokens.words[:most]]
    return Example(
        np.array([START, *tokens.ids[:most], END], np.int64),
        np.array([0, *tokens.kinds[:most], 0], np.int64),
        np.array([NO_TAG, *tags, NO_TAG], np.int64),
    )


def batches(examples: Iterable[Example], size: int, source: random.Random) -> Iterator[Batch]:
    """Yield full batches of examples of similar length."""
    pool: list[Example] = []
    for item in examples:
        pool.append(item)
        if len(pool) == size * _POOL:
            pool.sort(key=lambda one: len(one.ids))
            chunks = [pool[at : at + size] for at in range(0, len(pool), size)]
            source.shuffle(chunks)
            yield from map(_padded, chunks)
            pool = []
    pool.sort(key=lambda one: len(one.ids))
    for at in range(0, len(pool) - size + 1, size):
        yield _padded(pool[at : at + size])


def hidden(batch: Batch, share: float, draw: np.random.Generator) -> Batch:
    """Return the batch with a share of its word pieces hidden: the encoder must read what stands around them.

    Without it the head learns the templates by heart and misses names in sentences of another kind (docs/head.md).
    """
    chosen = (draw.random(batch.ids.shape) < share) & (batch.tags != NO_TAG)
    return replace(batch, ids=np.where(chosen, HIDDEN, batch.ids))


def _padded(chunk: Sequence[Example]) -> Batch:
    longest = max(len(one.ids) for one in chunk)

    def filled(arrays: Iterable[Whole], value: int) -> Whole:
        return np.array([np.pad(array, (0, longest - len(array)), constant_values=value) for array in arrays])

    lengths = np.array([len(one.ids) for one in chunk])
    return Batch(
        filled((one.ids for one in chunk), 0),
        filled((one.kinds for one in chunk), 0),
        filled((one.tags for one in chunk), NO_TAG),
        np.arange(longest)[None, :] < lengths[:, None],
    )
