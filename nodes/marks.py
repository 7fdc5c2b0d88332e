"""Marks on messages that outlive their turn."""

from __future__ import annotations

from langchain_core.messages import AnyMessage, HumanMessage

_KEY = "frontdesk_refused"


def refused(message: HumanMessage) -> HumanMessage:
    """Return the message marked as refused by a guard: it never enters summary, details or archive."""
    return message.model_copy(update={"additional_kwargs": {**message.additional_kwargs, _KEY: True}})


def is_refused(message: AnyMessage) -> bool:
    """Whether a guard refused this message."""
    return bool(message.additional_kwargs.get(_KEY))
