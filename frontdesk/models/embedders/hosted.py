"""A provider's embedding model, from a string for LangChain's ``init_embeddings``; imported when a desk names it."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.embeddings import Embeddings as Library

from frontdesk.desk.routing import Embeddings
from frontdesk.errors import ConfigurationError
from frontdesk.models.embedders.source import MAX_CHARS
from frontdesk.models.hosted import NO_KEY, WITHOUT_KEYS

_OPENAI = ("openai", "azure_openai")
"""Providers of ``langchain-openai``, whose client takes a time limit and the number of its own retries."""


class HostedEmbeddings:
    """Asks a LangChain embedder."""

    batch = 64

    def __init__(self, library: Library, digest: str) -> None:
        """Take the client; ``open_hosted`` makes it."""
        self._library = library
        self._digest = digest

    def digest(self) -> str:
        """Return what identifies model and endpoint; a provider that changes a model under its name is not noticed."""
        return self._digest

    async def vectors(self, texts: Sequence[str]) -> Any:
        """Embed in one call."""
        return await self._library.aembed_documents([text[:MAX_CHARS] for text in texts])


def open_hosted(chosen: Embeddings, environment: Mapping[str, str]) -> HostedEmbeddings:
    """Build the client. Nothing is contacted; the provider's library is imported, which takes up to seconds.

    Args:
        chosen: What the desk says; its ``model`` has the form ``provider:name``.
        environment: Environment variables, for the key.

    Raises:
        ConfigurationError: No such provider, its library is not installed, or there is no key.
    """
    options = client_options(chosen, environment)
    try:
        library = importlib.import_module("langchain.embeddings").init_embeddings(chosen.model, **options)
    except ImportError as problem:
        missing = problem.__cause__ if isinstance(problem.__cause__, ImportError) else problem
        package = str(missing.name or "langchain-…").partition(".")[0].replace("_", "-")
        raise ConfigurationError(
            f"routing.embeddings.model: the library of `{chosen.model}` is not installed; run: pip install {package}"
        ) from None
    except Exception as problem:  # noqa: BLE001 - providers' constructors raise what they like, a key's absence too
        raise ConfigurationError(
            f"routing.embeddings: `{chosen.model}` cannot be built ({type(problem).__name__}); "
            "its key must be in the environment (`routing.embeddings.key` names the variable)"
        ) from None
    identity = ":".join(("hosted-1", chosen.model, chosen.base_url or ""))
    return HostedEmbeddings(library, hashlib.sha256(identity.encode()).hexdigest())


def client_options(chosen: Embeddings, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the keyword arguments for ``init_embeddings``: no retries inside, and no download of token tables.

    Raises:
        ConfigurationError: The variable that ``key`` names is not set.
    """
    options: dict[str, Any] = {}
    provider = chosen.model.partition(":")[0]
    if chosen.base_url:
        options["base_url"] = chosen.base_url
    if chosen.key:
        if not environment.get(chosen.key):
            raise ConfigurationError(f"routing.embeddings.key: the environment variable {chosen.key} is not set")
        options["api_key"] = environment[chosen.key]
    elif chosen.base_url and provider not in WITHOUT_KEYS:
        # left to itself a client reads its provider's variable, and sends that key wherever it is pointed
        options["api_key"] = NO_KEY
    if provider in _OPENAI:
        # the other way counts tokens, with tables that tiktoken would download, and sends what only OpenAI understands
        options |= {"check_embedding_ctx_length": False, "max_retries": 0}
    return options
