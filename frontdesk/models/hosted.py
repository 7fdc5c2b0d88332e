"""Builds a provider's chat model from an ``init_chat_model`` string; imported only when a role names one."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel

Factory = Callable[[str], BaseChatModel]
"""From a string such as ``openai:gpt-5-mini`` to a model; may raise anything."""


def hosted_factory(base_url: str | None, timeout: float, api_key: str | None = None) -> Factory:
    """Return the factory for one deployment.

    Args:
        base_url: An OpenAI-compatible endpoint, or None for the provider's own.
        timeout: Seconds that a call may take; the chain's own clock is the one that counts, this is its safety net.
        api_key: The key, or None to let the provider's library read its own environment variable.
    """

    def build(spec: str) -> BaseChatModel:
        # langchain's loader pulls in the provider's library: 3 s for langchain-openai
        init_chat_model = importlib.import_module("langchain.chat_models").init_chat_model
        model: BaseChatModel = init_chat_model(spec, **options(spec, base_url, timeout, api_key))
        return model

    return build


def options(spec: str, base_url: str | None, timeout: float, api_key: str | None) -> dict[str, Any]:
    """Return the keyword arguments for ``init_chat_model``; the chain retries, so the client must not."""
    chosen: dict[str, Any] = {"max_retries": 0, "timeout": timeout}
    if api_key:
        chosen["api_key"] = api_key
    if base_url:
        chosen["base_url"] = base_url
    if spec.partition(":")[0] == "openai" or ":" not in spec:
        chosen["stream_usage"] = True
        if base_url:
            # other people's servers speak chat completions, not OpenAI's newer responses protocol
            chosen["use_responses_api"] = False
            if not api_key and not os.environ.get("OPENAI_API_KEY"):
                chosen["api_key"] = "unused"  # a local server needs none, but the client insists on a value
    return chosen
