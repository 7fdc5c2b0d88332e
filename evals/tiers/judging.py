"""Whether a turn came to what its message should come to: tools, citations, hand-over. Words are not judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, ToolMessage

from frontdesk.evals.tiers.messages import Want
from frontdesk.nodes.texts import since_human
from frontdesk.reply import Reply

Call = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Served:
    """What a turn came to."""

    reply: Reply
    calls: tuple[Call, ...]
    """Tools that ran with success, with their arguments."""

    @property
    def proposed(self) -> tuple[Call, ...]:
        """The call that waits for a yes."""
        shown = self.reply.proposal
        return ((str(shown["tool"]), shown["arguments"]),) if shown else ()


def calls_in(messages: Sequence[AnyMessage]) -> tuple[Call, ...]:
    """Return the calls of this turn that ran with success."""
    now = since_human(messages)
    good = {each.tool_call_id for each in now if isinstance(each, ToolMessage) and each.status == "success"}
    calls = [call for each in now if isinstance(each, AIMessage) for call in each.tool_calls]
    return tuple((call["name"], call["args"]) for call in calls if call["id"] in good)


def is_right(want: Want, served: Served) -> bool:
    """Tell whether a turn came to what was wanted."""
    reply, cited = served.reply, {str(page["id"]) for page in served.reply.citations}
    if want.kind == "both":
        return all(is_right(one, served) for one in want.several)
    if want.kind == "page":
        return bool(cited & set(want.pages)) and not served.proposed
    if want.kind == "lookup":
        return _has(want, served.calls)
    if want.kind == "proposal":
        return _has(want, served.proposed)
    if want.kind == "asked":
        helped = bool(cited & set(want.pages)) or _has(want, (*served.calls, *served.proposed))
        return reply.intent == want.intent and (helped or "?" in reply.text)
    if want.kind == "person":
        return reply.status == "handoff"
    nothing = not served.proposed and not served.calls and reply.status != "handoff"
    if want.kind == "talk":
        return nothing and reply.status == "answered" and reply.intent == want.intent
    return nothing and (want.kind == "closed" or not cited)


def _has(want: Want, calls: Sequence[Call]) -> bool:
    return any(name == want.tool and given.items() >= want.arguments.items() for name, given in calls)


__all__ = ["Served", "calls_in", "is_right"]
