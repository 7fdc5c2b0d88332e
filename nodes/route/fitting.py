"""A desk's router with its embedder: fitted once per content, kept in memory and on disk."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from frontdesk.desk.config import Intent, Routing
from frontdesk.errors import ConfigurationError, ModelError
from frontdesk.graph.deps import Embedder
from frontdesk.nodes.route.router import Examples, Fit, IntentRouter, fit_examples
from frontdesk.nodes.route.senses import TABLE, senses
from frontdesk.nodes.route.storing import keep_fit, load_fit

_log = logging.getLogger(__name__)

_SECONDS = 60.0
"""For one call of the embedder with examples: nobody waits for an answer yet."""
_REMEMBERED = 4
_SOLVERS = ("numpy", "scipy", "scikit-learn", "PyStemmer")
"""Libraries that the numbers of a fit depend on."""
_memory: OrderedDict[str, Fit] = OrderedDict()
_lock = threading.Lock()


async def open_router(
    intents: Mapping[str, Intent], routing: Routing, *, embedder: Embedder | None = None, home: Path | None = None
) -> IntentRouter:
    """Return the router of these intents; fitted only where neither this process nor this machine has the fit.

    Args:
        intents: By name, their utterances masked as messages are.
        routing: The thresholds.
        embedder: What the desk names; None: words alone.
        home: Data folder of this machine; None keeps nothing on disk.

    Raises:
        ConfigurationError: There is no intent, or the examples could not be embedded.
    """
    examples, names = Examples.of(intents), tuple(intents)
    digest = await asyncio.to_thread(fit_digest, names, examples, embedder.digest() if embedder else "")
    await asyncio.to_thread(senses)  # a kept fit has not read them yet, and no turn is to wait for a file
    fit = _recalled(digest) or await asyncio.to_thread(load_fit, home, digest)
    if fit is None:
        began = time.perf_counter()
        vectors = await _embedded(embedder, examples)
        fit = await asyncio.to_thread(fit_examples, names, examples, vectors)
        _log.info("router fitted: intents=%d seconds=%.1f", len(names), time.perf_counter() - began)
        await asyncio.to_thread(keep_fit, home, digest, fit)
    _remember(digest, fit)
    if embedder is not None:
        embedder.expect(fit.width)
    return IntentRouter(fit, routing.accept, embedder)


def fit_digest(names: tuple[str, ...], examples: Examples, embedder: str) -> str:
    """Return what identifies a fit: intents, examples, embedder, and the code and libraries that fit."""
    content = [names, examples.texts, examples.labels, examples.names, embedder, _method()]
    return hashlib.sha256(json.dumps(content).encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def _method() -> str:
    """Return the digest of this package's code and words, so that a changed method never meets an old fit."""
    total = hashlib.sha256()
    for path in sorted([*Path(__file__).parent.glob("*.py"), TABLE]):
        total.update(path.read_bytes())
    for library in _SOLVERS:
        total.update(metadata.version(library).encode())
    return total.hexdigest()


async def _embedded(embedder: Embedder | None, examples: Examples) -> NDArray[np.float32] | None:
    if embedder is None:
        return None
    try:
        return await embedder.embed_many(examples.texts, seconds=_SECONDS)
    except ModelError as error:
        raise ConfigurationError(
            f"routing.embeddings: the intents' examples could not be embedded ({error}); see that the provider answers "
            "and that its key is right, or write `embeddings: null` to route by words alone"
        ) from None


def _recalled(digest: str) -> Fit | None:
    with _lock:
        fit = _memory.get(digest)
        if fit is not None:
            _memory.move_to_end(digest)
        return fit


def _remember(digest: str, fit: Fit) -> None:
    with _lock:
        _memory[digest] = fit
        _memory.move_to_end(digest)
        while len(_memory) > _REMEMBERED:
            _memory.popitem(last=False)
