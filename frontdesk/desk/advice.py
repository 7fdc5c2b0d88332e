"""What is odd about a desk's models, though it can be opened: warnings of ``frontdesk check``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from frontdesk.desk.chains import ROLES
from frontdesk.desk.config import DeskConfig
from frontdesk.desk.draft import Entry
from frontdesk.desk.modelling import Chain, Link
from frontdesk.desk.names import choose, shown
from frontdesk.errors import Fault

# fmt: off
PROVIDERS = frozenset({
    "anthropic", "anthropic_bedrock", "azure_ai", "azure_openai", "baseten", "bedrock", "bedrock_converse",
    "bedrock_mantle_anthropic", "bedrock_mantle_openai", "cohere", "deepseek", "fireworks", "google_anthropic_vertex",
    "google_genai", "google_vertexai", "groq", "huggingface", "ibm", "langsmith", "litellm", "meta", "mistralai",
    "nvidia", "ollama", "openai", "openrouter", "perplexity", "together", "upstage", "xai",
})
# fmt: on
"""What may stand before the colon: the providers that ``init_chat_model`` knows (langchain 1.4)."""
_Odd = tuple[int | None, str, str, str]
"""Index in a list, key in a link, problem, remedy."""


def model_warnings(entry: Entry[DeskConfig], environment: Mapping[str, str] = os.environ) -> Iterator[Fault]:
    """Yield what is odd about the models of desk.yaml, with which a desk opens all the same.

    Args:
        entry: The desk's configuration.
        environment: Where keys are looked for.
    """
    for role in ROLES:
        for index, key, problem, remedy in _odd(getattr(entry.record.models, role), environment):
            place = [part for part in (index, key or None) if part is not None]
            yield entry.fault(("models", role, *place), problem, remedy)


def _odd(given: Chain, environment: Mapping[str, str]) -> Iterator[_Odd]:
    seen: set[tuple[str, str | None, str | None]] = set()
    for at, one in enumerate(given if isinstance(given, list) else [given]):
        if not one:
            continue
        index = at if isinstance(given, list) else None
        link = Link(model=one) if isinstance(one, str) else one
        key = "" if isinstance(one, str) else "model"
        provider, colon, _ = link.model.partition(":")
        if colon and provider not in PROVIDERS:
            yield index, key, f"no provider `{shown(provider)}` is known", choose(provider, sorted(PROVIDERS))
        same = (link.model, link.base_url, link.key)
        if same in seen:
            yield index, key, f"the model `{shown(link.model)}` stands twice in its chain", "it is asked once: keep one"
        seen.add(same)
        if link.key and not environment.get(link.key):
            problem = f"the variable `{link.key}` is not set, so this model is passed over"
            yield index, "key", problem, "set it where frontdesk runs, or name another one"


__all__ = ["PROVIDERS", "model_warnings"]
