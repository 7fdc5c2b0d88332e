"""`routing.embeddings` of desk.yaml: an embedder that there is."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.desk.draft import Draft
from frontdesk.desk.names import choose, shown
from frontdesk.desk.routing import LOCAL_ENCODER
from frontdesk.errors import Fault

PROVIDERS = (
    "azure_ai",
    "azure_openai",
    "bedrock",
    "cohere",
    "google_genai",
    "google_vertexai",
    "huggingface",
    "mistralai",
    "ollama",
    "openai",
)
"""Those of LangChain 1.4's ``init_embeddings``."""
_EXAMPLE = "openai:text-embedding-3-small"


def embeddings_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what is wrong with the embedder's name and with what stands beside it."""
    entry = draft.config
    chosen = entry.record.routing.embeddings if entry else None
    if entry is None or chosen is None:
        return
    place = ("routing", "embeddings")
    if chosen.model == LOCAL_ENCODER:
        for key in ("base_url", "key"):
            if getattr(chosen, key) is not None:
                problem = f"`{key}` means nothing to the local encoder `{LOCAL_ENCODER}`"
                yield entry.fault((*place, key), problem, f"remove it, or name a provider's model such as `{_EXAMPLE}`")
        return
    provider, colon, name = chosen.model.partition(":")
    if not colon or not name.strip():
        problem = f"`{shown(chosen.model)}` is not an embedder"
        yield entry.fault(
            (*place, "model"), problem, f"write `{LOCAL_ENCODER}`, or `provider:name` such as `{_EXAMPLE}`"
        )
    elif provider not in PROVIDERS:
        problem = f"unknown provider `{shown(provider)}`"
        yield entry.fault((*place, "model"), problem, choose(provider, PROVIDERS))
