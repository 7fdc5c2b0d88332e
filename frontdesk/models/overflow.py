"""Whether a provider refused a prompt because it is too long for its model: each says so in its own words."""

from __future__ import annotations

import re
from typing import Any, Final

_STATUS: Final = frozenset({400, 413, 422})
_CODES: Final = frozenset(
    {"context_length_exceeded", "request_too_large", "string_above_max_length", "exceed_context_size"}
)
_SAYS: Final = re.compile(
    r"context[ _-]?(?:length|window|size|limit)|maximum (?:context|model|input|prompt) length|max_model_len"
    r"|(?:prompt|input|request|messages?|conversation) (?:is|are|was) too (?:long|large)|too many (?:input )?tokens"
    r"|token (?:count|limit)[^.]{0,40}exceed|exceed[^.]{0,60}(?:token|context)|reduce the length",
    re.IGNORECASE,
)
"""OpenAI and servers of its protocol (vLLM, llama.cpp, LiteLLM), Anthropic ("prompt is too long"), Google ("input token
count exceeds the maximum"), Mistral ("too large for model with … maximum context length")."""
_READ: Final = 2000
"""Characters of an error that are looked at; it may repeat the request, and is kept nowhere."""


def is_too_long(error: Exception) -> bool:
    """Whether an exception of a provider's library says that the prompt does not fit into the model's window.

    Args:
        error: What the client raised; one with an HTTP status counts for 400, 413 and 422 only.
    """
    status = getattr(error, "status_code", None)
    if status not in _STATUS and "badrequest" not in type(error).__name__.lower():
        return False
    return bool(_codes(error) & _CODES) or bool(_SAYS.search(str(error)[:_READ]))


def _codes(error: Exception) -> set[str]:
    """Return the closed codes that an error carries: ``code`` and ``type``, its own and those of its body."""
    body: Any = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else None
    found = [getattr(error, "code", None), getattr(error, "type", None)]
    found += [inner.get("code"), inner.get("type")] if isinstance(inner, dict) else []
    return {code for code in found if isinstance(code, str)}


__all__ = ["is_too_long"]
