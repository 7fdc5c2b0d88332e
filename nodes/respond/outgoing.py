"""A model's proposed calls, masked: what it pieced together itself must not enter the history in clear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessage

from frontdesk.graph.deps import Scrubber


def masked_call(message: AIMessage, scrubber: Scrubber, known: Mapping[str, str]) -> tuple[AIMessage, dict[str, str]]:
    """Mask the text and the arguments of a message that proposes calls.

    Args:
        message: As the model gave it.
        scrubber: Finds personal data.
        known: The session's placeholders with their values.

    Returns:
        The message, and the values that are new to the session. A number in the arguments stays a number: the
        gateway's schemas say which fields take one, and none takes personal data.
    """
    fresh: dict[str, str] = {}

    def mask(value: Any) -> Any:
        if isinstance(value, str):
            scrubbed = scrubber.scrub(value, {**known, **fresh})
            fresh.update(scrubbed.values)
            return scrubbed.text
        if isinstance(value, dict):
            return {name: mask(part) for name, part in value.items()}
        return [mask(part) for part in value] if isinstance(value, list) else value

    calls = [{**call, "args": mask(call["args"])} for call in message.tool_calls]
    broken = [{**call, "args": mask(call["args"])} for call in message.invalid_tool_calls]
    update = {"content": mask(str(message.text)), "tool_calls": calls, "invalid_tool_calls": broken}
    return message.model_copy(update=update), fresh


def words_only(message: AIMessage) -> AIMessage:
    """Return a message without the calls of a model that was offered no tools: the turn must end in words.

    Without words either, review says the desk's ``unavailable`` text.
    """
    return message.model_copy(update={"tool_calls": [], "invalid_tool_calls": []})
