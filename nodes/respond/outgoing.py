"""A model's proposed calls, masked: what it pieced together itself must not enter the history in clear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from frontdesk.graph.deps import Scrubber
from frontdesk.nodes.scrub.fields import whole_texts
from frontdesk.nodes.scrub.origin import seen

_ID = re.compile(r"[\w-]{1,40}")


def masked_call(
    message: AIMessage, scrubber: Scrubber, known: Mapping[str, str], messages: Sequence[AnyMessage] = ()
) -> tuple[AIMessage, dict[str, str]]:
    """Mask the arguments of a message that proposes calls, and leave out its words.

    What a model says beside a call is no answer: review never sees it, and nothing needs it.

    Args:
        message: As the model gave it.
        scrubber: Finds personal data.
        known: The session's placeholders with their values.
        messages: The window. What stands in clear there stays as it is: an id such as the account of "from account
            401122", which alone in its field looks like a part of some number, and a whole field of a result, such as
            a product's name; as a placeholder nobody said or read it.

    Returns:
        The message, and the values that are new to the session. A number in the arguments stays a number: the
        gateway's schemas say which fields take one, and none takes personal data.
    """
    fresh: dict[str, str] = {}

    def mask(value: Any) -> Any:
        if isinstance(value, str):
            scrubbed = scrubber.scrub(value, seen({**known, **fresh}))
            number = {finding.label for finding in scrubbed.findings} == {"NUMBER"}
            if scrubbed.text != value and (_told(value, messages) or (number and _said(value, messages))):
                return value
            fresh.update(scrubbed.values)
            return scrubbed.text
        if isinstance(value, dict):
            return {name: mask(part) for name, part in value.items()}
        return [mask(part) for part in value] if isinstance(value, list) else value

    calls = [{**call, "args": mask(call["args"])} for call in message.tool_calls]
    broken = [{**call, "args": mask(call["args"])} for call in message.invalid_tool_calls]
    update = {"content": "", "tool_calls": calls, "invalid_tool_calls": broken}
    return message.model_copy(update=update), fresh


def backed(values: Mapping[str, str], messages: Sequence[AnyMessage]) -> set[str]:
    """Return which values of a model's own are no invention of its: placeholders of those that stand in clear before.

    Args:
        values: New ones of the arguments: the search found them there, and in no text before.
        messages: The window: the customer's words, and results of tools, in which they have to be a whole field, such
            as an order's number.
    """
    said = "".join(_plain(str(message.text)) for message in messages if isinstance(message, HumanMessage))
    fields: set[str] = set()
    for message in messages:
        if isinstance(message, ToolMessage):
            fields |= whole_texts(str(message.text))
    return {key for key, value in values.items() if value in fields or (_plain(value) and _plain(value) in said)}


def _told(value: str, messages: Sequence[AnyMessage]) -> bool:
    """Whether a value is a whole field of a masked result: what stands there in clear is nobody's."""
    return any(isinstance(message, ToolMessage) and value in whole_texts(str(message.text)) for message in messages)


def _said(value: str, messages: Sequence[AnyMessage]) -> bool:
    """Whether an id stands whole in the customer's masked words."""
    whole = re.compile(rf"(?<![\w<-]){re.escape(value)}(?![\w>-])")
    return bool(_ID.fullmatch(value)) and any(
        isinstance(message, HumanMessage) and whole.search(str(message.text)) for message in messages
    )


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def words_only(message: AIMessage) -> AIMessage:
    """Return a message without the calls of a model that was offered no tools: the turn must end in words.

    Without words either, review says the desk's ``unavailable`` text.
    """
    return message.model_copy(update={"tool_calls": [], "invalid_tool_calls": []})
