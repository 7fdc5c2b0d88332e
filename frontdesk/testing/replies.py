"""What the loopback server says: ordinary replies, tool calls, and every fault a provider has shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from frontdesk.desk.tiers import Harm

Fault = Literal[
    "none",
    "status",
    "slow",
    "cut",
    "unfinished",
    "bad_arguments",
    "bad_json",
    "refusal",
    "hang_up",
    "html",
]
"""status: an error answer; slow: headers, then silence; cut: the connection breaks in the middle of the answer;
unfinished: the stream ends properly but without a finish reason; bad_arguments: a tool call with broken JSON;
bad_json: a body or a stream event that is not JSON; refusal: stopped by a content filter; hang_up: the connection is
closed without an answer; html: a web page where JSON or a stream was asked for."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One scripted answer of the server."""

    text: str = ""
    calls: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Tool calls: name and arguments."""
    fault: Fault = "none"
    status: int = 200
    """HTTP status for ``fault="status"``."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers, such as ``Retry-After``."""
    seconds: float = 30.0
    """How long ``slow`` stays silent before it answers."""
    pace: float = 0.0
    """Seconds before each event of a stream: a drip that no gap timeout sees."""
    lump: int = 0
    """Characters of each event of a stream; 0: text word by word, arguments in fragments of five."""
    kept: int | None = None
    """Events of a stream that arrive before it is ``cut``; None: half of them, two at least. The first has no text."""
    flags: tuple[str, ...] = ()
    """Of a moderation: the categories that are found in the first input."""
    prompt_tokens: int = 11
    completion_tokens: int = 7
    cached_tokens: int = 0
    """Of the prompt's tokens those that came from the provider's prompt cache."""
    reports: bool = True
    """Whether the answer says how many tokens it took."""


def call(name: str, **arguments: Any) -> Reply:
    """Return a reply that calls one tool."""
    return Reply(calls=((name, arguments),))


def error(status: int, **headers: str) -> Reply:
    """Return an error answer; ``retry_after="2"`` becomes the header ``Retry-After: 2``."""
    return Reply(fault="status", status=status, headers={k.replace("_", "-").title(): v for k, v in headers.items()})


def tool_calls(reply: Reply) -> list[dict[str, Any]]:
    """Return the calls as the protocol's ``tool_calls``; arguments are cut in half for ``bad_arguments``."""
    made = []
    for index, (name, arguments) in enumerate(reply.calls):
        text = json.dumps(arguments)
        if reply.fault == "bad_arguments":
            text = text[: max(1, len(text) // 2)]
        made.append(
            {"index": index, "id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": text}}
        )
    return made


def usage(reply: Reply) -> dict[str, Any]:
    """Return the usage record."""
    took: dict[str, Any] = {
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.completion_tokens,
        "total_tokens": reply.prompt_tokens + reply.completion_tokens,
    }
    return {**took, "prompt_tokens_details": {"cached_tokens": reply.cached_tokens}} if reply.cached_tokens else took


def finish_reason(reply: Reply) -> str:
    """Return why the answer ended."""
    if reply.fault == "refusal":
        return "content_filter"
    return "tool_calls" if reply.calls else "stop"


def whole(reply: Reply, model: str) -> dict[str, Any]:
    """Return the body of an answer that is not streamed."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if reply.calls:
        message["tool_calls"] = [{k: v for k, v in one.items() if k != "index"} for one in tool_calls(reply)]
    choice = {"index": 0, "message": message, "finish_reason": finish_reason(reply)}
    return {
        **_head(model, "chat.completion"),
        "choices": [choice],
        **({"usage": usage(reply)} if reply.reports else {}),
    }


HARMS: tuple[str, ...] = get_args(Harm)
"""Categories of the moderation endpoint."""


def moderated(reply: Reply, asked: Mapping[str, Any]) -> Any:
    """Return the body of a moderation: one result per input; ``reply.text``, when given, is sent as JSON instead."""
    if reply.text:
        return json.loads(reply.text)
    inputs = asked.get("input", [])
    results = []
    for index in range(1 if isinstance(inputs, str) else len(inputs)):
        found = reply.flags if index == 0 else ()
        names = (*HARMS, *(name for name in found if name not in HARMS))
        results.append(
            {
                "flagged": bool(found),
                "categories": {name: name in found for name in names},
                "category_scores": {name: 0.97 if name in found else 0.001 for name in names},
                "category_applied_input_types": {name: ["text"] for name in names},
            }
        )
    return {"id": "modr-loopback", "model": asked.get("model", ""), "results": results}


def flagged(*categories: str) -> Reply:
    """Return a moderation that finds these categories."""
    return Reply(flags=categories)


def events(reply: Reply, model: str, *, include_usage: bool) -> list[dict[str, Any]]:
    """Return the stream's events: text and tool arguments in parts, see :attr:`Reply.lump`."""
    head = _head(model, "chat.completion.chunk")
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": part} for part in (_pieces(reply.text, reply.lump) if reply.lump else _words(reply.text))]
    for made in tool_calls(reply):
        function = made["function"]
        deltas.append({"tool_calls": [{**made, "function": {"name": function["name"], "arguments": ""}}]})
        deltas += [
            {"tool_calls": [{"index": made["index"], "function": {"arguments": part}}]}
            for part in _pieces(function["arguments"], reply.lump or 5)
        ]
    made_events = [{**head, "choices": [{"index": 0, "delta": d, "finish_reason": None}]} for d in deltas]
    if reply.fault != "unfinished":
        made_events.append({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": finish_reason(reply)}]})
    if include_usage and reply.reports:
        made_events.append({**head, "choices": [], "usage": usage(reply)})
    return made_events


def _head(model: str, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-loopback", "object": kind, "created": 1_700_000_000, "model": model}


def _words(text: str) -> list[str]:
    words = text.split(" ")
    return [word if index == 0 else f" {word}" for index, word in enumerate(words)] if text else []


def _pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]
