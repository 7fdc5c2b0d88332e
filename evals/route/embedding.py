"""The product's embedder for a measurement."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from frontdesk.desk.routing import Embeddings
from frontdesk.errors import DataError, ModelError
from frontdesk.evals.route.fitting import Embed, Vectors
from frontdesk.models.embedders.build import open_source
from frontdesk.models.embedders.source import believed, neutral
from frontdesk.settings import load_settings


@contextmanager
def embedding(spec: str, configured: Embeddings | None = None) -> Iterator[Embed | None]:
    """Open what embeds, without the time bound that a turn has: a measurement waits.

    Args:
        spec: `minilm`, or a string for LangChain's `init_embeddings`; empty: what is configured.
        configured: What a desk says; None: words alone.

    Yields:
        Texts to vectors, or None. It raises :class:`~frontdesk.errors.DataError` when the embedder fails.

    Raises:
        ConfigurationError: It cannot be had on this machine; says how to install it.
    """
    chosen = Embeddings(model=spec) if spec else configured
    if chosen is None:
        yield None
        return
    source = open_source(chosen, load_settings().home, os.environ)
    with asyncio.Runner() as runner:

        def embed(texts: Sequence[str]) -> Vectors:
            given = [neutral(text) for text in texts]
            parts = [given[start : start + source.batch] for start in range(0, len(given), source.batch)]
            try:
                return np.concatenate([believed(runner.run(source.vectors(part)), len(part), None) for part in parts])
            except ModelError as error:
                raise DataError(
                    f"the embedder {chosen.model} answered with something else than vectors: {error}"
                ) from None

        yield embed


def remembering(embed: Embed) -> Embed:
    """Return an embedder that asks once for each text of a list; texts that come alone are asked for each time.

    For several measurements in one process: examples come again, and the time of a message stays its own.
    """
    known: dict[str, Vectors] = {}

    def asked(texts: Sequence[str]) -> Vectors:
        if len(texts) == 1:
            return embed(texts)
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            known.update(zip(new, embed(new), strict=True))
        return np.stack([known[text] for text in texts])

    return asked
