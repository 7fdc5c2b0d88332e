"""Which messages of the state are known to be masked: an index of message id to digest, kept in the state.

Whatever is not in the index, or differs from it, was put there by a caller and is scrubbed or dropped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from langchain_core.messages import BaseMessage

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=True, default=repr).encode
_FIELDS = ("name", "additional_kwargs", "tool_calls", "invalid_tool_calls", "tool_call_id", "status", "artifact")


def digest(message: BaseMessage) -> str:
    """Return 32 hex digits of SHA-256 over everything in a message that a model could be shown."""
    # read without getattr: a field that a message lacks takes pydantic's slow way, for twenty messages thrice a turn
    fields = {**(message.__pydantic_extra__ or {}), **message.__dict__}
    body = [message.type, message.content, *(fields.get(field) or None for field in _FIELDS)]
    return hashlib.sha256(_encode(body).encode("ascii")).hexdigest()[:32]


def masked_index(messages: Sequence[BaseMessage]) -> dict[str, str]:
    """Return message id to digest for the state's ``masked`` field; to be called when a turn ends.

    Args:
        messages: The messages that the state will hold, all made or masked by our own nodes.
    """
    return {message.id: digest(message) for message in messages if message.id}


def is_masked(message: BaseMessage, masked: Mapping[str, str]) -> bool:
    """Whether a message is exactly what one of our own nodes left in the state."""
    return bool(message.id) and masked.get(message.id or "") == digest(message)
