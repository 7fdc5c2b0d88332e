"""Prompt caching: the beginning of a prompt that never changes is read again at a lower price, where a provider can.

OpenAI caches by itself whatever begins alike; a key of ours brings prompts that do to the same machine. Anthropic
caches what is marked. Nothing of a person stands in either: a prompt's unchanging beginning is the desk's own text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage, SystemMessage

from frontdesk.prompts.book import PromptBook
from frontdesk.prompts.parts import NEWEST

OPENAI_HOST = "api.openai.com"
"""Other servers that speak its protocol may not know the key, and answer with an error."""
_CHANGING = re.compile(r"\{\{(?!\s*business\s*\}\})|\{%|\{#")
_BUSINESS = re.compile(r"\{\{\s*business\s*\}\}")


def steady(template: str, business: str) -> str:
    """Return the whole lines of a prompt that stand before anything that changes; empty where that is the first."""
    template = template.partition(NEWEST)[0].rstrip()
    found = _CHANGING.search(template)
    beginning = template[: template.rfind("\n", 0, found.start()) + 1] if found else template
    return _BUSINESS.sub(lambda _: business, beginning)


def beginnings(book: PromptBook, business: str) -> tuple[str, ...]:
    """Return the unchanging beginnings of all prompts, the longest first."""
    found = {steady(book.get(name).template, business) for name in book.names}
    return tuple(sorted((text for text in found if text.strip()), key=len, reverse=True))


@dataclass(frozen=True)
class PromptCache:
    """Says to a provider what it may cache."""

    beginnings: tuple[str, ...] = ()
    """See :func:`beginnings`; none: nothing is said."""

    def prepared(
        self, model: BaseChatModel, messages: Sequence[BaseMessage]
    ) -> tuple[list[BaseMessage], dict[str, Any]]:
        """Return the messages as this client is to send them, and what is said beside them."""
        given = list(messages)
        system = given[0] if given else None
        text = str(system.text) if isinstance(system, SystemMessage) else ""
        beginning = next((part for part in self.beginnings if text.startswith(part)), "")
        if not beginning:
            return given, {}
        kinds = _kinds(type(model))
        if "ChatAnthropic" in kinds:
            return [_marked(text, len(beginning)), *given[1:]], {}
        if "BaseChatOpenAI" in kinds and _host(model) == OPENAI_HOST:
            return given, {"prompt_cache_key": hashlib.sha256(beginning.encode()).hexdigest()[:16]}
        return given, {}


def _marked(text: str, end: int) -> SystemMessage:
    """Mark the beginning, and with it the tools, which stand before the system prompt there."""
    first = {"type": "text", "text": text[:end], "cache_control": {"type": "ephemeral"}}
    rest = [{"type": "text", "text": text[end:]}] if text[end:].strip() else []
    return SystemMessage(content=[first, *rest])


def _kinds(kind: type) -> Iterable[str]:
    return {base.__name__ for base in kind.__mro__}


def _host(model: BaseChatModel) -> str | None:
    return getattr(getattr(getattr(model, "root_async_client", None), "base_url", None), "host", None)


__all__ = ["OPENAI_HOST", "PromptCache", "beginnings", "steady"]
