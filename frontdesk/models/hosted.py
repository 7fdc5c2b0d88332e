"""Builds a provider's chat model from a link of a chain; imported only when a role names one."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel

from frontdesk.desk.modelling import Link
from frontdesk.models.links import as_link

Factory = Callable[[Link], BaseChatModel]
"""From a link, such as that of ``openai:gpt-5-mini``, to a model; may raise anything."""
NO_KEY = "unused"
"""Sent where a local server needs no key: the client insists on a value, or would send its provider's own key."""

WITHOUT_KEYS = frozenset({"ollama"})
"""Providers whose clients have no such thing, and take no such argument."""


class KeyMissingError(LookupError):
    """The environment variable that a link names for its key is not set."""


def hosted_factory(
    base_url: str | None, timeout: float, api_key: str | None = None
) -> Callable[[Link | str], BaseChatModel]:
    """Return the factory for one deployment.

    Args:
        base_url: An OpenAI-compatible endpoint for the links of ``openai`` that name none, or None for OpenAI's own.
        timeout: Seconds that a call may take; the chain's own clock is the one that counts, this is its safety net.
        api_key: The key, or None to let the provider's library read its own environment variable.
    """

    def build(link: Link | str) -> BaseChatModel:
        # langchain's loader pulls in the provider's library: 3 s for langchain-openai
        init_chat_model = importlib.import_module("langchain.chat_models").init_chat_model
        given = as_link(link)
        model: BaseChatModel = init_chat_model(given.model, **options(given, base_url, timeout, api_key))
        return model

    return build


def options(link: Link | str, base_url: str | None, timeout: float, api_key: str | None) -> dict[str, Any]:
    """Return the keyword arguments for ``init_chat_model``; the chain retries, so the client must not.

    Raises:
        KeyMissingError: The link names a variable for its key, and it is not set.
    """
    link = as_link(link)
    openai = link.model.partition(":")[0] == "openai" or ":" not in link.model
    address = link.base_url or (base_url if openai else None)
    key = _key(link, api_key)
    chosen: dict[str, Any] = {"max_retries": 0, "timeout": link.timeout or timeout}
    if key:
        chosen["api_key"] = key
    if address:
        chosen["base_url"] = address
    if link.base_url and not key and link.model.partition(":")[0] not in WITHOUT_KEYS:
        # left to itself a client reads its provider's variable, and sends that key wherever it is pointed
        chosen["api_key"] = NO_KEY
    if openai:
        chosen["stream_usage"] = True
    if openai and address:
        # other people's servers speak chat completions, not OpenAI's newer responses protocol
        chosen["use_responses_api"] = False
        if ":" not in link.model:
            # else the loader guesses the provider by the name, and that one's key goes to this address
            chosen["model_provider"] = "openai"
        if not key and not os.environ.get("OPENAI_API_KEY"):
            chosen["api_key"] = NO_KEY
    return chosen


def _key(link: Link, api_key: str | None) -> str | None:
    """Return the link's own key, read now, or the deployment's."""
    if link.key is not None:
        found = os.environ.get(link.key)
        if not found:
            raise KeyMissingError(link.key)
        return found
    # the deployment's key belongs to the deployment's endpoint
    return None if link.base_url else api_key


__all__ = ["NO_KEY", "WITHOUT_KEYS", "Factory", "KeyMissingError", "hosted_factory", "options"]
