"""Masks a value that is split over messages: its part in the new one, and what of it stands in the state already.

What was out before the value could be known stays where it went: the requests of the earlier turns, the thread's older
checkpoints (sealed; the last few versions are kept), a ticket or an episode that quoted the part (both sealed).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import AnyMessage

from frontdesk.graph.protocols import Scrubber
from frontdesk.nodes.scrub.joining import split_values
from frontdesk.nodes.scrub.tail import Part, tails

_TELLING = 4
"""Letters and digits of a part from which it is looked for elsewhere, too: "42" stands for many things."""
_DIALLED = 6
"""Digits from which a part of a telephone number counts as one: the canonical form of "000" would be nothing."""


@dataclass
class Continued:
    """What came of a new message."""

    text: str
    """The message with placeholders for its parts, not searched otherwise."""
    values: dict[str, str] = field(default_factory=dict)
    """New placeholders with their values."""
    labels: list[str] = field(default_factory=list)
    messages: list[AnyMessage] = field(default_factory=list)
    """Messages of the window that read otherwise now, under their own ids."""
    parts: dict[str, str] = field(default_factory=dict)
    """Part as it is written to its placeholder: those that may have been repeated in other places."""

    def without_parts(self, text: str) -> str:
        """Return a masked text of the state (a summary, an answer) with placeholders for the parts it repeats."""
        for written, placeholder in sorted(self.parts.items(), key=lambda item: -len(item[0])):
            text = re.sub(rf"(?<![\w<]){re.escape(written)}(?!\w)", placeholder, text)
        return text

    def in_value(self, value: Any) -> Any:
        """Return a value of the state (a task, its slots) with placeholders in all texts that it holds."""
        if isinstance(value, str):
            return self.without_parts(value)
        if isinstance(value, dict):
            return {key: self.in_value(item) for key, item in value.items()}
        return [self.in_value(item) for item in value] if isinstance(value, list) else value


def continued(text: str, window: Sequence[AnyMessage], known: Mapping[str, str], scrubber: Scrubber) -> Continued:
    """Look whether a message goes on with a value that earlier ones began.

    Args:
        text: The new message, placeholders in it disarmed.
        window: The masked messages before it.
        known: The session's placeholders with their values.
        scrubber: Searches, and names the parts.

    Returns:
        The message and the window's messages with the parts masked. Nothing is raised.
    """
    result = Continued(text)
    parts = split_values(text, tails(window, known), scrubber)
    if not parts:
        return result
    contents = {message.id or "": str(message.content) for message in window}
    for part in sorted(parts, key=lambda item: item.start, reverse=True):
        whole = contents[part.message] if part.message else result.text
        written = whole[part.start : part.end]
        placeholder = _named(part, written, known, result, scrubber)
        masked = whole[: part.start] + placeholder + whole[part.end :]
        if part.message:
            contents[part.message] = masked
        else:
            result.text = masked
    for message in window:
        content = result.without_parts(contents[message.id or ""]) if isinstance(message.content, str) else ""
        if content and content != message.content:
            result.messages.append(message.model_copy(update={"content": content}))
    return result


def _named(part: Part, written: str, known: Mapping[str, str], result: Continued, scrubber: Scrubber) -> str:
    short = part.label == "PHONE" and sum(map(str.isdigit, written)) < _DIALLED
    named = scrubber.named("NUMBER" if short else part.label, written, {**known, **result.values})
    result.values |= named.values
    result.labels.append(part.label)
    if sum(map(str.isalnum, written)) >= _TELLING and not written.isalpha():
        result.parts[written] = named.text
    return named.text
