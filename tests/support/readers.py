"""A hosted model that reads what customers tell, and prompts that are their own names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage

from frontdesk.graph.deps import Completion


@dataclass
class Reader:
    """A hosted model that answers with a fixed text."""

    text: str
    name: str = "openai:gpt"
    seen: list[str] = field(default_factory=list)

    async def complete(self, role: str, messages: Sequence[BaseMessage], **_: Any) -> Completion:
        assert role == "summary"
        self.seen.append(str(messages[-1].text))
        return Completion(AIMessage(self.text), self.name)

    def describe(self, role: str) -> str:
        return self.name


class Book:
    """Prompts."""

    def render(self, name: str, **_: str) -> str:
        return name
