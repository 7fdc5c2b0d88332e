"""From what a desk says of embeddings to its embedder."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from frontdesk.desk.routing import LOCAL_ENCODER, Embeddings
from frontdesk.errors import ConfigurationError
from frontdesk.models.embedders.embedder import BoundedEmbedder
from frontdesk.models.embedders.hosted import open_hosted
from frontdesk.models.embedders.local import SentenceEncoder, open_sentences, required_encoder
from frontdesk.models.embedders.source import Source
from frontdesk.models.encoder.find import Encoder


def require(chosen: Embeddings | None, environment: Mapping[str, str]) -> None:
    """Make sure that what a desk names can be had on this machine. A provider is not contacted.

    Raises:
        ConfigurationError: What is missing, and how to install it.
    """
    if chosen is None:
        return
    if chosen.model == LOCAL_ENCODER:
        required_encoder(environment)
    else:
        open_hosted(chosen, environment)


async def open_embedder(
    chosen: Embeddings | None, home: Path | None, environment: Mapping[str, str]
) -> BoundedEmbedder | None:
    """Build the embedder, in a thread. A provider is not contacted yet.

    Args:
        chosen: What the desk says; None: words alone.
        home: Data folder of this machine, for the built network; None keeps nothing.
        environment: Environment variables: where the encoder lies, and keys.

    Raises:
        ConfigurationError: It cannot be had on this machine: a desk that names an embedder does not start without it.
    """
    if chosen is None:
        return None
    source = await asyncio.to_thread(open_source, chosen, home, environment)
    return BoundedEmbedder(source, chosen.timeout)


def open_source(chosen: Embeddings, home: Path | None, environment: Mapping[str, str]) -> Source:
    """Build what embeds, for :func:`open_embedder` and for commands that measure it.

    Raises:
        ConfigurationError: As above.
    """
    if chosen.model != LOCAL_ENCODER:
        if ":" not in chosen.model:
            raise ConfigurationError(
                f"routing.embeddings.model: `{chosen.model}` is neither `{LOCAL_ENCODER}` nor `provider:name`, "
                "such as `openai:text-embedding-3-small`"
            )
        return open_hosted(chosen, environment)
    return _sentences(required_encoder(environment), home)


@lru_cache(maxsize=2)
def _sentences(encoder: Encoder, home: Path | None) -> SentenceEncoder:
    """Load once per process: a process that opens a desk again waits once."""
    return open_sentences(encoder, home)
